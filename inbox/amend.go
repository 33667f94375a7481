package inbox

import (
	"context"
	"slices"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
	"parley/internal/plaintext"
)

// Amendments is what amending needs of the store.
type Amendments interface {
	// AmendmentsIn returns the amendments of a conversation's messages, in their order. Its conversation is locked.
	AmendmentsIn(ctx context.Context, c ConversationID) ([]Amendment, error)
}

// Words are what a message shall say.
type Words struct{ Text, HTML string }

// Edit asks for another text of a message of our own. A note is changed at once; of anything else the network has the
// last word.
func (s *Service) Edit(ctx context.Context, v actor.Viewer, id MessageID, w Words) (Message, error) {
	w.Text = strings.TrimSpace(contact.Storable(w.Text))
	source := contact.Storable(w.HTML)
	if w.HTML = ""; source != "" {
		if w.HTML = s.clean(source); w.Text == "" {
			w.Text = plaintext.FromHTML(source)
		}
	}
	return s.amend(ctx, v, id, func(a *amending) error {
		if err := a.mine(v); err != nil {
			return err
		}
		if a.m.Kind != KindNote && !a.limits.HTML { // its text says the same
			w.HTML = ""
		}
		if err := a.fits(w); err != nil {
			return err
		}
		if a.m.Kind == KindNote {
			a.now(&Amendment{Kind: AmendText, Text: w.Text, HTML: w.HTML})
			return nil
		}
		if err := a.within(a.limits.EditWindow, errCannotEdit, errEditLate); err != nil {
			return err
		}
		if a.m.Numbered {
			text, page := Numbers(a.m.Buttons)
			if w.Text = strings.TrimSuffix(w.Text, strings.TrimSpace(text)); w.HTML != "" {
				w.HTML = strings.TrimSuffix(w.HTML, page) + page
			}
			w.Text = strings.TrimSpace(w.Text) + text
		}
		a.ask(&Amendment{Kind: AmendText, Text: w.Text, HTML: w.HTML}, w.Text == a.m.Text && w.HTML == a.m.HTML)
		return nil
	})
}

// Delete asks for a message of our own to be deleted where the contact sees it.
func (s *Service) Delete(ctx context.Context, v actor.Viewer, id MessageID) (Message, error) {
	return s.amend(ctx, v, id, func(a *amending) error {
		if err := a.mine(v); err != nil {
			return err
		}
		if a.m.Kind == KindNote {
			a.now(&Amendment{Kind: AmendDelete})
			return nil
		}
		if err := a.within(a.limits.DeleteWindow, errCannotDelete, errDeleteLate); err != nil {
			return err
		}
		a.ask(&Amendment{Kind: AmendDelete}, false)
		return nil
	})
}

// React asks for our side's reaction to a message; an empty emoji takes it back.
func (s *Service) React(ctx context.Context, v actor.Viewer, id MessageID, emoji string) (Message, error) {
	emoji = strings.TrimSpace(contact.Storable(emoji))
	return s.amend(ctx, v, id, func(a *amending) error {
		switch {
		case a.m.Kind != KindMessage || !a.limits.Reactions || a.silent():
			return errCannotReact
		case len(emoji) > maxEmoji || emoji != "" && !offers(a.limits.Emoji, emoji):
			return fault.InvalidField("emoji", "unsupported", fault.T("В этом канале нет такой реакции. Выберите другую.", "This channel has no such reaction. Choose another one."))
		case !a.there():
			return errNotThere
		}
		a.ask(&Amendment{Kind: AmendReaction, Emoji: emoji}, emoji == a.seen.OwnReaction())
		return nil
	})
}

// Drop takes an amendment back that did not come about, or was not tried yet.
func (s *Service) Drop(ctx context.Context, v actor.Viewer, id MessageID, which AmendmentID) (Message, error) {
	return s.amend(ctx, v, id, func(a *amending) error {
		for _, have := range a.have {
			switch {
			case have.ID != which || have.MessageID != id || have.State == AmendDone:
			case have.State == AmendSending:
				return errAmending
			default:
				a.ch.Unamend = append(a.ch.Unamend, which)
				a.ch.Update(a.m, v.Cause, a.at)
				return nil
			}
		}
		return errNoAmendment
	})
}

// maxEmoji bounds a reaction, in bytes: a family of four with skin colours has 41.
const maxEmoji = 64

