package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/templates/wording"
	"parley/web/rest"
	"parley/web/safehtml"
)

func (d *Desk) declareMessages(api *rest.API) {
	const path = "/conversations/{id}/messages"
	rest.Add(api, rest.Op{ID: "list-messages", Method: http.MethodGet, Path: path, Need: rest.Read("conversations"), Summary: "Read a piece of a conversation"}, d.listMessages)
	rest.Add(api, rest.Op{ID: "write-message", Method: http.MethodPost, Path: path, Need: rest.Write("conversations"), Status: http.StatusCreated, Summary: "Answer, or add a note"}, d.writeMessage)
}

// MessagePage is a piece of a conversation and what waits for its release.
type MessagePage struct {
	Items   []Message `json:"items" doc:"Ascending by seq."`
	Next    string    `json:"next" doc:"Cursor of the next page; empty at the end."`
	Pending []Message `json:"pending" doc:"Not released yet: without a seq."`
}

type listMessages struct {
	ByID
	rest.Paging
	BeforeSeq int64 `query:"before_seq" required:"false" minimum:"1" doc:"The last ones before it."`
	AfterSeq  int64 `query:"after_seq" required:"false" minimum:"0" doc:"The first ones after it."`
	Last      bool  `query:"last" required:"false" doc:"The last page."`
}

func (d *Desk) listMessages(ctx context.Context, who rest.Caller, in *listMessages) (*rest.Body[MessagePage], error) {
	f := inbox.MessageFilter{AfterSeq: in.AfterSeq, BeforeSeq: in.BeforeSeq, Last: in.Last, Limit: in.Limit}
	if in.Cursor != "" {
		after, err := strconv.ParseInt(in.Cursor, 10, 64)
		if err != nil || after < 0 {
			return nil, fault.InvalidField("cursor", "malformed", fault.T("Неверный курсор. Начните список сначала.", "The cursor is not valid. Start the list again."))
		}
		f = inbox.MessageFilter{AfterSeq: after, Limit: in.Limit}
	}
	page, err := d.inbox.Messages(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), f)
	if err != nil {
		return nil, err
	}
	out := MessagePage{Items: rest.Map(page.Items, d.showMessage(who)), Pending: rest.Map(page.Pending, d.showMessage(who))}
	if page.More && !f.Last && f.BeforeSeq == 0 {
		out.Next = strconv.FormatInt(page.Items[len(page.Items)-1].Seq, 10)
	}
	return rest.Reply(out), nil
}

// NewMessage is an answer or a note to be written.
type NewMessage struct {
	Kind         string                `json:"kind" required:"false" enum:"reply,note"`
	Text         string                `json:"text" required:"false"`
	HTML         string                `json:"html" required:"false"`
	Attachments  []rest.ID             `json:"attachments" required:"false" maxItems:"50"`
	ReplyTo      rest.Maybe[rest.ID]   `json:"reply_to" required:"false"`
	SendAt       rest.Maybe[time.Time] `json:"send_at" required:"false" doc:"In the future, within a year; one that has passed by no more than a minute is now."`
	SeenSeq      *int64                `json:"seen_seq" required:"false" minimum:"0" doc:"The last message the writer saw; a newer one refuses the answer."`
	SeenPending  *[]rest.ID            `json:"seen_pending" required:"false" maxItems:"100" doc:"Answers of colleagues, still to be released, that the writer saw; another one that leaves within a minute refuses the answer too. Those, and the writer's own, do not refuse it when they have left by then. Without it they are not looked at."`
	DraftVersion *int64                `json:"draft_version" required:"false" minimum:"0" doc:"The version of one's draft that it was made of, 0 for none: that one is thrown away with it, one that was kept since stays. Without it one's draft is thrown away, whichever it is."`
	UndoSeconds  int                   `json:"undo_seconds" required:"false" minimum:"0" maximum:"60"`
	ClientID     string                `json:"client_id" required:"false" maxLength:"100" doc:"What the writer calls it; comes back with the message."`
	Close        bool                  `json:"close" required:"false" doc:"Close the conversation with the answer."`

	Template *TemplateUse `json:"template" required:"false" doc:"An approved template, instead of a text."`
	Hold     bool         `json:"hold" required:"false" doc:"Where the window for free answers is shut, let the answer wait until the contact writes; its state is then held."`
	Buttons  [][]Button   `json:"buttons" required:"false" maxItems:"30" doc:"Choices below the text, in rows; see the limits."`

	QuickReplyIDs []rest.ID `json:"quick_reply_ids" required:"false" maxItems:"50" doc:"What it was made of: their use is counted, and a blank that is still open refuses the message."`

	To        []string            `json:"to" required:"false" maxItems:"200" doc:"Of mails: name@example.com or Name <name@example.com>; without any, whom the conversation is with."`
	Cc        []string            `json:"cc" required:"false" maxItems:"200"`
	Bcc       []string            `json:"bcc" required:"false" maxItems:"200"`
	Subject   string              `json:"subject" required:"false" maxLength:"1000" doc:"Of mails; without one, that of what is answered."`
	From      string              `json:"from" required:"false" maxLength:"320" doc:"Of mails: one of the account's addresses; without one, that which was written to."`
	ForwardOf rest.Maybe[rest.ID] `json:"forward_of" required:"false" doc:"Of mails: a message whose text and files go along."`
	Automatic bool                `json:"automatic" required:"false" doc:"Of mails: no person writes this; it is refused where machines may not answer, and answers nothing."`
}

