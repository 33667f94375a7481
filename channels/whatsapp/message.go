package whatsapp

import (
	"encoding/json"

	"parley/channels"
)

// messages reads what contacts wrote; historic is set for what a phone's history brings.
func (s *scene) messages(list []json.RawMessage, historic bool) {
	s.each(list, "messages", func(raw json.RawMessage) (channels.Event, string) {
		m, trouble := parseMessage(raw)
		if trouble != "" {
			return channels.Event{}, trouble
		}
		ev, trouble := s.event(m, m.From, m.FromUserID)
		if historic {
			// Files of the history come after it, under the ids of messages that stood for them.
			ev.Historic, ev.Key = true, "h:"+ev.Key
			if digits(m.From) == digits(s.value.Metadata.Number) && m.To != "" {
				ev.Direction = channels.Echo
				ev.Sender, ev.Chat = s.sender(m.To, m.ToUserID)
			}
		}
		return ev, trouble
	})
}

// echo reads what our side wrote on the phone. The sender of such an event is the contact addressed.
func (s *scene) echo(raw json.RawMessage) (channels.Event, string) {
	m, trouble := parseMessage(raw)
	if trouble != "" {
		return channels.Event{}, trouble
	}
	ev, trouble := s.event(m, m.To, m.ToUserID)
	ev.Direction = channels.Echo
	return ev, trouble
}

func parseMessage(raw json.RawMessage) (m message, trouble string) {
	if json.Unmarshal(raw, &m) != nil {
		return m, "a message makes no sense"
	}
	if m.ID == "" {
		return m, "a message has no id"
	}
	return m, ""
}

// event makes the event of a message of, or for an echo to, a contact.
func (s *scene) event(m message, phone, userID string) (channels.Event, string) {
	ev := channels.Event{Key: channels.EventKey("m:" + m.ID), Direction: channels.Inward, At: m.Timestamp.Time}
	ev.Sender, ev.Chat = s.sender(phone, userID)
	if m.GroupID != "" {
		ev.Chat = groupPrefix + m.GroupID
	}
	if ev.Chat == "" {
		return ev, "a message does not say who it is from"
	}
	switch {
	case m.Reaction != nil:
		if m.Reaction.MessageID == "" {
			return ev, "a reaction names no message"
		}
		ev.Reaction = &channels.Reaction{RemoteID: m.Reaction.MessageID, Emoji: m.Reaction.Emoji}
	case m.Edit != nil:
		if m.Edit.Original == "" {
			return ev, "an edit names no message"
		}
		text := s.told(&m.Edit.Message).Text
		ev.Edit = &channels.Edit{RemoteID: m.Edit.Original, Text: text, HTML: markupHTML(text)}
	case m.Revoke != nil:
		if m.Revoke.Original == "" {
			return ev, "a deletion names no message"
		}
		ev.Delete = &channels.Delete{RemoteID: m.Revoke.Original}
	case m.System != nil:
		s.system(&ev, m)
	case m.Type == "request_welcome": // somebody opened the chat and has said nothing yet
		return ev, skip
	default:
		ev.Message = s.content(m)
		ev.Source = sourceOf(m.Referral)
	}
	return ev, ""
}

// system is the network's own word in a chat: a number that changed, a phone that was replaced. A new
// number joins the contact.
func (s *scene) system(ev *channels.Event, m message) {
	ev.Nature = channels.NatureNotice
	ev.Message = &channels.Message{RemoteID: m.ID, Text: m.System.Body}
	if ev.Message.Text == "" {
		ev.Message.Text = "WhatsApp: " + m.System.Type
	}
	changed := m.System.New
	if changed == "" {
		changed = m.System.Phone
	}
	if isPhone(changed) && digits(changed) != digits(ev.Sender.Address) {
		ev.Sender.Extra = append(ev.Sender.Extra, channels.Address{Scope: scopePhone, Address: "+" + digits(changed), Verified: true})
	}
}

func (s *scene) content(m message) *channels.Message {
	out := s.told(&m.content)
	out.RemoteID = m.ID
	if out.Text == "" && len(out.Media) == 0 {
		out.Text = unsupported(m)
	}
	out.HTML = markupHTML(out.Text)
	return &out
}

// told is what a content says, as a message.
func (s *scene) told(c *content) channels.Message {
	var out channels.Message
	if c.Context != nil {
		out.ReplyTo = c.Context.ID
	}
	switch {
	case c.Text != nil:
		out.Text = c.Text.Body
	case c.Location != nil:
		out.Location = &channels.Location{Latitude: c.Location.Latitude, Longitude: c.Location.Longitude, Title: c.Location.Name, Address: c.Location.Address}
		out.Text = placeText(c.Location)
	case len(c.Contacts) > 0:
		out.Cards, out.Text = cards(c.Contacts)
	case c.Button != nil:
		out.Text = c.Button.Text
		out.Press = &channels.Press{RemoteID: out.ReplyTo, Data: c.Button.Payload}
	case c.Interactive != nil:
		c.Interactive.tell(&out)
	case c.Order != nil:
		out.Text = c.Order.text()
	default:
		c.attach(&out)
	}
	if c.Context != nil && c.Context.Product != nil {
		out.Text = joined(productText(c.Context.Product.Product, c.Context.Product.Catalog), out.Text)
	}
	return out
}

// attach takes the file of a message.
func (c *content) attach(out *channels.Message) {
	for _, f := range []struct {
		file *attachment
		kind channels.MediaKind
	}{
		{c.Image, channels.MediaPhoto},
		{c.Video, channels.MediaVideo},
		{c.Audio, channels.MediaAudio},
		{c.Voice, channels.MediaVoice},
		{c.Document, channels.MediaFile},
		{c.Sticker, channels.MediaSticker},
	} {
		if f.file == nil || f.file.ID == "" || len(f.file.ID) > channels.MaxRef {
			continue
		}
		kind := f.kind
		if kind == channels.MediaAudio && f.file.Voice {
			kind = channels.MediaVoice
		}
		out.Text = f.file.Caption
		out.Media = append(out.Media, channels.Media{Ref: f.file.ID, Kind: kind, Name: f.file.Filename, Type: f.file.Type})
	}
}

// tell says what a contact chose or filled in.
func (i *interaction) tell(out *channels.Message) {
	for _, c := range []*choice{i.Button, i.List} {
		if c != nil {
			out.Text = c.Title
			out.Press = &channels.Press{RemoteID: out.ReplyTo, Data: c.ID}
		}
	}
	if i.Flow != nil {
		out.Text = flowText(i.Flow.Name, i.Flow.Body, i.Flow.Response)
	}
	if i.Calls != nil {
		out.Text = callsText(i.Calls.Response)
	}
}

// sourceOf is where a contact came from who pressed an advertisement or a post.
func sourceOf(r *referral) channels.Source {
	if r == nil {
		return channels.Source{}
	}
	utm := map[string]string{"utm_source": "whatsapp", "utm_medium": r.Type}
	for name, value := range map[string]string{"utm_campaign": r.ID, "utm_content": r.Headline, "ctwa_clid": r.Click} {
		if value != "" {
			utm[name] = value
		}
	}
	return channels.Source{Referrer: r.URL, UTM: utm}
}
