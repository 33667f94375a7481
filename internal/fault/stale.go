package fault

import (
	"encoding/json"
	"hash/fnv"
	"io"
)

// Versioned is what people change by whole texts and lists, so that who saves last would wipe out what another
// saved meanwhile.
type Versioned interface {
	// Version names the state; a Fingerprint.
	Version() int64
}

// Fingerprint names a state by what changes may write of it. It is the same before a save and after it is read
// back: an empty list is none. It is positive and less than 2^53, which browsers hold exactly.
func Fingerprint(parts ...any) int64 {
	sum := fnv.New64a()
	for _, p := range parts {
		text, err := json.Marshal(p)
		if s := string(text); err != nil || s == "[]" || s == "{}" {
			text = []byte("null")
		}
		_, _ = sum.Write(text)
		_, _ = io.WriteString(sum, "\n")
	}
	return int64(sum.Sum64()>>11) | 1
}

// Stale refuses a change by who went by another version of a noun than now has; 0 is who went by none. The refusal
// holds what now is, under the noun. wanted is what the change would leave, refused what its checks said of that: where
// both want the same there is nothing to decide, as when a save is repeated whose answer was lost.
func Stale(noun string, seen int64, now, wanted Versioned, refused error) error {
	if _, said := As(refused); refused != nil && !said {
		return refused // no verdict on the change at all
	}
	stands := now.Version()
	if seen == 0 || seen == stands || refused == nil && wanted.Version() == stands {
		return refused
	}
	return New(Conflict, noun+"_changed", T(
		"Это тем временем изменил кто-то другой. Посмотрите, что там теперь, и сохраните ещё раз.",
		"Somebody else has changed this meanwhile. Look at what it says now, and save again.")).WithDetails(map[string]any{noun: now})
}