// offers tells whether an emoji is among those that a network has; none named are all. Keyboards differ in whether
// they ask for colour.
func offers(list []string, emoji string) bool {
	plain := func(s string) string { return strings.ReplaceAll(s, "\uFE0F", "") }
	return len(list) == 0 || slices.ContainsFunc(list, func(x string) bool { return plain(x) == plain(emoji) })
}

// amending is a message that is about to be amended, locked with its conversation.
type amending struct {
	limits channels.Limits
	c      *Conversation
	m      *Message    // its row, for writing back
	seen   *Message    // all that it has
	have   []Amendment // of the conversation
	cause  actor.Cause
	at     time.Time
	id     AmendmentID
	ch     *Changes
}

func (s *Service) amend(ctx context.Context, v actor.Viewer, id MessageID, decide func(*amending) error) (Message, error) {
	var after Message
	err := s.store.Write(ctx, func(ctx context.Context) error {
		a, err := s.amending(ctx, v, id)
		if err != nil {
			return err
		}
		if err := decide(a); err != nil {
			return err
		}
		if err := s.store.Save(ctx, a.ch); err != nil {
			return err
		}
		seen, found, err := s.store.Message(ctx, v, id)
		after = seen
		if err == nil && !found {
			err = ErrNoMessage
		}
		return err
	})
	return after, err
}

// amending reads and locks what an amendment is decided by.
func (s *Service) amending(ctx context.Context, v actor.Viewer, id MessageID) (*amending, error) {
	seen, c, m, err := s.take(ctx, v, id)
	if err != nil {
		return nil, err
	}
	a := &amending{c: c, m: m, cause: v.Cause, at: s.time(), ch: &Changes{}, seen: &seen}
	a.m.Interactive = seen.Interactive
	if a.m.Seq == 0 {
		return nil, errNotThere
	}
	if !a.m.DeletedAt.IsZero() {
		return nil, errDeleted
	}
	if a.have, err = s.store.AmendmentsIn(ctx, a.c.ID); err != nil {
		return nil, err
	}
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return nil, err
	}
	a.id = AmendmentID(ids[0])
	if a.m.Kind == KindNote {
		return a, nil
	}
	if err := s.checkStanding(a.m.AccountID); err != nil {
		return nil, err
	}
	var ok bool
	if a.limits, ok = s.limits(a.m.AccountID); !ok {
		return nil, ErrAccountGone
	}
	return a, nil
}

// silent tells an account by which nothing can be sent.
func (a *amending) silent() bool { return a.limits.Text.Max == 0 && a.limits.Files.MaxCount == 0 }

// there tells whether the network has the message under a name by which it can be spoken of.
func (a *amending) there() bool {
	if !a.limits.OwnIDs {
		return a.m.RemoteID != ""
	}
	return a.m.Direction == Inbound || accepted(a.m.State)
}

// accepted tells whether the network is known to have a message of ours.
func accepted(s State) bool { return s == Sent || s == Delivered || s == Read }

// mine refuses whoever did not write the message: a person's words are changed by nobody else. What a machine of ours
// wrote, or our side wrote elsewhere, is everybody's.
func (a *amending) mine(v actor.Viewer) error {
	if a.m.Direction != Outbound || a.m.Kind == KindSystem {
		return errNotOurs
	}
	if !a.m.changeable(v) {
		return errNotYours
	}
	return nil
}

// changeable tells whether a message of our side is not another person's than the viewer's.
func (m *Message) changeable(v actor.Viewer) bool {
	return m.Author.Kind != string(actor.Agent) || m.Author.ID == v.AgentID
}

// fits refuses a text that the message cannot have.
func (a *amending) fits(w Words) error {
	var bad fault.Collector
	limit := a.limits.Text
	switch {
	case a.m.Kind == KindNote:
		limit = channels.TextLimit{Max: maxNote, Unit: channels.UnitRunes}
	case len(a.m.Files) > 0 && a.limits.Caption.Max > 0:
		limit = a.limits.Caption
	}
	if w.Text == "" && len(a.m.Files) == 0 {
		bad.Add("text", "required", fault.T("Напишите текст. Чтобы убрать сообщение, удалите его.", "Write a text. To take the message away, delete it."))
	}
	if limit.Max > 0 && !limit.Fits(w.Text) {
		bad.Add("text", "too_long", tooLong(limit, w.Text))
	}
	return bad.Err()
}

