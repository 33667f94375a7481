package quickreplies

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/templates/quickreply"
	"parley/web/desk"
	"parley/web/rest"
)

// QuickReplies declares the operations of this package.
type QuickReplies struct{ replies *quickreply.Service }

// New makes a QuickReplies.
func New(s *quickreply.Service) *QuickReplies { return &QuickReplies{s} }

// QuickReply is a text that is kept at hand.
type QuickReply struct {
	ID          rest.ID           `json:"id"`
	Shortcut    string            `json:"shortcut" doc:"Without the slash; empty: it has none."`
	Name        string            `json:"name"`
	Text        string            `json:"text" doc:"With variables {{ contact.name | default: \"…\" }} and blanks {{ ask: \"order number\" }}."`
	Scope       quickreply.Scope  `json:"scope" enum:"mine,team,all"`
	TeamID      rest.Ref          `json:"team_id"`
	OwnerID     rest.Ref          `json:"owner_id" doc:"Who made it; null: a key."`
	Language    string            `json:"language" doc:"Empty: any."`
	Folder      string            `json:"folder" doc:"Empty: in none."`
	Attachments []desk.Attachment `json:"attachments"`
	Blanks      []string          `json:"blanks" doc:"What has to be filled in before it is sent."`
	Problem     string            `json:"problem" doc:"Why it cannot be used any more; empty: it can."`
	Editable    bool              `json:"editable" doc:"The caller may change it."`
	Uses        int64             `json:"uses" doc:"In how many messages it was sent."`
	MyUses      int64             `json:"my_uses" doc:"In how many of the caller's."`
	LastUsedAt  *time.Time        `json:"last_used_at"`
	CreatedAt   time.Time         `json:"created_at"`
	UpdatedAt   time.Time         `json:"updated_at"`
}

// Declare adds the operations to an API.
func (q *QuickReplies) Declare(api *rest.API) {
	const noun, path = "quick-replies", "/quick-replies"
	rest.Add(api, rest.Op{ID: "list-quick-replies", Method: http.MethodGet, Path: path, Need: rest.Read(noun), Summary: "Search quick replies, the most useful first"}, q.list)
	rest.Add(api, rest.Op{ID: "create-quick-reply", Method: http.MethodPost, Path: path, Need: rest.Write(noun), Status: http.StatusCreated, Summary: "Add a quick reply"}, q.create)
	rest.Add(api, rest.Op{ID: "preview-quick-reply", Method: http.MethodPost, Path: path + "/preview", Need: rest.Read(noun), Summary: "See how a text would read, with examples for values"}, q.preview)
	rest.Add(api, rest.Op{ID: "list-variables", Method: http.MethodGet, Path: path + "/variables", Need: rest.Read(noun), Summary: "What texts may name"}, q.variables)
	rest.Add(api, rest.Op{ID: "get-quick-reply", Method: http.MethodGet, Path: path + "/{id}", Need: rest.Read(noun), Summary: "Read a quick reply"}, q.get)
	rest.Add(api, rest.Op{ID: "change-quick-reply", Method: http.MethodPatch, Path: path + "/{id}", Need: rest.Write(noun), Summary: "Change a quick reply"}, q.patch)
	rest.Add(api, rest.Op{ID: "delete-quick-reply", Method: http.MethodDelete, Path: path + "/{id}", Need: rest.Write(noun), Summary: "Remove a quick reply"}, q.delete)
	rest.Add(api, rest.Op{ID: "render-quick-reply", Method: http.MethodPost, Path: path + "/{id}/render", Need: rest.Write("conversations"), Summary: "Fill a quick reply in for a conversation; its files become uploads of the caller"}, q.render)
}

// ByID is embedded in the inputs of operations on one reply.
type ByID struct {
	ID rest.ID `path:"id"`
}

// makers may change what others see as well.
var makers = []auth.Role{auth.RoleAdmin, auth.RoleLead}

func mayWrite(who rest.Caller, r *quickreply.Reply) bool {
	return r.Scope == quickreply.Mine || slices.Contains(makers, who.Auth.Role)
}

func show(who rest.Caller) func(quickreply.Reply) QuickReply {
	return func(r quickreply.Reply) QuickReply {
		out := QuickReply{
			ID: rest.IDOf(r.ID), Shortcut: r.Shortcut, Name: r.Name, Text: r.Text, Scope: r.Scope, TeamID: rest.RefOf(r.Team), OwnerID: rest.RefOf(r.Owner),
			Language: r.Language, Folder: r.Folder, Attachments: rest.Map(r.Files, showFile), Blanks: append([]string{}, r.Blanks()...),
			Editable: mayWrite(who, &r), Uses: r.Uses, MyUses: r.MyUses, LastUsedAt: rest.TimeOrNull(r.LastUsedAt),
			CreatedAt: rest.Time(r.CreatedAt), UpdatedAt: rest.Time(r.UpdatedAt),
		}
		if problem := r.Problem(); problem != nil {
			out.Problem = problem.In(who.Language)
		}
		return out
	}
}

func showFile(f quickreply.File) desk.Attachment {
	return desk.ShowFile(inbox.File{ID: inbox.FileID(f.ID), Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size})
}

