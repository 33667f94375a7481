package outbox

import (
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
)

// Outcome is what came of an attempt.
type Outcome int

// The outcomes.
const (
	Uncertain Outcome = iota // it may have reached the contact
	Sent
	Retry     // it did not; queued again for NotBefore
	Failed    // it did not and never will
	Postponed // it was not tried; queued again for NotBefore, as if it had not been claimed
)

// String names the outcome for logs and metrics.
func (o Outcome) String() string {
	return [...]string{"uncertain", "sent", "retry", "failed", "postponed"}[o]
}

// Verdict is an outcome with what is stored of it.
type Verdict struct {
	Outcome   Outcome
	RemoteID  string    // Sent: the network's id, "" when it gave none
	Parts     []string  // Sent: the network's ids of what it became besides
	At        time.Time // Sent: when; zero = now
	NotBefore time.Time // Retry and Postponed
	// Restart begins the time anew after which a message is given up: the delay was
	// not the network's refusal of this message.
	Restart bool
	Code    string // why, for machines; of Sent, what was wrong all the same
	Text    string // why, for people
}

// How a message that did not go through is tried again: after as long as it has been
// tried already, within bounds, until it is given up.
const (
	firstRetry = 2 * time.Second
	lastRetry  = time.Hour
	giveUp     = 24 * time.Hour
)

// judge turns what Send returned into a verdict. jitter in [0, 1) spreads retries so
// that what failed together does not come back together.
func judge(item *Item, sent channels.Sent, err error, safe bool, now time.Time, jitter float64) Verdict {
	if err == nil {
		v := Verdict{Outcome: Sent, RemoteID: remoteID(sent.RemoteID), Parts: remoteIDs(sent.Parts), At: sent.At}
		if p := sent.Problem; p != nil {
			v.Code, v.Text = short(p.Code, maxCode), short(p.Text, maxText)
		}
		return v
	}
	e := channels.AsError(err)
	v := Verdict{Code: short(e.Code, maxCode), Text: short(e.Text, maxText)}
	switch {
	case e.Kind == channels.Permanent:
		v.Outcome = Failed
	case e.Kind == channels.AuthFailed:
		v.Outcome, v.Restart, v.NotBefore = Retry, true, now
	case e.Kind == channels.Transient, safe:
		v.Outcome = Retry
		failing := now.Sub(item.Since)
		if e.Scope == channels.ScopeAccount {
			failing = min(failing, maxBlock) // the account rests as a whole, and one goes ahead
		}
		v.NotBefore = now.Add(delay(failing, e.RetryAfter, jitter))
		if v.NotBefore.After(item.Since.Add(item.patience())) {
			v.Outcome = Failed
			if e.Kind == channels.Uncertain {
				v.Outcome = Uncertain
			}
		}
	default:
		v.Outcome = Uncertain
	}
	return v
}

// delay is how long to wait after failing for a while: the network's own wait, or as
// long again, and up to a quarter more.
func delay(failing, asked time.Duration, jitter float64) time.Duration {
	d := asked
	if d <= 0 {
		d = min(max(failing, firstRetry), lastRetry)
	}
	return d + time.Duration(jitter*float64(d)/4)
}

// Bounds of what is stored of an adapter's words, in bytes.
const (
	maxCode = 64
	maxText = 1000
)

// remoteID makes an id storable; one that is too long to be stored is none.
func remoteID(id string) string {
	if id = clean(id); len(id) > channels.MaxKey {
		return ""
	}
	return id
}

// remoteIDs are those of a list that can be stored.
func remoteIDs(list []string) []string {
	var out []string
	for _, id := range list {
		if id = remoteID(id); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// short makes a text storable, cut on a rune's boundary.
func short(text string, most int) string {
	text = clean(text)
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// clean removes what no database text may hold.
func clean(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
}