// answer is what shall be written.
func answer(who rest.Caller, m *NewMessage) inbox.Answer {
	var pending *[]inbox.MessageID
	if m.SeenPending != nil {
		ids := rest.Nums[inbox.MessageID](*m.SeenPending)
		pending = &ids
	}
	return inbox.Answer{
		SeenPending: pending, Kind: kindOf(m.Kind), Text: m.Text, HTML: safehtml.Compose(m.HTML), Files: rest.Nums[inbox.FileID](m.Attachments), ReplyTo: rest.Num[inbox.MessageID](m.ReplyTo.Value),
		SeenSeq: m.SeenSeq, DraftVersion: m.DraftVersion, Undo: time.Duration(m.UndoSeconds) * time.Second, SendAt: m.SendAt.Value, ClientID: m.ClientID, Close: m.Close,
		To: m.To, Cc: m.Cc, Bcc: m.Bcc, Subject: m.Subject, From: m.From, ForwardOf: rest.Num[inbox.MessageID](m.ForwardOf.Value), Automatic: m.Automatic,
		Language: who.Language, Buttons: buttonsOf(m.Buttons), Template: templateUse(m.Template), Hold: m.Hold,
	}
}

type writeMessage struct {
	ByID
	Body NewMessage
}

func (d *Desk) writeMessage(ctx context.Context, who rest.Caller, in *writeMessage) (*rest.Body[Message], error) {
	if err := filledIn(&in.Body); err != nil {
		return nil, err
	}
	m, err := d.inbox.Write(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), answer(who, &in.Body))
	if err != nil {
		return nil, d.withMessages(who, err)
	}
	d.count(ctx, who, &in.Body)
	return rest.Reply(d.showMessage(who)(m)), nil
}

// filledIn refuses an answer made of quick replies in which a blank is still open.
func filledIn(m *NewMessage) error {
	if len(m.QuickReplyIDs) == 0 || kindOf(m.Kind) == inbox.KindNote {
		return nil
	}
	if open := append(wording.Blanks(m.Text), wording.Blanks(m.HTML)...); len(open) > 0 {
		return fault.InvalidField("text", "blank", fault.T("Заполните пропуск: «"+open[0]+"».", "Fill in the blank: “"+open[0]+"”."))
	}
	return nil
}

// count tells which quick replies a message that was written is made of.
func (d *Desk) count(ctx context.Context, who rest.Caller, m *NewMessage) {
	if d.used != nil && len(m.QuickReplyIDs) > 0 {
		d.used(ctx, who.Viewer, rest.Nums[int64](m.QuickReplyIDs))
	}
}

// withMessages shows the newer messages that a refusal speaks of.
func (d *Desk) withMessages(who rest.Caller, err error) error {
	f, ok := fault.As(err)
	if !ok || !errors.Is(err, inbox.ErrNewerMessages) {
		return err
	}
	newer, _ := f.Details.([]inbox.Message)
	return f.WithDetails(map[string][]Message{"messages": rest.Map(newer, d.showMessage(who))})
}
