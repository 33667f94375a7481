package inbox

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// Beginning is a conversation that our side opens.
type Beginning struct {
	AccountID channels.AccountID
	ContactID contact.ID // or
	Address   string     // of somebody known or not
	Subject   string
	Answer    Answer // its first message
}

// target is who a beginning is meant for.
type target struct {
	kind     channels.Kind
	team     TeamID
	scope    string
	address  string
	contact  contact.ID // 0 = whoever holds the address, as is the identity
	identity contact.IdentityID
	name     string
	mail     bool // every beginning is a thread of its own
}

// errNoAddress refuses a contact who cannot be reached that way.
var errNoAddress = fault.InvalidField("contact_id", "no_address", fault.T("У контакта нет адреса для этого канала. Добавьте его.", "The contact has no address for this channel. Add one."))

// beginIDs is how many ids a beginning may take: a contact, an identity, a conversation.
const beginIDs = 3

// Begin writes first: it finds or makes the contact, opens a conversation held by
// whoever writes, and sends the message. Channels that do not allow it refuse.
func (s *Service) Begin(ctx context.Context, v actor.Viewer, b Beginning) (Row, error) {
	t, err := s.target(ctx, v, &b)
	if err != nil {
		return Row{}, err
	}
	b.Answer.Kind, b.Answer.SeenSeq, b.Answer.ReplyTo = KindMessage, nil, 0
	if b.Answer.Subject == "" {
		b.Answer.Subject = b.Subject
	}
	if !t.mail { // a chat's message has none of its own
		b.Answer.Subject = ""
	}
	if b.Subject == "" {
		b.Subject = b.Answer.Subject
	}
	b.Answer.contact = Party{Scope: t.scope, Address: t.address, Name: t.name}
	to := Conversation{AccountID: b.AccountID}
	if !t.mail { // an earlier episode may have opened the window
		to.Chat = t.address
	}
	if err := s.check(ctx, &to, &b.Answer); err != nil {
		return Row{}, inField(err, "message")
	}
	number, err := s.store.NextConversationNumber(ctx)
	if err != nil {
		return Row{}, err
	}
	ids, err := s.store.NextIDs(ctx, beginIDs)
	if err != nil {
		return Row{}, err
	}
	c := Conversation{ID: ConversationID(ids[2]), Number: number, AccountID: b.AccountID, Chat: t.address, Subject: contact.Storable(b.Subject)}
	if t.mail { // a thread of its own, which nothing refers to yet
		c.Chat = "begun:" + strconv.FormatInt(int64(c.ID), 10)
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		fresh := c
		return s.begin(ctx, v, t, &fresh, &b.Answer, ids)
	})
	if err != nil {
		return Row{}, err
	}
	row, found, err := s.store.ConversationRow(ctx, v, c.ID)
	if err == nil && !found { // a key that sees less than it may open
		row, _, err = s.store.ConversationRow(ctx, actor.System(), c.ID)
	}
	return row, err
}

// target finds out whom and where to write, and whether that is allowed.
func (s *Service) target(ctx context.Context, v actor.Viewer, b *Beginning) (t target, err error) {
	unknown := fault.InvalidField("account_id", "unknown", fault.T("Такого канала нет или он вам не виден.", "There is no such channel, or you may not see it."))
	if len(v.Accounts) > 0 && !slices.Contains(v.Accounts, int64(b.AccountID)) {
		return t, unknown
	}
	if err := s.checkStanding(b.AccountID); err != nil {
		return t, err
	}
	var found bool
	if t.kind, t.team, found, err = s.store.AccountPlace(ctx, b.AccountID); err != nil || !found {
		return t, orMissing(err, unknown)
	}
	l, ok := s.limits(b.AccountID)
	if !ok {
		return t, ErrAccountGone
	}
	if !l.WriteFirst {
		return t, ErrCannotWriteHere
	}
	t.scope, t.mail = ScopeOf(t.kind, b.AccountID), l.Subject
	if b.ContactID != 0 {
		return t, s.aimAtContact(ctx, v, b.ContactID, &t)
	}
	t.address, err = contact.Normalise(t.scope, b.Address)
	return t, err
}

