package intake

import (
	"cmp"
	"maps"
	"slices"

	"parley/inbox"
)

// Rematch gives messages that have only now become known by their network's id the
// events that came before them and were parked. st holds, as loaded under the locks of
// RemoteLock, the messages with their conversations and what is parked for them. It is
// pure but for the rows of st, which it owns.
func Rematch(st *State) *inbox.Changes {
	d := &decision{state: st, out: &inbox.Changes{}}
	messages := slices.SortedFunc(maps.Values(st.Remotes), func(a, b *inbox.Message) int { return cmp.Compare(a.ID, b.ID) })
	for _, m := range messages {
		d.applyParked(m.AccountID, m)
	}
	return d.out
}

// RemoteLocks returns the locks of several remote ids, sorted and without repeats.
func RemoteLocks(refs []RemoteRef) []int64 {
	keys := make([]int64, len(refs))
	for i, r := range refs {
		keys[i] = RemoteLock(r)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
