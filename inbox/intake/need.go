package intake

import (
	"hash/fnv"
	"slices"

	"parley/channels"
	"parley/inbox"
)

// needOf collects what the decision on these arrivals has to look at.
func needOf(arrivals []Arrival) Need {
	n := Need{}
	for i := range arrivals {
		a := &arrivals[i]
		ev := &a.Event
		n.Accounts = append(n.Accounts, a.AccountID)
		n.Events = append(n.Events, EventRef{a.AccountID, ev.Key})
		if remote := remoteOf(ev); remote != "" {
			n.Remotes = append(n.Remotes, RemoteRef{a.AccountID, remote})
			if ev.Receipt == nil { // receipts are many, and name what was sent by its first part
				n.Parts = append(n.Parts, RemoteRef{a.AccountID, remote})
			}
		}
		if ours := oursOf(ev); ours != 0 {
			n.Messages = append(n.Messages, inbox.MessageID(ours))
		}
		if ev.Receipt != nil {
			n.UpTo = n.UpTo || ev.Receipt.UpTo
			if ev.Receipt.MessageID != 0 && ev.Receipt.RemoteID != "" {
				n.Arriving = append(n.Arriving, RemoteRef{a.AccountID, ev.Receipt.RemoteID}) // it may learn that id, and what was parked for it
			}
		}
		if m := ev.Message; m != nil {
			n.Identities = append(n.Identities, IdentityRef{ev.Sender.Scope, ev.Sender.Address})
			for _, x := range ev.Sender.Extra {
				if x.Verified {
					n.Identities = append(n.Identities, IdentityRef{x.Scope, x.Address})
				}
			}
			n.Threads = append(n.Threads, ThreadRef{a.AccountID, ev.Chat})
			if m.ReplyTo != "" {
				n.Remotes = append(n.Remotes, RemoteRef{a.AccountID, m.ReplyTo})
				n.Parts = append(n.Parts, RemoteRef{a.AccountID, m.ReplyTo})
			}
			if m.RemoteID != "" {
				n.Arriving = append(n.Arriving, RemoteRef{a.AccountID, m.RemoteID})
			}
			if m.RemoteID != "" && ev.Direction == channels.Echo {
				n.Remotes = append(n.Remotes, RemoteRef{a.AccountID, m.RemoteID}) // it may be our own
				n.Parts = append(n.Parts, RemoteRef{a.AccountID, m.RemoteID})
			}
			if m.Album != "" {
				n.Albums = append(n.Albums, AlbumRef{a.AccountID, m.Album})
			}
			n.Choices = n.Choices || m.Press != nil || inbox.TypedNumber(m.Text) > 0
			if m.Press != nil && m.Press.RemoteID != "" {
				n.Remotes = append(n.Remotes, RemoteRef{a.AccountID, m.Press.RemoteID})
			}
			if m.Press != nil && m.Press.MessageID != 0 {
				n.Messages = append(n.Messages, inbox.MessageID(m.Press.MessageID))
			}
			n.Echoes = n.Echoes || ev.Direction == channels.Echo
			if isMail(ev) {
				n.mail(a.AccountID, m)
			}
		}
	}
	n.compact()
	return n
}

// mail adds what a mail touches besides.
func (n *Need) mail(account channels.AccountID, m *channels.Message) {
	n.Mailboxes = append(n.Mailboxes, account)
	if m.RemoteID != "" {
		n.Mentions = append(n.Mentions, RemoteRef{account, m.RemoteID})
	}
	for _, id := range m.References {
		n.Mentions = append(n.Mentions, RemoteRef{account, id})
	}
	for _, id := range []int64{m.Answers, m.Ours} {
		if id != 0 {
			n.Messages = append(n.Messages, inbox.MessageID(id))
		}
	}
	for i := range m.Reports {
		r := &m.Reports[i]
		if r.RemoteID != "" {
			n.Remotes = append(n.Remotes, RemoteRef{account, r.RemoteID})
		}
		if r.MessageID != 0 {
			n.Messages = append(n.Messages, inbox.MessageID(r.MessageID))
		}
	}
}

// compact drops repeats: a batch is often many messages of few people.
func (n *Need) compact() {
	n.Accounts, n.Events, n.Identities = distinct(n.Accounts), distinct(n.Events), distinct(n.Identities)
	n.Threads, n.Remotes, n.Messages, n.Arriving = distinct(n.Threads), distinct(n.Remotes), distinct(n.Messages), distinct(n.Arriving)
	n.Mailboxes, n.Mentions, n.Albums = distinct(n.Mailboxes), distinct(n.Mentions), distinct(n.Albums)
	n.Parts = distinct(n.Parts)
}

// distinct keeps the first of equal values, in place.
func distinct[T comparable](list []T) []T {
	if len(list) < 2 {
		return list
	}
	seen := make(map[T]struct{}, len(list))
	return slices.DeleteFunc(list, func(v T) bool {
		_, again := seen[v]
		seen[v] = struct{}{}
		return again
	})
}

// locks returns the advisory locks of a batch, sorted and without repeats: its
// threads, its identities, the remote ids whose parked events it may apply, and the
// mailboxes whose threads it resolves.
func (n *Need) locks() []int64 {
	keys := make([]int64, 0, len(n.Threads)+len(n.Identities)+len(n.Remotes)+len(n.Arriving))
	for _, t := range n.Threads {
		keys = append(keys, lockKey("thread", int64(t.AccountID), t.Chat))
	}
	for _, id := range n.Identities {
		keys = append(keys, lockKey("identity", 0, id.Scope+"\x00"+id.Address))
	}
	for _, r := range n.Remotes {
		keys = append(keys, RemoteLock(r))
	}
	for _, r := range n.Arriving {
		keys = append(keys, RemoteLock(r))
	}
	for _, id := range n.Mailboxes {
		keys = append(keys, lockKey("mailbox", int64(id), ""))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// RemoteLock is the advisory lock under which a message's network id and the events
// parked for it meet.
func RemoteLock(r RemoteRef) int64 { return lockKey("remote", int64(r.AccountID), r.RemoteID) }

func lockKey(space string, id int64, text string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(space))
	for shift := 0; shift < 64; shift += 8 {
		_, _ = h.Write([]byte{byte(id >> shift)})
	}
	_, _ = h.Write([]byte(text))
	return int64(h.Sum64())
}
