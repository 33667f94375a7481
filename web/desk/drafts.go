package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"parley/inbox"
	"parley/web/rest"
)

func (d *Desk) declareDrafts(api *rest.API) {
	const path = "/conversations/{id}/draft"
	read, write := rest.Read("conversations").Person(), rest.Write("conversations").Person()
	rest.Add(api, rest.Op{ID: "get-draft", Method: http.MethodGet, Path: path, Need: read, Summary: "Read one's draft; without one it is empty"}, d.getDraft)
	rest.Add(api, rest.Op{ID: "put-draft", Method: http.MethodPut, Path: path, Need: write, MaxBody: 4 << 20, Summary: "Keep a draft"}, d.putDraft)
	rest.Add(api, rest.Op{ID: "delete-draft", Method: http.MethodDelete, Path: path, Need: write, Summary: "Throw one's draft away"}, d.deleteDraft)
}

// Draft is what an agent has begun to write.
type Draft struct {
	Kind        string          `json:"kind" enum:"reply,note"`
	Text        string          `json:"text"`
	HTML        string          `json:"html" doc:"An answer that is a mail, as its writer left it: not sanitised, and shown to nobody else."`
	Mail        *DraftMail      `json:"mail" doc:"Whom the mail is for; null follows the conversation."`
	ReplyTo     rest.Ref        `json:"reply_to" doc:"The message that an answer by a chat is to, where one was chosen."`
	Buttons     [][]DraftButton `json:"buttons" doc:"As far as they are written."`
	Attachments []rest.ID       `json:"attachments"`
	Version     int64           `json:"version" doc:"Send it back when writing; 0 while there is none."`
	UpdatedAt   *time.Time      `json:"updated_at"`
}

// DraftMail is the head of a mail that is being written.
type DraftMail struct {
	Mode    string       `json:"mode" enum:"reply,reply_all,forward"`
	To      []DraftParty `json:"to" maxItems:"200"`
	Cc      []DraftParty `json:"cc" maxItems:"200"`
	Bcc     []DraftParty `json:"bcc" maxItems:"200"`
	Subject string       `json:"subject" maxLength:"1000"`
	From    string       `json:"from" maxLength:"320" doc:"One of the account's addresses; empty for its first."`
	About   rest.Ref     `json:"about" doc:"The message that is answered or forwarded, where one was chosen."`
}

// DraftParty is somebody a mail may go to. Nobody has judged the address yet.
type DraftParty struct {
	Name    string `json:"name" maxLength:"500"`
	Address string `json:"address" maxLength:"500"`
}

func showDraft(s inbox.Draft) Draft {
	kind := "reply"
	if s.Kind == inbox.KindNote {
		kind = "note"
	}
	mail, replyTo := headOf(s.Head)
	return Draft{Kind: kind, Text: s.Text, HTML: s.HTML, Mail: mail, ReplyTo: replyTo, Buttons: draftButtons(s.Buttons), Attachments: rest.IDsOf(s.Files), Version: s.Version, UpdatedAt: rest.TimeOrNull(s.UpdatedAt)}
}

// draftHead is how both are kept.
type draftHead struct {
	*DraftMail
	ReplyTo rest.Ref `json:"reply_to,omitempty"`
}

// headOf reads what headText wrote; of anything else nothing is known.
func headOf(text string) (*DraftMail, rest.Ref) {
	var h draftHead
	if text == "" || json.Unmarshal([]byte(text), &h) != nil {
		return nil, ""
	}
	if h.DraftMail != nil && h.Mode == "" {
		h.DraftMail = nil
	}
	return h.DraftMail, h.ReplyTo
}

func headText(m *DraftMail, replyTo rest.Ref) (string, error) {
	if m == nil && replyTo == "" {
		return "", nil
	}
	text, err := json.Marshal(draftHead{DraftMail: m, ReplyTo: replyTo})
	if err != nil {
		return "", fmt.Errorf("write head of draft: %w", err)
	}
	return string(text), nil
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
		Kind        string              `json:"kind" required:"false" enum:"reply,note"`
		Text        string              `json:"text" required:"false"`
		HTML        string              `json:"html" required:"false"`
		Mail        *DraftMail          `json:"mail" required:"false"`
		ReplyTo     rest.Maybe[rest.ID] `json:"reply_to" required:"false"`
		Buttons     [][]DraftButton     `json:"buttons" required:"false" maxItems:"30"`
		Attachments []rest.ID           `json:"attachments" required:"false" maxItems:"50"`
		Version     int64               `json:"version" required:"false" minimum:"0"`
		UpdatedAt   string              `json:"updated_at" required:"false" doc:"Ignored; what was read may be sent back as it is."`
	}
}

func (d *Desk) putDraft(ctx context.Context, who rest.Caller, in *putDraft) (*rest.Body[Draft], error) {
	head, err := headText(in.Body.Mail, rest.RefOf(rest.Num[int64](in.Body.ReplyTo.Value)))
	if err != nil {
		return nil, err
	}
	s, err := d.inbox.PutDraft(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), inbox.Draft{
		Kind: kindOf(in.Body.Kind), Text: in.Body.Text, HTML: in.Body.HTML, Head: head, Buttons: buttonsOf(in.Body.Buttons), Files: rest.Nums[inbox.FileID](in.Body.Attachments), Version: in.Body.Version,
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showDraft(s)), nil
}

func (d *Desk) deleteDraft(ctx context.Context, who rest.Caller, in *ByID) (*rest.None, error) {
	return nil, d.inbox.DeleteDraft(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
}
