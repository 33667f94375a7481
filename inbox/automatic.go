package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// automaticOnce is how often one person gets automatic answers of one account
// (RFC 3834, section 2: not the same one again within days).
const automaticOnce = 24 * time.Hour

// Why an automatic answer is not sent. Two machines that answer each other never stop.
var (
	ErrAutomaticToMachine  = fault.New(fault.Conflict, "automatic_to_machine", fault.T("Автоответ не отправлен: писал не человек.", "The automatic answer was not sent: no person wrote."))
	ErrAutomaticToSelf     = fault.New(fault.Conflict, "automatic_to_self", fault.T("Автоответ не отправлен: это наш собственный адрес.", "The automatic answer was not sent: the address is our own."))
	ErrAutomaticUnwanted   = fault.New(fault.Conflict, "automatic_unwanted", fault.T("Автоответ не отправлен: этот адрес не принимает ответов.", "The automatic answer was not sent: this address takes no answers."))
	ErrAutomaticToNewcomer = fault.New(fault.Conflict, "automatic_to_newcomer", fault.T("Автоответ не отправлен: написал тот, кто раньше в переписке не участвовал.", "The automatic answer was not sent: who wrote did not take part before."))
	ErrAutomaticAgain      = fault.New(fault.Conflict, "automatic_again", fault.T("Автоответ не отправлен: этот человек получил такой меньше суток назад.", "The automatic answer was not sent: this person got one less than a day ago."))
)

// noReply are the names of mailboxes that nobody reads.
var noReply = []string{"noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "mailer-daemon", "postmaster", "bounce", "bounces"}

// allowAutomatic is the guard of RFC 3834 before an answer that no person writes.
func (s *Service) allowAutomatic(ctx context.Context, c *Conversation, about *Message, h *Head, from *Correspondence, now time.Time) error {
	if about == nil || about.Direction != Inbound || about.Nature != channels.NaturePerson || from.Last != nil && from.Last.Direction == Inbound && from.Last.Nature != channels.NaturePerson {
		return ErrAutomaticToMachine
	}
	switch about.Unanswerable { // in the words of its adapter
	case "":
	case "own_address":
		return ErrAutomaticToSelf
	case "null_sender", "automatic":
		return ErrAutomaticToMachine
	default:
		return ErrAutomaticUnwanted
	}
	if about.Newcomer || from.Newcomer { // it would surprise those who did not write
		return ErrAutomaticToNewcomer
	}
	to := slices.Concat(h.To, h.Cc, h.Bcc)
	for _, p := range append(to, *orNobody(about.From)) {
		local, _, _ := strings.Cut(strings.ToLower(p.Address), "@")
		switch {
		case OwnAddress(from.Own, p.Address) != "":
			return ErrAutomaticToSelf
		case p.Address == "" || slices.Contains(noReply, local) || strings.HasPrefix(local, "bounce+") || strings.HasPrefix(local, "noreply+"):
			return ErrAutomaticUnwanted
		}
	}
	for _, p := range to {
		ok, err := s.store.TakeAutomatic(ctx, c.AccountID, strings.ToLower(p.Address), now, automaticOnce)
		if err != nil {
			return err
		}
		if !ok {
			return ErrAutomaticAgain
		}
	}
	return nil
}

// chatByMachine is the guard before what a machine of ours writes into a chat, where
// nothing tells the other side that no person did: each speaks to a thread once a day, so
// that two hubs that answer each other fall silent.
func (s *Service) chatByMachine(ctx context.Context, c *Conversation, m *Message, now time.Time) error {
	if m.Cause.Kind != actor.Trigger && m.Cause.Kind != actor.Clock && m.Cause.Kind != actor.Rule {
		return nil
	}
	m.Automatic = true
	ok, err := s.store.TakeAutomatic(ctx, c.AccountID, fmt.Sprintf("%s %d: %s", m.Cause.Kind, m.Cause.ID, c.Chat), now, automaticOnce)
	if err == nil && !ok {
		err = ErrAutomaticAgain
	}
	return err
}

func orNobody(p *Party) *Party {
	if p == nil {
		return &Party{}
	}
	return p
}
