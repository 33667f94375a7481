package inbox

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/templates"
)

// Window is when an account takes free answers.
type Window struct {
	Length time.Duration // after the contact's last message; 0 = always
	Closes time.Time     // zero = never, or the contact has not written yet
	Open   bool
}

// TemplateOf finds an approved template that may be sent with these values.
type TemplateOf func(ctx context.Context, account channels.AccountID, use channels.TemplateUse) (templates.Template, error)

// WithTemplates lets answers be templates. Without it there are none.
func WithTemplates(find TemplateOf) Option { return func(s *Service) { s.template = find } }

// Limits tells the composer what the conversation's account accepts, and until when.
func (s *Service) Limits(ctx context.Context, v actor.Viewer, c ConversationID) (l channels.Limits, w Window, err error) {
	row, err := s.Get(ctx, v, c)
	if err != nil {
		return l, w, err
	}
	l, ok := s.limits(row.AccountID)
	if !ok {
		return l, w, ErrAccountGone
	}
	w, err = s.window(ctx, l, &row.Conversation)
	return l, w, err
}

// window computes when free answers stop being accepted. The network counts from when the contact
// wrote, not from when we came to hear of it. To it a chat is one however many episodes it has
// here, so what was written in an earlier one counts. Whom we wrote to first has opened none yet.
func (s *Service) window(ctx context.Context, l channels.Limits, c *Conversation) (Window, error) {
	w := Window{Length: l.Window, Open: true}
	if l.Window == 0 {
		return w, nil
	}
	last := c.WroteAt
	if now := s.time(); (last.IsZero() || !now.Before(last.Add(l.Window))) && c.Chat != "" {
		before, err := s.store.LastWrote(ctx, c.AccountID, c.Chat)
		if err != nil {
			return w, fmt.Errorf("find window: %w", err)
		}
		if before.After(last) {
			last = before
		}
	}
	if last.IsZero() {
		w.Open = !l.Templates // without templates nobody could ever write first
		return w, nil
	}
	w.Closes = last.Add(l.Window)
	w.Open = s.time().Before(w.Closes)
	return w, nil
}

// checkWindow refuses what the network would, or lets it wait.
func (s *Service) checkWindow(ctx context.Context, l channels.Limits, c *Conversation, a *Answer) error {
	w, err := s.window(ctx, l, c)
	if err != nil || w.Open {
		return err
	}
	if a.Hold && c.ID != 0 {
		a.held = true
		return nil
	}
	return ErrWindowClosed
}

// mustWait tells whether a held answer has to wait on: what the contact wrote came so late that
// the window it opened is shut again.
func (s *Service) mustWait(ctx context.Context, c *Conversation, m *Message) (bool, error) {
	l, ok := s.limits(c.AccountID)
	if !ok || m.State != Held {
		return false, nil
	}
	w, err := s.window(ctx, l, c)
	return !w.Open, err
}

// checkTemplate checks an answer that is a template, and fills in what it says.
func (s *Service) checkTemplate(ctx context.Context, bad *fault.Collector, l channels.Limits, c *Conversation, a *Answer) error {
	if !l.Templates || s.template == nil {
		bad.Add("template", "unsupported", fault.T("В этом канале нет одобренных шаблонов: напишите текст.", "This channel has no approved templates: write a text."))
		return bad.Err()
	}
	if a.Text != "" || a.HTML != "" || len(a.Buttons) > 0 || a.Hold {
		bad.Add("template", "alone", fault.T("Шаблон отправляют без своего текста и кнопок. Текст отправьте отдельно, он подождёт ответа клиента.",
			"A template goes without a text or buttons of one's own. Send the text apart; it will wait until the client answers."))
		return bad.Err()
	}
	t, err := s.template(ctx, c.AccountID, *a.Template)
	if err != nil {
		return inField(err, "template")
	}
	need := 0
	if t.File() != "" {
		need = 1
	}
	if len(a.Files) != need {
		n := strconv.Itoa(need)
		bad.Add("attachments", "count", fault.T("Этому шаблону нужно файлов: "+n+".", "This template needs "+n+" files."))
		return bad.Err()
	}
	a.Text = t.Fill(a.Template.Values)
	for _, b := range t.Links(a.Template.Values) {
		button := channels.Button{Text: b.Text, URL: b.URL}
		if b.URL == "" {
			button.Data = b.Text
		}
		a.Buttons = append(a.Buttons, []channels.Button{button})
	}
	return s.head(ctx, l, c.AccountID, a, bad)
}

// ReleaseFollowUp is the job that sends a held message, now that it may go.
func ReleaseFollowUp(id MessageID, c ConversationID, now time.Time) FollowUp {
	return FollowUp{Kind: JobRelease, Key: jobKey(c), Payload: releasePayload(id, false), Due: now}
}
