package imap

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"parley/channels"
)

// maxTries is how often a mail at which the server fails in the same way is asked for,
// before it is given up so that those behind it arrive.
const maxTries = 5

// unreadable is the event of a mail that cannot be handed on as one: it is kept as far as
// it is known, for an operator to look at.
func unreadable(m Mail, header []byte, problem string) channels.Event {
	where := fmt.Sprintf("%d.%d@%s", m.Validity, m.UID, m.Mailbox)
	ev := channels.Event{Direction: channels.Inward, At: m.Received, Problem: problem, Raw: header}
	if m.Sent {
		ev.Direction = channels.Echo
	}
	if len(header) == 0 {
		ev.Raw = []byte(problem + ": " + where) // something must say which mail it was
	}
	if m.Original.Hash != "" {
		ev.Key = channels.EventKey("raw:" + m.Original.Hash)
		original := m.Original
		ev.Original = &original
		return ev
	}
	sum := sha256.Sum256([]byte(where))
	ev.Key = channels.EventKey("uid:" + hex.EncodeToString(sum[:16]))
	return ev
}

// troubles remembers at which mails a server failed. Another place within the mail is
// another failure: on a bad line every attempt ends elsewhere, and that passes.
type troubles struct {
	uid   uint32
	place int64
	tries int
}

// note counts a failure at a mail; before its first byte the place is -1.
func (t *troubles) note(uid uint32, place int64) {
	if t.uid != uid || t.place != place {
		*t = troubles{uid: uid, place: place}
	}
	t.tries++
}

// hopeless tells whether a mail has failed too often.
func (t *troubles) hopeless(uid uint32) bool { return t.uid == uid && t.tries >= maxTries }
