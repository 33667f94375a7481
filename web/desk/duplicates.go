package desk

import (
	"context"
	"net/http"

	"parley/inbox/contact"
	"parley/web/rest"
)

// declareDuplicates adds what is about two contacts; it comes before what is about one by its id.
func (d *Desk) declareDuplicates(api *rest.API) {
	read, write := rest.Read("contacts"), rest.Write("contacts")
	rest.Add(api, rest.Op{ID: "list-duplicates", Method: http.MethodGet, Path: "/contacts/duplicates", Need: read, Summary: "List contacts that are likely one person, the likeliest first"}, d.listDuplicatePairs)
	rest.Add(api, rest.Op{ID: "check-duplicates", Method: http.MethodGet, Path: "/contacts/duplicates/check", Need: read, Summary: "List contacts that have an address or a name, before one is made"}, d.checkDuplicates)
	rest.Add(api, rest.Op{ID: "preview-contact-merge", Method: http.MethodGet, Path: "/contacts/{id}/merge-preview", Need: read, Summary: "What a merge would make of two contacts"}, d.previewMerge)
	rest.Add(api, rest.Op{ID: "set-contacts-distinct", Method: http.MethodPut, Path: "/contacts/{id}/distinct/{other}", Need: write, Status: http.StatusNoContent, Summary: "Say that two contacts are not one person"}, d.setDistinct(true))
	rest.Add(api, rest.Op{ID: "unset-contacts-distinct", Method: http.MethodDelete, Path: "/contacts/{id}/distinct/{other}", Need: write, Status: http.StatusNoContent, Summary: "Take back that two contacts are not one person"}, d.setDistinct(false))
}

// DuplicatePair is two contacts that are likely one person, and why.
type DuplicatePair struct {
	Contact   Contact         `json:"contact"`
	Other     Contact         `json:"other"`
	SameName  bool            `json:"same_name"`
	Signs     []string        `json:"signs" doc:"What else is the same: company, mailbox (the same name of it elsewhere), fields.NAME."`
	Addresses []SharedAddress `json:"addresses" doc:"That both have."`
}

func showShared(a contact.Address) SharedAddress {
	return SharedAddress{Scope: a.Scope, Address: a.Address}
}

func showDuplicatePair(p contact.DuplicateRow) DuplicatePair {
	return DuplicatePair{
		Contact: ShowContact(p.A), Other: ShowContact(p.B), SameName: p.Why.Name,
		Signs: rest.Map(p.Why.Signs, func(s string) string { return s }), Addresses: rest.Map(p.Why.Same, showShared),
	}
}

type listDuplicatePairs struct{ rest.Paging }

func (d *Desk) listDuplicatePairs(ctx context.Context, who rest.Caller, in *listDuplicatePairs) (*rest.Body[rest.Page[DuplicatePair]], error) {
	page, err := d.contacts.DuplicatePairs(ctx, who.Viewer, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, showDuplicatePair), nil
}

type checkDuplicates struct {
	Name    string  `query:"name" required:"false" maxLength:"200"`
	Scope   string  `query:"scope" required:"false" maxLength:"60"`
	Address string  `query:"address" required:"false" maxLength:"500"`
	Except  rest.ID `query:"except" required:"false" doc:"Whom not to list: the contact that is being changed."`
}

func (d *Desk) checkDuplicates(ctx context.Context, who rest.Caller, in *checkDuplicates) (*rest.Body[rest.Page[DuplicateContact]], error) {
	list, err := d.contacts.DuplicatesOf(ctx, who.Viewer, in.Name, []contact.Address{{Scope: in.Scope, Address: in.Address}}, rest.Num[contact.ID](in.Except))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", showDuplicate), nil
}

type previewMerge struct {
	ByID
	ContactID rest.ID `query:"contact_id" required:"false" doc:"Who would go into the one that the address names; without one it stays what it is."`
}

// MergePreview is what a merge would make of two contacts.
type MergePreview struct {
	Contact Contact  `json:"contact"`
	Given   []string `json:"given" doc:"Fields whose values come from the contact that goes."`
}

func (d *Desk) previewMerge(ctx context.Context, who rest.Caller, in *previewMerge) (*rest.Body[MergePreview], error) {
	merged, given, err := d.contacts.Preview(ctx, who.Viewer, rest.Num[contact.ID](in.ID), rest.Num[contact.ID](in.ContactID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(MergePreview{Contact: ShowContact(merged), Given: rest.Map(given, func(s string) string { return s })}), nil
}

// TwoContacts names two contacts.
type TwoContacts struct {
	ByID
	Other rest.ID `path:"other"`
}

func (d *Desk) setDistinct(distinct bool) func(context.Context, rest.Caller, *TwoContacts) (*rest.None, error) {
	return func(ctx context.Context, who rest.Caller, in *TwoContacts) (*rest.None, error) {
		return nil, d.contacts.SetDistinct(ctx, who.Viewer, rest.Num[contact.ID](in.ID), rest.Num[contact.ID](in.Other), distinct)
	}
}