type listReplies struct {
	rest.Paging
	Query    string           `query:"q" maxLength:"200" required:"false" doc:"Words of its shortcut, name, folder or text."`
	Language string           `query:"language" maxLength:"20" required:"false" doc:"Those in it come first, then those for any."`
	For      rest.ID          `query:"conversation" required:"false" doc:"What it is looked for: without a language that of its contact counts."`
	Folder   string           `query:"folder" maxLength:"400" required:"false"`
	Scope    quickreply.Scope `query:"scope" enum:"mine,team,all" required:"false"`
}

func (q *QuickReplies) list(ctx context.Context, who rest.Caller, in *listReplies) (*rest.Body[rest.Page[QuickReply]], error) {
	list, err := q.replies.List(ctx, who.Viewer, quickreply.Filter{Query: in.Query, Language: in.Language, Folder: in.Folder, Scope: in.Scope, Conversation: rest.Num[int64](in.For)})
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, in.Paging, show(who)) // the order follows use
}

func (q *QuickReplies) get(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[QuickReply], error) {
	r, err := q.replies.Get(ctx, who.Viewer, rest.Num[quickreply.ID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(show(who)(r)), nil
}

// NewQuickReply is a quick reply to add.
type NewQuickReply struct {
	Shortcut    string              `json:"shortcut" required:"false" maxLength:"200"`
	Name        string              `json:"name" required:"false" maxLength:"1000" doc:"Without one it is called as its shortcut."`
	Text        string              `json:"text" maxLength:"20000"`
	Scope       string              `json:"scope" required:"false" doc:"mine, team or all; without it that of a person is mine, that of a key for all."`
	TeamID      rest.Maybe[rest.ID] `json:"team_id" required:"false"`
	Language    string              `json:"language" required:"false" maxLength:"50"`
	Folder      string              `json:"folder" required:"false" maxLength:"1000"`
	Attachments []rest.ID           `json:"attachments" required:"false" maxItems:"50" doc:"Uploads of the caller."`
}

func (q *QuickReplies) create(ctx context.Context, who rest.Caller, in *struct{ Body NewQuickReply }) (*rest.Body[QuickReply], error) {
	b := &in.Body
	r := quickreply.Reply{
		Shortcut: b.Shortcut, Name: b.Name, Text: b.Text, Scope: quickreply.Scope(b.Scope), Team: rest.Num[int64](b.TeamID.Value), Language: b.Language, Folder: b.Folder,
	}
	if r.Scope == "" {
		if r.Scope = quickreply.Mine; who.AgentID == 0 {
			r.Scope = quickreply.All
		}
	}
	files := rest.Nums[int64](b.Attachments)
	return q.save(ctx, who, r, &files)
}

func (q *QuickReplies) save(ctx context.Context, who rest.Caller, r quickreply.Reply, files *[]int64) (*rest.Body[QuickReply], error) {
	if !mayWrite(who, &r) {
		return nil, auth.ErrForbidden
	}
	r, err := q.replies.Save(ctx, who.Viewer, r, files)
	if err != nil {
		return nil, err
	}
	return rest.Reply(show(who)(r)), nil
}

type patchReply struct {
	ByID
	Body struct {
		Shortcut    *string             `json:"shortcut,omitempty" maxLength:"200"`
		Name        *string             `json:"name,omitempty" maxLength:"1000"`
		Text        *string             `json:"text,omitempty" maxLength:"20000"`
		Scope       *string             `json:"scope,omitempty"`
		TeamID      rest.Maybe[rest.ID] `json:"team_id" required:"false"`
		Language    *string             `json:"language,omitempty" maxLength:"50"`
		Folder      *string             `json:"folder,omitempty" maxLength:"1000"`
		Attachments *[]rest.ID          `json:"attachments,omitempty" maxItems:"50" doc:"The whole of its files: its own, and uploads of the caller."`
	}
}

func (q *QuickReplies) patch(ctx context.Context, who rest.Caller, in *patchReply) (*rest.Body[QuickReply], error) {
	r, err := q.own(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	for _, c := range []struct{ to, from *string }{
		{&r.Shortcut, b.Shortcut}, {&r.Name, b.Name}, {&r.Text, b.Text}, {(*string)(&r.Scope), b.Scope}, {&r.Language, b.Language}, {&r.Folder, b.Folder},
	} {
		if c.from != nil {
			*c.to = *c.from
		}
	}
	if team := rest.NumPtr[int64](b.TeamID); team != nil {
		r.Team = *team
	}
	var files *[]int64
	if b.Attachments != nil {
		list := rest.Nums[int64](*b.Attachments)
		files = &list
	}
	return q.save(ctx, who, r, files)
}

func (q *QuickReplies) delete(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	r, err := q.own(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, q.replies.Delete(ctx, who.Viewer, r.ID)
}

// own finds a reply that the caller may change.
func (q *QuickReplies) own(ctx context.Context, who rest.Caller, id rest.ID) (quickreply.Reply, error) {
	r, err := q.replies.Get(ctx, who.Viewer, rest.Num[quickreply.ID](id))
	if err == nil && !mayWrite(who, &r) {
		err = auth.ErrForbidden
	}
	return r, err
}

// zoneOf reads the name of a time zone; "" is none.
func zoneOf(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fault.InvalidField("time_zone", "unknown", fault.T("Часового пояса «"+name+"» нет.", "There is no time zone “"+name+"”."))
	}
	return zone, nil
}
