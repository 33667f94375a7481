package desk

import (
	"context"
	"net/http"
	"time"

	"parley/inbox"
	"parley/web/rest"
)

func (d *Desk) declareDrafts(api *rest.API) {
	const path = "/conversations/{id}/draft"
	read, write := rest.Read("conversations").Person(), rest.Write("conversations").Person()
	rest.Add(api, rest.Op{ID: "get-draft", Method: http.MethodGet, Path: path, Need: read, Summary: "Read one's draft; without one it is empty"}, d.getDraft)
	rest.Add(api, rest.Op{ID: "put-draft", Method: http.MethodPut, Path: path, Need: write, MaxBody: 2 << 20, Summary: "Keep a draft"}, d.putDraft)
	rest.Add(api, rest.Op{ID: "delete-draft", Method: http.MethodDelete, Path: path, Need: write, Summary: "Throw one's draft away"}, d.deleteDraft)
}

// Draft is what an agent has begun to write.
type Draft struct {
	Kind        string     `json:"kind" enum:"reply,note"`
	Text        string     `json:"text"`
	Attachments []rest.ID  `json:"attachments"`
	Version     int64      `json:"version" doc:"Send it back when writing; 0 while there is none."`
	UpdatedAt   *time.Time `json:"updated_at"`
}

func showDraft(s inbox.Draft) Draft {
	kind := "reply"
	if s.Kind == inbox.KindNote {
		kind = "note"
	}
	return Draft{Kind: kind, Text: s.Text, Attachments: rest.IDsOf(s.Files), Version: s.Version, UpdatedAt: rest.TimeOrNull(s.UpdatedAt)}
}

func (d *Desk) getDraft(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Draft], error) {
	s, err := d.inbox.GetDraft(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showDraft(s)), nil
}

type putDraft struct {
	ByID
	Body struct {
		Kind        string    `json:"kind" required:"false" enum:"reply,note"`
		Text        string    `json:"text" required:"false"`
		Attachments []rest.ID `json:"attachments" required:"false" maxItems:"50"`
		Version     int64     `json:"version" required:"false" minimum:"0"`
		UpdatedAt   string    `json:"updated_at" required:"false" doc:"Ignored; what was read may be sent back as it is."`
	}
}

func (d *Desk) putDraft(ctx context.Context, who rest.Caller, in *putDraft) (*rest.Body[Draft], error) {
	s, err := d.inbox.PutDraft(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), inbox.Draft{
		Kind: kindOf(in.Body.Kind), Text: in.Body.Text, Files: rest.Nums[inbox.FileID](in.Body.Attachments), Version: in.Body.Version,
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showDraft(s)), nil
}

func (d *Desk) deleteDraft(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, d.inbox.DeleteDraft(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
}
