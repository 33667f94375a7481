package desk

import (
	"context"
	"net/http"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
)

// declareAmendments declares what can be changed of messages that were sent.
func (d *Desk) declareAmendments(api *rest.API) {
	write := rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "edit-message", Method: http.MethodPatch, Path: "/messages/{id}", Need: write, Summary: "Give a message of one's own another text, where its network can"}, d.editMessage)
	rest.Add(api, rest.Op{ID: "withdraw-message", Method: http.MethodPost, Path: "/messages/{id}/withdraw", Need: write, Summary: "Delete a message of one's own where the contact sees it, where its network can; a note at once"}, d.withdrawMessage)
	rest.Add(api, rest.Op{ID: "restore-message", Method: http.MethodPost, Path: "/messages/{id}/restore", Need: write, Summary: "Bring a note of one's own back that was deleted within the last minute"}, d.restoreMessage)
	rest.Add(api, rest.Op{ID: "react-to-message", Method: http.MethodPut, Path: "/messages/{id}/reaction", Need: write, Summary: "React to a message, where its network can"}, d.reactToMessage)
	rest.Add(api, rest.Op{ID: "unreact-to-message", Method: http.MethodDelete, Path: "/messages/{id}/reaction", Need: write, Summary: "Take the reaction to a message back"}, d.unreactToMessage)
	rest.Add(api, rest.Op{ID: "drop-amendment", Method: http.MethodDelete, Path: "/messages/{id}/amendments/{amendment}", Need: write, Summary: "Take a change back that did not come about"}, d.dropAmendment)
}

// Amendment is a change of a message that its network has not taken yet, or not taken at all. Until it does, the
// message is as the contact sees it.
type Amendment struct {
	ID    rest.ID              `json:"id"`
	Kind  inbox.AmendmentKind  `json:"kind" enum:"edit,delete,reaction"`
	Text  string               `json:"text" doc:"Of an edit."`
	HTML  string               `json:"html" doc:"Sanitised."`
	Emoji string               `json:"emoji" doc:"Of a reaction; empty: it is taken back."`
	State inbox.AmendmentState `json:"state" enum:"queued,sending,failed,uncertain"`
	Error *MessageError        `json:"error" doc:"Why it did not come about, or not yet."`
}

// showAmendments fills in what shall be changed of a message.
func showAmendments(out *Message, m *inbox.Message, s sight) {
	out.OwnReaction, out.Amendments = m.OwnReaction(), []Amendment{}
	for _, a := range m.Amendments {
		if a.State == inbox.AmendDone {
			continue
		}
		shown := Amendment{ID: rest.IDOf(a.ID), Kind: a.Kind, Text: a.Text, Emoji: a.Emoji, State: a.State, Error: s.failure(m.AccountID, a.ErrorCode, a.ErrorText)}
		if a.HTML != "" {
			shown.HTML = s.clean(&inbox.Message{ID: inbox.MessageID(a.ID), Text: a.Text, HTML: a.HTML, UpdatedAt: a.AskedAt})
		}
		out.Amendments = append(out.Amendments, shown)
	}
}

// failure is an account's error in words; nil is none.
func (s sight) failure(account channels.AccountID, code, text string) *MessageError {
	if code == "" && text == "" {
		return nil
	}
	w := channels.Words{RU: text, EN: text}
	if s.explain != nil {
		w = s.explain(account, code, text)
	}
	return &MessageError{Code: code, Text: fault.T(w.RU, w.EN).In(s.language), Words: wordsOf(w)}
}

type editMessage struct {
	ByID
	Body struct {
		Text string `json:"text" required:"false"`
		HTML string `json:"html" required:"false" doc:"Where the account carries HTML."`
	}
}

func (d *Desk) editMessage(ctx context.Context, who rest.Caller, in *editMessage) (*rest.Body[Message], error) {
	m, err := d.inbox.Edit(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID), inbox.Words{Text: in.Body.Text, HTML: in.Body.HTML})
	return d.amended(who, m, err)
}

func (d *Desk) withdrawMessage(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.Delete(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	return d.amended(who, m, err)
}

func (d *Desk) restoreMessage(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.Restore(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	return d.amended(who, m, err)
}

type reactToMessage struct {
	ByID
	Body struct {
		Emoji string `json:"emoji" minLength:"1" maxLength:"64"`
	}
}

func (d *Desk) reactToMessage(ctx context.Context, who rest.Caller, in *reactToMessage) (*rest.Body[Message], error) {
	m, err := d.inbox.React(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID), in.Body.Emoji)
	return d.amended(who, m, err)
}

func (d *Desk) unreactToMessage(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.React(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID), "")
	return d.amended(who, m, err)
}

type dropAmendment struct {
	ByID
	Amendment rest.ID `path:"amendment"`
}

func (d *Desk) dropAmendment(ctx context.Context, who rest.Caller, in *dropAmendment) (*rest.Body[Message], error) {
	m, err := d.inbox.Drop(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID), rest.Num[inbox.AmendmentID](in.Amendment))
	return d.amended(who, m, err)
}

func (d *Desk) amended(who rest.Caller, m inbox.Message, err error) (*rest.Body[Message], error) {
	if err != nil {
		return nil, err
	}
	return rest.Reply(d.showMessage(who)(m)), nil
}
