package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/inbox/contact"
)

// Bounds, in bytes, on what is merely shown; longer texts are cut. What identifies
// something is never cut: an event with too long an address goes to quarantine.
const (
	maxName    = 400
	maxSubject = 2000
	maxReason  = 1000
	maxURL     = 2000
	maxUTM     = 30 // values
	maxUTMText = 300
	maxEmoji   = 64
)

// normalised returns the event as it can be stored: no NUL bytes, no broken UTF-8,
// times in UTC with microseconds, bounded texts. It shares nothing with ev that it
// changes. It is the door through which all outside text comes.
func normalised(ev channels.Event) channels.Event {
	ev.Key = cleanKey(ev.Key)
	ev.Chat, ev.Subject, ev.Problem = contact.Storable(ev.Chat), short(ev.Subject, maxSubject), short(ev.Problem, maxReason)
	ev.Sender.Scope, ev.Sender.Address, ev.Sender.Name = contact.Storable(ev.Sender.Scope), contact.Storable(ev.Sender.Address), short(ev.Sender.Name, maxName)
	ev.Sender.Extra = slices.Clone(ev.Sender.Extra)
	for i := range ev.Sender.Extra {
		ev.Sender.Extra[i].Scope, ev.Sender.Extra[i].Address = contact.Storable(ev.Sender.Extra[i].Scope), contact.Storable(ev.Sender.Extra[i].Address)
	}
	ev.At = ev.At.UTC().Truncate(time.Microsecond)
	if year := ev.At.Year(); year < 1971 || year > 9998 {
		ev.At = time.Time{} // no clock says so; JSON and microseconds could not hold it
	}
	ev.Raw = []byte(short(string(ev.Raw), channels.MaxRaw))
	ev.Source = normalisedSource(ev.Source)
	normalisePayload(&ev)
	return ev
}

func normalisedSource(s channels.Source) channels.Source {
	out := channels.Source{Page: short(s.Page, maxURL), Referrer: short(s.Referrer, maxURL)}
	for _, k := range slices.Sorted(maps.Keys(s.UTM)) {
		if len(out.UTM) == maxUTM {
			break
		}
		if out.UTM == nil {
			out.UTM = map[string]string{}
		}
		out.UTM[short(k, maxUTMText)] = short(s.UTM[k], maxUTMText)
	}
	return out
}

func normalisePayload(ev *channels.Event) {
	if ev.Message != nil {
		m := *ev.Message
		m.RemoteID, m.ReplyTo, m.Text, m.HTML = contact.Storable(m.RemoteID), contact.Storable(m.ReplyTo), contact.Storable(m.Text), contact.Storable(m.HTML)
		m.Files = slices.Clone(m.Files)
		for i := range m.Files {
			f := &m.Files[i]
			f.Hash, f.Name, f.Type = contact.Storable(f.Hash), short(f.Name, maxName), short(f.Type, maxName)
		}
		ev.Message = &m
	}
	if ev.Edit != nil {
		ev.Edit = &channels.Edit{RemoteID: contact.Storable(ev.Edit.RemoteID), Text: contact.Storable(ev.Edit.Text), HTML: contact.Storable(ev.Edit.HTML)}
	}
	if ev.Delete != nil {
		ev.Delete = &channels.Delete{RemoteID: contact.Storable(ev.Delete.RemoteID)}
	}
	if ev.Reaction != nil {
		ev.Reaction = &channels.Reaction{RemoteID: contact.Storable(ev.Reaction.RemoteID), Emoji: short(ev.Reaction.Emoji, maxEmoji)}
	}
	if ev.Receipt != nil {
		r := *ev.Receipt
		r.RemoteID, r.Code, r.Text = contact.Storable(r.RemoteID), short(r.Code, maxName), short(r.Text, maxReason)
		ev.Receipt = &r
	}
}

// cleanKey makes a key storable. Two different keys never become one, so a key that
// no database text could hold is replaced by its hash.
func cleanKey(key channels.EventKey) channels.EventKey {
	if contact.Storable(string(key)) == string(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return channels.EventKey("sha256:" + hex.EncodeToString(sum[:]))
}

// short is clean cut to at most max bytes, between characters.
func short(s string, max int) string {
	if len(s) > max {
		end := max
		for end > max-utf8.UTFMax && end > 0 && !utf8.RuneStart(s[end]) {
			end-- // not within a character
		}
		s = s[:end]
	}
	s = contact.Storable(s)
	if len(s) > max {
		return short(s, max) // replacing broken bytes made it longer
	}
	return s
}
