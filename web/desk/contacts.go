package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/web/rest"
)

func (d *Desk) declareContacts(api *rest.API) {
	read, write := rest.Read("contacts"), rest.Write("contacts")
	rest.Add(api, rest.Op{ID: "list-contacts", Method: http.MethodGet, Path: "/contacts", Need: read, Summary: "List contacts by name"}, d.listContacts)
	rest.Add(api, rest.Op{ID: "create-contact", Method: http.MethodPost, Path: "/contacts", Need: write, Status: http.StatusCreated, Summary: "Add a contact"}, d.createContact)
	d.declareDuplicates(api)
	rest.Add(api, rest.Op{ID: "get-contact", Method: http.MethodGet, Path: "/contacts/{id}", Need: read, Summary: "Read a contact"}, d.getContact)
	rest.Add(api, rest.Op{ID: "change-contact", Method: http.MethodPatch, Path: "/contacts/{id}", Need: write, Summary: "Change a contact"}, d.patchContact)
	rest.Add(api, rest.Op{ID: "delete-contact", Method: http.MethodDelete, Path: "/contacts/{id}", Need: write, Summary: "Remove a contact that nothing belongs to"}, d.deleteContact)
	d.declareMerges(api)
}

// Contact is a person as callers see them.
type Contact struct {
	ID         rest.ID                    `json:"id"`
	Name       string                     `json:"name"`
	CompanyID  rest.Ref                   `json:"company_id"`
	OwnerID    rest.Ref                   `json:"owner_id"`
	Language   string                     `json:"language"`
	Identities []Identity                 `json:"identities"`
	Labels     []rest.ID                  `json:"labels"`
	Fields     map[string]json.RawMessage `json:"fields"`
	CreatedAt  time.Time                  `json:"created_at"`
	UpdatedAt  time.Time                  `json:"updated_at"`
}

// Identity is an address of a contact.
type Identity struct {
	ID       rest.ID `json:"id"`
	Scope    string  `json:"scope" doc:"email, phone, or the account it is local to."`
	Address  string  `json:"address"`
	Verified bool    `json:"verified" doc:"false where somebody merely typed it."`
	Stops    []Stop  `json:"stops" doc:"By which networks they want no messages here; empty in lists and events."`
}

// ShowContact is a contact as callers see it.
func ShowContact(p contact.Contact) Contact {
	return Contact{
		ID: rest.IDOf(p.ID), Name: p.Name, CompanyID: rest.RefOf(p.CompanyID), OwnerID: rest.RefOf(p.OwnerID), Language: p.Language,
		Identities: rest.Map(p.Identities, showIdentity), Labels: []rest.ID{}, Fields: orEmpty(p.Fields),
		CreatedAt: rest.Time(p.CreatedAt), UpdatedAt: rest.Time(p.UpdatedAt),
	}
}

func showIdentity(i contact.Identity) Identity {
	return Identity{ID: rest.IDOf(i.ID), Scope: i.Scope, Address: i.Address, Verified: i.Verified, Stops: []Stop{}}
}

// orEmpty makes an absent map an empty object.
func orEmpty[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}

type listContacts struct {
	rest.Paging
	Query string `query:"q" required:"false" maxLength:"200" doc:"Start of the name or of an address."`
	Owner string `query:"owner" required:"false" pattern:"^(me|none|[1-9][0-9]{0,18})$"`
}

func (d *Desk) listContacts(ctx context.Context, who rest.Caller, in *listContacts) (*rest.Body[rest.Page[Contact]], error) {
	page, err := d.contacts.List(ctx, who.Viewer, contact.Filter{
		Query: in.Query, Owner: rest.Someone(in.Owner, who.AgentID), Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, ShowContact), nil
}

func (d *Desk) getContact(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Contact], error) {
	p, err := d.contacts.Get(ctx, who.Viewer, rest.Num[contact.ID](in.ID))
	if err != nil {
		return nil, err
	}
	out, err := d.withStops(ctx, p.ID, ShowContact(p))
	if err != nil {
		return nil, err
	}
	return rest.Reply(out), nil
}

// NewIdentity is an address to be given to a contact. What was read may be sent back.
type NewIdentity struct {
	ID       rest.ID `json:"id" required:"false" doc:"Ignored."`
	Scope    string  `json:"scope" maxLength:"60"`
	Address  string  `json:"address" maxLength:"500"`
	Verified bool    `json:"verified" required:"false" doc:"Ignored: who gives an address vouches for it."`
	Stops    []Stop  `json:"stops" required:"false" maxItems:"50" doc:"Ignored."`
}

func addresses(in []NewIdentity) []contact.Address {
	return rest.Map(in, func(i NewIdentity) contact.Address { return contact.Address{Scope: i.Scope, Address: i.Address} })
}

type createContact struct {
	Body struct {
		Name       string                     `json:"name" maxLength:"200"`
		Language   string                     `json:"language" required:"false" maxLength:"35"`
		OwnerID    rest.Maybe[rest.ID]        `json:"owner_id" required:"false"`
		Identities []NewIdentity              `json:"identities" required:"false" maxItems:"200"`
		Fields     map[string]json.RawMessage `json:"fields" required:"false"`
	}
}

func (d *Desk) createContact(ctx context.Context, who rest.Caller, in *createContact) (*rest.Body[Contact], error) {
	p, err := d.contacts.Create(ctx, who.Viewer, contact.Draft{
		Name: in.Body.Name, Language: in.Body.Language, OwnerID: rest.Num[int64](in.Body.OwnerID.Value),
		Identities: addresses(in.Body.Identities), Fields: in.Body.Fields,
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(ShowContact(p)), nil
}

type patchContact struct {
	ByID
	Body struct {
		Name       *string                    `json:"name" required:"false" maxLength:"200"`
		Language   *string                    `json:"language" required:"false" maxLength:"35"`
		OwnerID    rest.Maybe[rest.ID]        `json:"owner_id" required:"false"`
		Identities *[]NewIdentity             `json:"identities" required:"false" maxItems:"200" doc:"The whole set."`
		Fields     map[string]json.RawMessage `json:"fields" required:"false" doc:"Each given one is set; null removes it."`
		Was        Was                        `json:"was" required:"false" doc:"What the caller saw in fields before changing them, as read. When one says something else by now nothing is changed: 409 field_changed, whose changed lists such fields as histories do, with what they are now in to."`
	}
}

func (d *Desk) patchContact(ctx context.Context, who rest.Caller, in *patchContact) (*rest.Body[Contact], error) {
	p := contact.Patch{Name: in.Body.Name, Language: in.Body.Language, OwnerID: rest.NumPtr[int64](in.Body.OwnerID), Fields: in.Body.Fields}
	if in.Body.Identities != nil {
		list := addresses(*in.Body.Identities)
		p.Identities = &list
	}
	seen, err := history.NewSeen(history.Contact, in.Body.Was)
	if err != nil {
		return nil, err
	}
	p.Guard = d.history.GuardContact(seen)
	changed, err := d.contacts.Patch(ctx, who.Viewer, rest.Num[contact.ID](in.ID), p)
	if err != nil {
		return nil, meanwhile(err)
	}
	return rest.Reply(ShowContact(changed)), nil
}

func (d *Desk) deleteContact(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, d.contacts.Delete(ctx, who.Viewer, rest.Num[contact.ID](in.ID))
}
