package desk

import (
	"context"
	"net/http"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

// declareDelivery declares what can be done about a message on its way, and what the
// way allows.
func (d *Desk) declareDelivery(api *rest.API) {
	write := rest.Write("conversations")
	rest.Add(api, rest.Op{ID: "undo-message", Method: http.MethodDelete, Path: "/messages/{id}", Need: write, Summary: "Take a message back before its release"}, d.undoMessage)
	rest.Add(api, rest.Op{ID: "send-message-now", Method: http.MethodPost, Path: "/messages/{id}/send", Need: write, Summary: "Send one's own message, or a machine's, now that waits for its time"}, d.sendNow)
	rest.Add(api, rest.Op{ID: "reschedule-message", Method: http.MethodPut, Path: "/messages/{id}/send-at", Need: write, Summary: "Put one's own message, or a machine's, that waits for its time off to another one"}, d.rescheduleMessage)
	rest.Add(api, rest.Op{ID: "resend-message", Method: http.MethodPost, Path: "/messages/{id}/resend", Need: write, Summary: "Send a failed or uncertain message again"}, d.resendMessage)
	rest.Add(api, rest.Op{ID: "get-limits", Method: http.MethodGet, Path: "/conversations/{id}/limits", Need: rest.Read("conversations"), Summary: "What can be sent here"}, d.limits)
	d.declareAmendments(api)
}

func (d *Desk) undoMessage(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.Undo(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(d.showMessage(who)(m)), nil
}

func (d *Desk) sendNow(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.SendNow(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(d.showMessage(who)(m)), nil
}

type rescheduleMessage struct {
	ByID
	Body struct {
		SendAt rest.Maybe[time.Time] `json:"send_at" required:"false" doc:"In the future, within a year. It must be given."`
	}
}

func (d *Desk) rescheduleMessage(ctx context.Context, who rest.Caller, in *rescheduleMessage) (*rest.Body[Message], error) {
	m, err := d.inbox.Reschedule(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID), in.Body.SendAt.Value)
	if err != nil {
		return nil, err
	}
	return rest.Reply(d.showMessage(who)(m)), nil
}

func (d *Desk) resendMessage(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Message], error) {
	m, err := d.inbox.Resend(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(d.showMessage(who)(m)), nil
}

// Limits is what a conversation's account accepts. Zero means unsupported.
type Limits struct {
	Text           TextLimit  `json:"text"`
	HTML           bool       `json:"html"`
	Files          FileLimit  `json:"files"`
	Receipts       bool       `json:"receipts"`
	Typing         bool       `json:"typing"`
	EditSeconds    int64      `json:"edit_seconds" doc:"How long after it was sent a message can be edited; 0 is never."`
	DeleteSeconds  int64      `json:"delete_seconds" doc:"How long after it was sent a message can be deleted for the contact; 0 is never."`
	Reactions      bool       `json:"reactions"`
	OwnIDs         bool       `json:"own_ids" doc:"The network has no ids of its own: messages can be changed though their remote_id is null."`
	Emoji          []string   `json:"emoji" doc:"Those that can be reacted with; empty is all."`
	WindowClosesAt *time.Time `json:"window_closes_at" doc:"When free text stops being accepted; null: never, or the contact has not written yet."`
	WindowSeconds  int64      `json:"window_seconds" doc:"How long free text is accepted after the contact wrote; 0 is for ever."`
	WindowOpen     bool       `json:"window_open" doc:"Free text is accepted now."`
	Templates      bool       `json:"templates" doc:"There are approved templates, which are accepted always."`

	Stopped *Stop `json:"stopped" doc:"The contact asked for no more messages here, and none is sent until that is lifted."`
	Resting *Rest `json:"resting" doc:"The account is paused or archived; null: it is at work."`

	Buttons ButtonLimit `json:"buttons"`

	Subject   bool       `json:"subject" doc:"Messages have subjects: this is mail."`
	Cc        bool       `json:"cc"`
	Addresses []string   `json:"addresses" doc:"Those that can be written from, the account's first one first."`
	House     []string   `json:"house" doc:"Those of every connected mailbox of ours: answers to everybody leave them out."`
	Reply     Recipients `json:"reply" doc:"Whom an answer goes to."`
	ReplyAll  Recipients `json:"reply_all" doc:"Whom an answer to everybody goes to."`
}

// Recipients is whom a message goes to.
type Recipients struct {
	To []Party `json:"to"`
	Cc []Party `json:"cc"`
}

func showRecipients(r inbox.Recipients) Recipients {
	return Recipients{To: rest.Map(r.To, ShowParty), Cc: rest.Map(r.Cc, ShowParty)}
}

// TextLimit bounds a text.
type TextLimit struct {
	Max  int           `json:"max"`
	Unit channels.Unit `json:"unit" enum:"runes,utf16,bytes,segments"`
}

// FileLimit bounds the files of one message.
type FileLimit struct {
	MaxBytes int64    `json:"max_bytes"`
	MaxCount int      `json:"max_count"`
	Types    []string `json:"types" doc:"Media types; empty is all."`
}

func (d *Desk) limits(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Limits], error) {
	id := rest.Num[inbox.ConversationID](in.ID)
	l, window, err := d.inbox.Limits(ctx, who.Viewer, id)
	if err != nil {
		return nil, err
	}
	row, err := d.inbox.Get(ctx, who.Viewer, id)
	if err != nil {
		return nil, err
	}
	mail, err := d.inbox.Correspondence(ctx, who.Viewer, id)
	if err != nil {
		return nil, err
	}
	stop, err := d.stopped(ctx, who, id)
	if err != nil {
		return nil, err
	}
	resting, err := d.resting(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return rest.Reply(Limits{
		Text: TextLimit{Max: l.Text.Max, Unit: l.Text.Unit}, HTML: l.HTML,
		Files:    FileLimit{MaxBytes: l.Files.MaxBytes, MaxCount: l.Files.MaxCount, Types: append([]string{}, l.Files.Types...)},
		Receipts: l.Receipts, Typing: row.AccountKind == channels.KindWebchat, EditSeconds: int64(l.EditWindow / time.Second), DeleteSeconds: int64(l.DeleteWindow / time.Second),
		Reactions: l.Reactions, OwnIDs: l.OwnIDs, Emoji: append([]string{}, l.Emoji...), WindowClosesAt: rest.TimeOrNull(window.Closes), WindowSeconds: int64(window.Length / time.Second),
		WindowOpen: window.Open, Templates: l.Templates, Stopped: stop, Resting: resting, Buttons: showButtonLimit(l.Buttons),
		Subject: l.Subject, Cc: l.Subject, Addresses: append([]string{}, mail.Own...), House: append([]string{}, mail.House...), Reply: showRecipients(mail.Reply()), ReplyAll: showRecipients(mail.ReplyAll()),
	}), nil
}
