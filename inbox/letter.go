package inbox

import (
	"cmp"
	"context"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// MaxRecipients is how many people one mail may go to.
const MaxRecipients = 100

// maxSubject is how long a subject may be, in runes.
const maxSubject = 500

// Correspondence is what a mail is written from: the conversation as it stands.
type Correspondence struct {
	Own          []string // the account's addresses, its first one first, in lower case
	House        []string // those of all mailboxes of ours, in lower case
	Participants []Party
	Contact      Party    // who the conversation is with
	Last         *Message // the last message, without notes, newcomers' and what we forwarded; nil = none
	LastInbound  *Message // the last one that a person, no newcomer, wrote to us; nil = none
	Newcomer     bool     // a newcomer has had the last word
}

// Recipients is whom a mail goes to.
type Recipients struct{ To, Cc []Party }

// Reply is whom an answer to the conversation goes to.
func (c *Correspondence) Reply() Recipients { return Recipients{To: c.answerTo(c.about())} }

// ReplyAll is whom an answer to everybody goes to: those who have the mail that is
// answered. Participants are more than that, for a mail may have been forwarded to
// people whom its author does not know of. Another mailbox of ours has the mail anyway: written to once
// more it would begin a conversation of our own with ourselves.
func (c *Correspondence) ReplyAll() Recipients {
	r := c.Reply()
	if m := c.about(); m != nil {
		got := m.Cc
		if m.Direction == Inbound {
			got = slices.Concat(m.To, m.Cc)
		}
		r.Cc = slices.DeleteFunc(without(got, r.To), func(p Party) bool { return OwnAddress(c.Own, p.Address) != "" || OwnAddress(c.House, p.Address) != "" })
	}
	return r
}

// about is what an answer answers where nobody says.
func (c *Correspondence) about() *Message {
	if c.LastInbound != nil {
		return c.LastInbound
	}
	if c.Last != nil && c.Last.Direction == Inbound {
		return nil // of a machine that nobody answers, such as one that brought our mail back
	}
	return c.Last
}

// answerTo is where answers to a message go.
func (c *Correspondence) answerTo(m *Message) []Party {
	switch {
	case m != nil && m.Direction == Outbound && len(m.To) > 0:
		return m.To
	case m != nil && len(m.AnswerTo) > 0:
		return m.AnswerTo
	case m != nil && m.Direction == Inbound && m.From != nil:
		return []Party{*m.From}
	case c.Contact.Address != "":
		return []Party{c.Contact}
	}
	return nil
}

// writes is which of our addresses answers: the one that was written to.
func (c *Correspondence) writes(m *Message) *Party {
	if m != nil && m.Direction == Outbound && m.From != nil && slices.Contains(c.Own, strings.ToLower(m.From.Address)) {
		return m.From
	}
	if m != nil && m.Direction == Inbound {
		for _, p := range slices.Concat(m.To, m.Cc) {
			if own := OwnAddress(c.Own, p.Address); own != "" {
				return &Party{Scope: p.Scope, Address: own}
			}
		}
	}
	if len(c.Own) > 0 {
		return &Party{Scope: contact.ScopeEmail, Address: c.Own[0]}
	}
	return nil
}

// Correspondence returns what a mail in a conversation is written from; it is empty
// where the network has no such thing.
func (s *Service) Correspondence(ctx context.Context, v actor.Viewer, id ConversationID) (Correspondence, error) {
	row, err := s.Get(ctx, v, id)
	if err != nil {
		return Correspondence{}, err
	}
	if l, ok := s.limits(row.AccountID); !ok || !l.Subject {
		return Correspondence{}, nil
	}
	return s.store.Correspondence(ctx, row.AccountID, id)
}

// Participants returns who takes part in a conversation that the viewer has been shown.
func (s *Service) Participants(ctx context.Context, id ConversationID) ([]Party, error) {
	return s.store.Participants(ctx, id)
}

// head checks whom and how a mail shall be written, before anything is locked; chats
// refuse what only mails have.
func (s *Service) head(ctx context.Context, l channels.Limits, account channels.AccountID, a *Answer, bad *fault.Collector) error {
	if !l.Subject {
		for field, given := range map[string]bool{
			"to": len(a.To) > 0, "cc": len(a.Cc) > 0, "bcc": len(a.Bcc) > 0, "subject": a.Subject != "", "from": a.From != "", "forward_of": a.ForwardOf != 0, "automatic": a.Automatic,
		} {
			if given {
				bad.Add(field, "unsupported", fault.T("Это есть только у почты.", "Only mail has this."))
			}
		}
		return nil
	}
	h := &Head{Automatic: a.Automatic, Forwards: a.ForwardOf != 0, Subject: strings.Join(strings.Fields(contact.Storable(a.Subject)), " ")}
	h.To, h.Cc, h.Bcc = parties(bad, "to", a.To), parties(bad, "cc", a.Cc), parties(bad, "bcc", a.Bcc)
	if n := len(a.To) + len(a.Cc) + len(a.Bcc); n > MaxRecipients {
		most := strconv.Itoa(MaxRecipients)
		bad.Add("to", "too_many", fault.T("Адресатов не больше "+most+", а здесь "+strconv.Itoa(n)+".", "At most "+most+" recipients; these are "+strconv.Itoa(n)+"."))
	}
	if len([]rune(h.Subject)) > maxSubject {
		bad.Add("subject", "too_long", fault.T("Тема не длиннее 500 знаков.", "A subject has at most 500 characters."))
	}
	if a.From != "" {
		own, err := s.store.OwnAddresses(ctx, account)
		if err != nil {
			return err
		}
		from := strings.ToLower(strings.TrimSpace(a.From))
		if !slices.Contains(own, from) {
			bad.Add("from", "not_ours", fault.T("Этот адрес не принадлежит каналу. Его можно добавить в псевдонимы.", "This is not one of the account's addresses. Add it to its aliases."))
		}
		h.From = &Party{Scope: contact.ScopeEmail, Address: from}
	}
	if a.ForwardOf != 0 && len(a.To)+len(a.Cc)+len(a.Bcc) == 0 {
		bad.Add("to", "required", fault.T("Укажите, кому переслать.", "Say whom to forward it to."))
	}
	a.head = h
	attached := len(a.Files)
	a.Files = a.withPictures()
	if most := l.Files.MaxCount; len(a.Files) > max(most, attached) {
		bad.Add("attachments", "too_many", fault.T("Вместе с картинками в тексте больше "+strconv.Itoa(most)+" файлов.", "With the pictures in the text these are more than "+strconv.Itoa(most)+" files."))
	}
	return nil
}

// parties reads addresses as people type them: "a@b.example" or "Ann <a@b.example>".
func parties(bad *fault.Collector, field string, list []string) (out []Party) {
	for i, typed := range list[:min(len(list), MaxRecipients)] {
		p := Party{Scope: contact.ScopeEmail, Address: contact.Storable(typed)}
		if read, err := mail.ParseAddress(p.Address); err == nil {
			p.Address, p.Name = read.Address, contact.Storable(read.Name)
		}
		address, err := contact.Normalise(contact.ScopeEmail, p.Address)
		if err != nil {
			bad.Add(field+"["+strconv.Itoa(i)+"]", "malformed", fault.T("«"+typed+"» не адрес почты. Нужен вид name@example.com.", "“"+typed+"” is no e-mail address. It looks like name@example.com."))
			continue
		}
		if p.Address = address; !slices.ContainsFunc(out, p.Same) {
			out = append(out, p)
		}
	}
	return out
}

// address completes a mail under its conversation's lock: whom it goes to where nobody
// said, what it answers, its subject, and what a forwarded one holds.
func (s *Service) address(ctx context.Context, v actor.Viewer, c *Conversation, a *Answer, m *Message, now time.Time) error {
	if c.MergedInto != 0 { // since it was checked: letters that come find what belongs together
		return ErrMerged
	}
	from, err := s.store.Correspondence(ctx, c.AccountID, c.ID)
	if err != nil {
		return err
	}
	if from.Contact.Address == "" {
		from.Contact = a.contact
	}
	h := *a.head
	about := from.about()
	if a.ReplyTo != 0 || a.ForwardOf != 0 {
		one, found, err := s.store.Message(ctx, v, cmp.Or(a.ForwardOf, a.ReplyTo))
		if err != nil || !found {
			return orMissing(err, fault.InvalidField("forward_of", "unknown", fault.T("Такого сообщения нет или оно вам не видно.", "There is no such message, or you may not see it.")))
		}
		about = &one
	}
	if len(h.To) == 0 && a.ForwardOf == 0 {
		h.To = from.answerTo(about)
		h.Cc, h.Bcc = without(h.Cc, h.To), without(h.Bcc, h.To)
	}
	if len(h.To)+len(h.Cc)+len(h.Bcc) == 0 {
		return fault.InvalidField("to", "required", fault.T("Укажите получателя.", "Say whom it is for."))
	}
	if h.From == nil {
		h.From = from.writes(about)
	}
	if a.ForwardOf == 0 && about != nil {
		h.Parent = about.ID
	}
	if h.Subject == "" {
		h.Subject = subjectOf(c, about, a.ForwardOf != 0)
	}
	m.Head = h
	if a.ForwardOf != 0 {
		s.forward(m, about, a.Language)
		if err := s.copyFiles(ctx, m, about); err != nil {
			return err
		}
	}
	if h.Automatic {
		return s.allowAutomatic(ctx, c, about, &h, &from, now)
	}
	return nil
}

// subjectOf is the subject of an answer whose writer gave none.
func subjectOf(c *Conversation, about *Message, forwarded bool) string {
	subject := c.Subject
	if about != nil && about.Subject != "" {
		subject = about.Subject
	}
	switch lower := strings.ToLower(subject); {
	case forwarded:
		return "Fwd: " + subject
	case subject == "" || about == nil || strings.HasPrefix(lower, "re:") || strings.HasPrefix(lower, "re[") || strings.HasPrefix(lower, "отв:"):
		return subject
	default:
		return "Re: " + subject
	}
}
