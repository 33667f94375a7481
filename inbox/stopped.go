package inbox

import (
	"context"
	"fmt"
	"slices"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/suppression"
	"parley/internal/fault"
)

// CodeStopped is the code of an answer that the contact does not want.
const CodeStopped = "contact_stopped"

// ErrNoSuppression says that nobody of an id wants no messages.
var ErrNoSuppression = fault.New(fault.NotFound, "suppression_not_found", fault.T("Такого отказа нет.", "There is no such request."))

func errStopped(s suppression.Suppression) *fault.Error {
	return fault.New(fault.Conflict, CodeStopped, fault.T(
		"Клиент попросил больше не писать ему сюда: «"+s.Word+"». Сообщения не отправляются, пока он не передумает или вы не снимете запрет.",
		"The contact asked for no more messages here: “"+s.Word+"”. Nothing is sent until they change their mind or you lift the ban."))
}

// Stopped returns what the contact of a conversation said who wants no messages there; found
// is false when they want some.
func (s *Service) Stopped(ctx context.Context, v actor.Viewer, c ConversationID) (sup suppression.Suppression, found bool, err error) {
	row, err := s.Get(ctx, v, c)
	if err != nil {
		return sup, false, err
	}
	if l, ok := s.limits(row.AccountID); !ok || !l.StopWords {
		return sup, false, nil
	}
	return s.store.SuppressionIn(ctx, c)
}

// checkStopped refuses to write to somebody who wants no messages.
func (s *Service) checkStopped(ctx context.Context, l channels.Limits, c *Conversation, to Party) error {
	if !l.StopWords {
		return nil
	}
	var sup suppression.Suppression
	var found bool
	var err error
	if c.ID != 0 {
		sup, found, err = s.store.SuppressionIn(ctx, c.ID)
	} else {
		sup, found, err = s.store.SuppressionOf(ctx, c.AccountID, to.Scope, to.Address)
	}
	if err == nil && found {
		err = errStopped(sup)
	}
	return err
}

// failUnwanted takes a message that waited off its way, when its account was archived meanwhile or
// its contact has asked for no more. It says so, and can be sent once that is over.
func (s *Service) failUnwanted(ctx context.Context, ch *Changes, c *Conversation, m *Message) (bool, error) {
	why, err := s.unwanted(ctx, c)
	if err != nil || why == "" {
		return false, err
	}
	m.State, m.ErrorCode, m.ErrorText = Failed, why, waitedWords[why].EN
	ch.Queue = nil
	ch.Conversation(c, m.Cause, s.time())
	return true, nil
}

// unwanted is the code of why nothing may be sent in a conversation now, "" when something may.
func (s *Service) unwanted(ctx context.Context, c *Conversation) (code string, err error) {
	if s.checkStanding(c.AccountID) != nil {
		return CodeArchived, nil
	}
	l, ok := s.limits(c.AccountID)
	if !ok {
		return "", nil
	}
	err = s.checkStopped(ctx, l, c, Party{})
	if fault.CodeOf(err) == CodeStopped {
		return CodeStopped, nil
	}
	return "", err
}

// stoppedWords say why a message that waited was not sent.
var stoppedWords = channels.Words{
	RU: "клиент попросил больше не писать ему сюда, сообщение не отправлено: напишите по другому каналу или снимите запрет, если он согласен",
	EN: "the contact asked for no more messages here, nothing was sent: use another channel, or lift the ban if they agree",
}

// waitedWords say, by code, why a message that waited was not sent.
var waitedWords = channels.Phrases{CodeStopped: stoppedWords, CodeArchived: archivedWords}

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase { return waitedWords.List() }

// LiftStop lets the contact of a conversation be written to again, on an agent's word. Where
// nothing is suppressed nothing happens.
func (s *Service) LiftStop(ctx context.Context, v actor.Viewer, id ConversationID) error {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		c, found, err := s.store.LockConversation(ctx, v, id)
		if err != nil || !found {
			return orMissing(err, ErrNoConversation)
		}
		sup, found, err := s.store.SuppressionIn(ctx, id)
		if err != nil || !found {
			return err
		}
		now := s.time()
		ch := &Changes{}
		ch.Allow(sup.Key)
		ch.Enter(ids[0], id, EntrySuppression, v.Cause, now, map[string]any{"lifted": true})
		ch.Conversation(c, v.Cause, now)
		if err := s.store.Save(ctx, ch); err != nil {
			return fmt.Errorf("lift stop: %w", err)
		}
		return nil
	})
}

// StoppedFor returns by which kinds of networks a contact wants no messages, by address.
func (s *Service) StoppedFor(ctx context.Context, id contact.ID) ([]suppression.Suppression, error) {
	return s.store.Suppressions(ctx, id)
}

// EntrySuppression is the type of a timeline entry that says who wants messages.
const EntrySuppression = "suppression"

// Suppress keeps that an address wants no messages; the last word on it in these changes counts.
func (ch *Changes) Suppress(s suppression.Suppression) {
	ch.forget(s.Key)
	ch.Suppressions = append(ch.Suppressions, s)
	ch.FollowUps = append(ch.FollowUps, withdrawal(s.Key, s.At))
}

// Allow lets an address be written to again.
func (ch *Changes) Allow(k suppression.Key) {
	ch.forget(k)
	ch.Allowed = append(ch.Allowed, k)
}

func (ch *Changes) forget(k suppression.Key) {
	ch.Suppressions = slices.DeleteFunc(ch.Suppressions, func(s suppression.Suppression) bool { return s.Key == k })
	ch.Allowed = slices.DeleteFunc(ch.Allowed, func(a suppression.Key) bool { return a == k })
}
