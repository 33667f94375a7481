package intake

import (
	"strings"
	"time"

	"parley/channels"
)

// normalise makes an event storable: no NUL bytes, no broken UTF-8, times in UTC
// with microseconds, bounded raw. It is the door through which all outside text comes.
func normalise(ev *channels.Event) {
	ev.Key = channels.EventKey(clean(string(ev.Key)))
	ev.Chat, ev.Subject, ev.Problem = clean(ev.Chat), clean(ev.Subject), clean(ev.Problem)
	ev.Sender.Scope, ev.Sender.Address, ev.Sender.Name = clean(ev.Sender.Scope), clean(ev.Sender.Address), clean(ev.Sender.Name)
	for i := range ev.Sender.Extra {
		ev.Sender.Extra[i].Scope, ev.Sender.Extra[i].Address = clean(ev.Sender.Extra[i].Scope), clean(ev.Sender.Extra[i].Address)
	}
	if !ev.At.IsZero() {
		ev.At = ev.At.UTC().Truncate(time.Microsecond)
	}
	if len(ev.Raw) > channels.MaxRaw {
		ev.Raw = ev.Raw[:channels.MaxRaw]
	}
	ev.Raw = []byte(clean(string(ev.Raw)))
	normaliseSource(&ev.Source)
	normalisePayload(ev)
}

func normaliseSource(s *channels.Source) {
	s.Page, s.Referrer = clean(s.Page), clean(s.Referrer)
	if len(s.UTM) == 0 {
		return
	}
	utm := make(map[string]string, len(s.UTM))
	for k, v := range s.UTM {
		utm[clean(k)] = clean(v)
	}
	s.UTM = utm
}

func normalisePayload(ev *channels.Event) {
	switch {
	case ev.Message != nil:
		m := ev.Message
		m.RemoteID, m.ReplyTo, m.Text, m.HTML = clean(m.RemoteID), clean(m.ReplyTo), clean(m.Text), clean(m.HTML)
		for i := range m.Files {
			m.Files[i].Name, m.Files[i].Type = clean(m.Files[i].Name), clean(m.Files[i].Type)
		}
	case ev.Edit != nil:
		ev.Edit.RemoteID, ev.Edit.Text, ev.Edit.HTML = clean(ev.Edit.RemoteID), clean(ev.Edit.Text), clean(ev.Edit.HTML)
	case ev.Delete != nil:
		ev.Delete.RemoteID = clean(ev.Delete.RemoteID)
	case ev.Reaction != nil:
		ev.Reaction.RemoteID, ev.Reaction.Emoji = clean(ev.Reaction.RemoteID), clean(ev.Reaction.Emoji)
	case ev.Receipt != nil:
		ev.Receipt.RemoteID, ev.Receipt.Code, ev.Receipt.Text = clean(ev.Receipt.RemoteID), clean(ev.Receipt.Code), clean(ev.Receipt.Text)
	}
}

// clean removes what no database text may hold.
func clean(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
