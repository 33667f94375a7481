package webchat

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"time"

	"parley/channels"
	"parley/internal/fault"
)

// Edit implements channels.Editor. As with Send, what is stored is what the visitor reads.
func (a *Account) Edit(_ context.Context, _ string, m channels.Outgoing) error {
	if err := a.Limits().Check(m); err != nil {
		return err
	}
	return nil
}

// Delete implements channels.Deleter.
func (*Account) Delete(context.Context, string, string) error { return nil }

// React implements channels.Reactor.
func (*Account) React(context.Context, string, string, string) error { return nil }

// Amended is a message of a chat, as far as its visitor's changes of it go.
type Amended struct {
	ID        int64
	Mine      bool // the visitor wrote it
	Files     int
	CreatedAt time.Time
	Deleted   bool
}

// Rewording turns what a visitor wants to have said instead into an event.
func (a *Account) Rewording(v Visitor, m Amended, text string, now time.Time) (channels.Event, error) {
	if err := m.changeable(now); err != nil {
		return channels.Event{}, err
	}
	var wrong fault.Collector
	if checkText(&wrong, Post{Text: text, Files: make([]channels.File, m.Files)}); wrong.Err() != nil {
		return channels.Event{}, wrong.Err()
	}
	ev := a.about(v, "edit", m)
	ev.Edit = &channels.Edit{MessageID: m.ID, Text: text}
	return ev, nil
}

// Withdrawal turns a visitor's wish to take a message back into an event.
func (a *Account) Withdrawal(v Visitor, m Amended, now time.Time) (channels.Event, error) {
	if m.Deleted && m.Mine { // said once more
		now = m.CreatedAt
		m.Deleted = false
	}
	if err := m.changeable(now); err != nil {
		return channels.Event{}, err
	}
	ev := a.about(v, "delete", m)
	ev.Delete = &channels.Delete{MessageID: m.ID}
	return ev, nil
}

// Reaction turns a visitor's reaction to an answer into an event; an empty emoji takes it back.
func (a *Account) Reaction(v Visitor, m Amended, emoji string) (channels.Event, error) {
	switch {
	case m.Mine:
		return channels.Event{}, fault.New(fault.Conflict, "own_message", fault.T("На своё сообщение нельзя поставить реакцию.", "There can be no reaction to one's own message."))
	case m.Deleted:
		return channels.Event{}, errDeleted
	case emoji != "" && !slices.Contains(Reactions(), emoji):
		return channels.Event{}, fault.InvalidField("emoji", "unsupported", fault.T("Такой реакции нет.", "There is no such reaction."))
	}
	ev := a.about(v, "reaction", m)
	ev.Reaction = &channels.Reaction{MessageID: m.ID, Emoji: emoji}
	return ev, nil
}

// about is an event on a message that is there. Doing such a thing twice changes nothing, so no two are held to be one.
func (a *Account) about(v Visitor, what string, m Amended) channels.Event {
	return channels.Event{
		Key:       channels.EventKey(what + ":" + strconv.FormatInt(m.ID, 10) + ":" + rand.Text()),
		Direction: channels.Inward, Chat: v.ID, Sender: v.sender(a.id),
	}
}

// changeable refuses what is not the visitor's to change, or not any more.
func (m *Amended) changeable(now time.Time) error {
	switch {
	case !m.Mine:
		return fault.New(fault.Conflict, "not_yours", fault.T("Изменить можно только своё сообщение.", "Only a message of one's own can be changed."))
	case m.Deleted:
		return errDeleted
	case now.After(m.CreatedAt.Add(Changeable)):
		return fault.New(fault.Conflict, "too_late", fault.T("Менять это сообщение уже поздно. Напишите новое.", "It is too late to change this message. Write a new one."))
	}
	return nil
}

var errDeleted = fault.New(fault.Conflict, "message_deleted", fault.T("Сообщение уже удалено.", "The message has been deleted already."))
