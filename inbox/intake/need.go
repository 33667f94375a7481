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
		}
		if ev.Receipt != nil {
			n.UpTo = n.UpTo || ev.Receipt.UpTo
			if ev.Receipt.RemoteID == "" {
				n.Messages = append(n.Messages, inbox.MessageID(ev.Receipt.MessageID))
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
			}
			if m.RemoteID != "" {
				n.Arriving = append(n.Arriving, RemoteRef{a.AccountID, m.RemoteID})
			}
			if m.RemoteID != "" && ev.Direction == channels.Echo {
				n.Remotes = append(n.Remotes, RemoteRef{a.AccountID, m.RemoteID}) // it may be our own
			}
		}
	}
	n.compact()
	return n
}

// compact drops repeats: a batch is often many messages of few people.
func (n *Need) compact() {
	n.Accounts, n.Events, n.Identities = distinct(n.Accounts), distinct(n.Events), distinct(n.Identities)
	n.Threads, n.Remotes, n.Messages, n.Arriving = distinct(n.Threads), distinct(n.Remotes), distinct(n.Messages), distinct(n.Arriving)
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
// threads, its identities and the remote ids whose parked events it may apply.
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