// within refuses what the network cannot do, or not any more.
func (a *amending) within(window time.Duration, never, late *fault.Error) error {
	switch {
	case window == 0 || a.silent():
		return never
	case a.m.State == Failed || !a.there():
		return errNotThere
	case !a.m.SentAt.IsZero() && a.at.After(a.m.SentAt.Add(window)):
		return late
	}
	return nil
}

// now changes what no network has.
func (a *amending) now(am *Amendment) {
	am.ID, am.Cause = a.id, a.cause
	am.Carried(a.ch, a.c, a.m, a.at)
}

// ask leaves the amendment to the outbox, in place of what was asked for before; nothing is left of it where the
// message is so already.
func (a *amending) ask(am *Amendment, already bool) {
	under := false
	for _, have := range a.have {
		am.Place = max(am.Place, have.Place+1)
		same := have.MessageID == a.m.ID && (have.Kind == am.Kind || am.Kind == AmendDelete)
		if under = under || same && have.State == AmendSending; same && have.State != AmendSending && have.State != AmendDone {
			a.ch.Unamend = append(a.ch.Unamend, have.ID)
		}
	}
	a.ch.Update(a.m, a.cause, a.at)
	if already && !under {
		return
	}
	am.ID, am.MessageID, am.AccountID, am.ConversationID = a.id, a.m.ID, a.m.AccountID, a.c.ID
	am.Cause, am.AskedAt, am.Seq, am.State = a.cause, a.at, a.c.Seq, AmendQueued
	a.ch.Amendments = append(a.ch.Amendments, am)
}

// Why a message cannot be amended.
var (
	errNotOurs      = fault.New(fault.Conflict, "not_ours", fault.T("Изменить можно только своё сообщение, не сообщение клиента.", "Only a message of ours can be changed, not the client's."))
	errNotYours     = fault.New(fault.Forbidden, "not_yours", fault.T("Сообщение написал другой сотрудник: изменить или удалить его может только он.", "Somebody else wrote this message: only they can change or delete it."))
	errNotYoursYet  = fault.New(fault.Forbidden, "not_yours", fault.T("Сообщение написал другой сотрудник: отменить его, отправить сразу или выбрать ему другое время может только он.", "Somebody else wrote this message: only they can take it back, send it now or choose another time for it."))
	errDeleted      = fault.New(fault.Conflict, "message_deleted", fault.T("Сообщение уже удалено.", "The message has been deleted already."))
	errNotThere     = fault.New(fault.Conflict, "not_sent_yet", fault.T("Сообщения ещё нет у клиента: дождитесь отправки или отмените её.", "The client does not have the message yet: wait until it is sent, or take it back."))
	errCannotEdit   = fault.New(fault.Conflict, "edit_unsupported", fault.T("В этом канале нельзя изменить отправленное. Напишите исправление новым сообщением.", "This channel cannot change what was sent. Write the correction in a new message."))
	errEditLate     = fault.New(fault.Conflict, "edit_too_late", fault.T("Менять это сообщение уже поздно: сеть разрешает это лишь некоторое время. Напишите исправление новым сообщением.", "It is too late to change this message: the network allows it for a while only. Write the correction in a new message."))
	errCannotDelete = fault.New(fault.Conflict, "delete_unsupported", fault.T("В этом канале нельзя удалить отправленное.", "This channel cannot delete what was sent."))
	errDeleteLate   = fault.New(fault.Conflict, "delete_too_late", fault.T("Удалять это сообщение уже поздно: сеть разрешает это лишь некоторое время.", "It is too late to delete this message: the network allows it for a while only."))
	errCannotReact  = fault.New(fault.Conflict, "reaction_unsupported", fault.T("На это сообщение нельзя поставить реакцию.", "There can be no reaction to this message."))
	errNoAmendment  = fault.New(fault.NotFound, "amendment_not_found", fault.T("Такого изменения нет: возможно, оно уже состоялось.", "There is no such change: it may have come about already."))
	errAmending     = fault.New(fault.Conflict, "amendment_under_way", fault.T("Изменение уже передаётся в сеть, отозвать его нельзя.", "The change is on its way to the network and cannot be taken back."))
)
