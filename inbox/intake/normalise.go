package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
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

	maxParties    = 100
	nearRefs      = 35 // references kept: the nearest ones, and
	rootRefs      = 5  // the first ones
	maxReports    = 100
	maxQuotedText = channels.MaxText
)

// normalised returns the event as it can be stored: no NUL bytes, no broken UTF-8,
// times in UTC with microseconds, bounded texts. It shares nothing with ev that it
// changes. It is the door through which all outside text comes.
func normalised(ev channels.Event) channels.Event {
	ev.Key = cleanKey(ev.Key)
	ev.Chat, ev.Subject, ev.Problem = contact.Storable(ev.Chat), short(ev.Subject, maxSubject), short(ev.Problem, maxReason)
	ev.Sender.Scope, ev.Sender.Address, ev.Sender.Name = contact.Storable(ev.Sender.Scope), contact.Storable(ev.Sender.Address), short(ev.Sender.Name, maxName)
	ev.Sender.Address = folded(ev.Sender.Scope, ev.Sender.Address)
	ev.Sender.Extra = slices.Clone(ev.Sender.Extra)
	for i := range ev.Sender.Extra {
		x := &ev.Sender.Extra[i]
		x.Scope, x.Address = contact.Storable(x.Scope), contact.Storable(x.Address)
		x.Address = folded(x.Scope, x.Address)
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
			f.ContentID = short(f.ContentID, maxName)
		}
		normaliseMedia(&m)
		normalisePress(&m)
		normaliseMail(&m)
		ev.Message = &m
	}
	if ev.Edit != nil {
		ev.Edit = &channels.Edit{RemoteID: contact.Storable(ev.Edit.RemoteID), MessageID: ev.Edit.MessageID, Text: contact.Storable(ev.Edit.Text), HTML: contact.Storable(ev.Edit.HTML)}
	}
	if ev.Delete != nil {
		ev.Delete = &channels.Delete{RemoteID: contact.Storable(ev.Delete.RemoteID), MessageID: ev.Delete.MessageID}
	}
	if ev.Reaction != nil {
		ev.Reaction = &channels.Reaction{RemoteID: contact.Storable(ev.Reaction.RemoteID), MessageID: ev.Reaction.MessageID, Emoji: short(ev.Reaction.Emoji, maxEmoji)}
	}
	if ev.Receipt != nil {
		r := normalisedReceipt(*ev.Receipt)
		ev.Receipt = &r
	}
	if ev.Original != nil {
		ev.Original = &channels.File{Hash: contact.Storable(ev.Original.Hash), Size: ev.Original.Size}
	}
}

func normalisedReceipt(r channels.Receipt) channels.Receipt {
	r.RemoteID, r.Code, r.Text = contact.Storable(r.RemoteID), short(r.Code, maxName), short(r.Text, maxReason)
	r.Recipient = short(r.Recipient, maxName)
	return r
}

// normaliseMail bounds what mails have besides. What is too long to be looked up is
// left out: there is always something else to find a thread by.
func normaliseMail(m *channels.Message) {
	m.Quoted, m.Warning = short(m.Quoted, maxQuotedText), short(m.Warning, maxName)
	m.Unanswerable = short(m.Unanswerable, maxName)
	if m.From != nil {
		from := normalisedParties([]channels.Address{*m.From})
		if m.From = nil; len(from) > 0 {
			m.From = &from[0]
		}
	}
	m.To, m.Cc, m.AnswerTo = normalisedParties(m.To), normalisedParties(m.Cc), normalisedParties(m.AnswerTo)
	var refs []string
	for _, id := range m.References {
		if id = contact.Storable(id); id != "" && id != m.RemoteID && len(id) <= maxAddress {
			refs = append(refs, id)
		}
	}
	if len(refs) > rootRefs+nearRefs {
		refs = slices.Concat(refs[:rootRefs], refs[len(refs)-nearRefs:])
	}
	m.References = distinctLast(refs)
	reports := m.Reports
	m.Reports = nil
	for _, r := range reports[:min(len(reports), maxReports)] {
		if r = normalisedReceipt(r); len(r.RemoteID) <= maxAddress && known(r.State) {
			m.Reports = append(m.Reports, r)
		}
	}
}

func normalisedParties(list []channels.Address) []channels.Address {
	var out []channels.Address
	for _, p := range list {
		p.Scope, p.Address, p.Name = contact.Storable(p.Scope), contact.Storable(p.Address), short(p.Name, maxName)
		p.Address = folded(p.Scope, p.Address)
		if p.Address != "" && len(p.Address) <= maxAddress && len(p.Scope) <= maxAddress && len(out) < maxParties {
			out = append(out, p)
		}
	}
	return out
}

// distinctLast keeps the last of equal values: the nearest one.
func distinctLast(list []string) []string {
	slices.Reverse(list)
	list = distinct(list)
	slices.Reverse(list)
	return list
}

// folded is an address as it is looked up: that of a mail has no letter case.
func folded(scope, address string) string {
	if scope == contact.ScopeEmail {
		return strings.ToLower(address)
	}
	return address
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