func (s *Service) aimAtContact(ctx context.Context, v actor.Viewer, id contact.ID, t *target) error {
	p, found, err := s.store.Contact(ctx, v, id)
	if err != nil || !found {
		return orMissing(err, fault.InvalidField("contact_id", "unknown", fault.T("Такого контакта нет или он вам не виден.", "There is no such contact, or you may not see it.")))
	}
	for _, i := range p.Identities {
		if i.Scope == t.scope && i.Verified {
			t.contact, t.identity, t.address, t.name = p.ID, i.ID, i.Address, p.Name
			return nil
		}
	}
	return errNoAddress
}

// begin writes everything under the transaction.
func (s *Service) begin(ctx context.Context, v actor.Viewer, t target, c *Conversation, a *Answer, ids []int64) error {
	now := s.time()
	ch := &Changes{}
	if err := s.addressee(ctx, ch, v, &t, ids, now); err != nil {
		return err
	}
	open, found, err := s.store.OpenConversation(ctx, c.AccountID, c.Chat)
	if err != nil {
		return err
	}
	if found {
		if !v.Sees(open.Sight()) {
			return ErrThreadOpen
		}
		return ErrThreadOpen.WithDetails(map[string]any{"conversation_id": text(int64(open.ID))})
	}
	c.ContactID, c.IdentityID, c.TeamID, c.AssigneeID = t.contact, t.identity, t.team, AgentID(v.AgentID)
	c.Status, c.Priority, c.CreatedAt, c.UpdatedAt = Open, Normal, now, now
	ch.Created(c, v.Cause, now)
	if _, err := s.add(ctx, ch, v, c, a, now); err != nil {
		return inField(err, "message")
	}
	if c.LastAt.IsZero() { // its message waits for its release; lists are in the order of this time
		c.LastAt = c.CreatedAt
	}
	return s.store.Save(ctx, ch)
}

// addressee finds the contact that holds the address or makes one. Of those who write
// to a new address at once the second waits here, and finds what the first has made; so
// does who writes to contacts that are being merged.
func (s *Service) addressee(ctx context.Context, ch *Changes, v actor.Viewer, t *target, ids []int64, now time.Time) error {
	if err := s.store.LockAddresses(ctx, []contact.Identity{{Scope: t.scope, Address: t.address}}); err != nil {
		return err
	}
	p, identity, found, err := s.store.ContactByAddress(ctx, t.scope, t.address)
	if err != nil {
		return err
	}
	switch {
	case t.contact != 0:
		return s.still(ctx, v, t, p, identity, found)
	case found:
		t.contact, t.identity = p.ID, identity
	default:
		s.newContact(ch, v, t, ids, now)
	}
	return nil
}

// still follows a contact who was chosen before the address was locked: to whom they were
// merged into meanwhile, but not to whoever else has got the address.
func (s *Service) still(ctx context.Context, v actor.Viewer, t *target, holder *contact.Contact, identity contact.IdentityID, held bool) error {
	p, found, err := s.store.Contact(ctx, v, t.contact)
	if err != nil {
		return err
	}
	if !found || !held || holder.ID != p.ID {
		return errNoAddress
	}
	t.contact, t.identity = p.ID, identity
	return nil
}

func (s *Service) newContact(ch *Changes, v actor.Viewer, t *target, ids []int64, now time.Time) {
	t.contact, t.identity = contact.ID(ids[0]), contact.IdentityID(ids[1])
	p := &contact.Contact{ID: t.contact, Name: t.address, OwnerID: v.AgentID, CreatedAt: now}
	ch.Contact(p, "contact.created", v.Cause, now)
	ch.Identities = append(ch.Identities, &contact.Identity{
		ID: t.identity, ContactID: t.contact, Scope: t.scope, Address: t.address, Verified: true, CreatedAt: now,
	})
}

// ScopeOf is the scope of the addresses that an account of a kind writes to.
func ScopeOf(kind channels.Kind, account channels.AccountID) string {
	switch kind {
	case "email":
		return contact.ScopeEmail
	case "sms", "whatsapp", "voice":
		return contact.ScopePhone
	case "telegram", "viber", "max", "vk":
		return string(kind)
	default:
		return fmt.Sprintf("account:%d", account)
	}
}

// inField puts a field's name before those that a fault is about.
func inField(err error, name string) error {
	f, ok := fault.As(err)
	if !ok || len(f.Fields) == 0 {
		return err
	}
	moved := *f
	moved.Fields = slices.Clone(f.Fields)
	for i := range moved.Fields {
		moved.Fields[i].Path = name + "." + moved.Fields[i].Path
	}
	return &moved
}
