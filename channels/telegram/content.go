package telegram

import (
	"encoding/json"
	"html"
	"strings"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// content is what a message says, before it is put together. What has no words of its own is named by a
// sign, which every language reads.
type content struct {
	origin   string // whom it was forwarded from
	quote    formatted
	body     formatted
	lines    []string // places, cards, polls and the like
	media    []channels.Media
	location *channels.Location
	cards    []channels.Card
}

func contentOf(m *models.Message, raw json.RawMessage) content {
	c := content{body: formatted{m.Text, m.Entities}, media: mediaOf(m)}
	if m.Text == "" && m.Caption != "" {
		c.body = formatted{m.Caption, m.CaptionEntities}
	}
	if rich := richText(raw); c.body.text == "" && rich != "" {
		c.body = formatted{text: rich}
	}
	if m.ForwardOrigin != nil {
		c.origin = originName(*m.ForwardOrigin)
	}
	if m.Quote != nil && (m.Quote.IsManual || m.ExternalReply != nil) {
		c.quote = formatted{m.Quote.Text, m.Quote.Entities}
	}
	c.place(m)
	c.card(m)
	c.lines = append(c.lines, oddities(m)...)
	return c
}

func (c *content) empty() bool {
	return c.body.text == "" && len(c.lines) == 0 && len(c.media) == 0
}

func (c *content) place(m *models.Message) {
	switch {
	case m.Venue != nil: // the location is set as well
		l := m.Venue.Location
		c.location = &channels.Location{Latitude: l.Latitude, Longitude: l.Longitude, Title: m.Venue.Title, Address: m.Venue.Address}
	case m.Location != nil:
		c.location = &channels.Location{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude}
	default:
		return
	}
	c.lines = append(c.lines, locationText(*c.location))
}

func (c *content) card(m *models.Message) {
	if m.Contact == nil {
		return
	}
	card := channels.Card{Name: nameOf(m.Contact.FirstName, m.Contact.LastName, "")}
	phone := phoneOf(m.Contact.PhoneNumber)
	if phone == "" {
		phone = m.Contact.PhoneNumber
	}
	if phone != "" {
		card.Phones = []string{phone}
	}
	c.cards = append(c.cards, card)
	c.lines = append(c.lines, "👤 "+strings.Trim(card.Name+", "+phone, ", "))
}

// text is everything in words.
func (c *content) text() string {
	parts := make([]string, 0, 2+len(c.lines))
	if c.origin != "" {
		parts = append(parts, "↪ "+c.origin)
	}
	if c.body.text != "" {
		parts = append(parts, c.body.text)
	}
	return strings.Join(append(parts, c.lines...), "\n")
}

// html is everything with its formatting and with what is quoted; "" where the text says it all.
func (c *content) html() string {
	body := toHTML(c.body.text, c.body.entities)
	if body == "" && c.quote.text == "" {
		return ""
	}
	if body == "" {
		body = plainHTML(c.body.text)
	}
	var parts []string
	if c.origin != "" {
		parts = append(parts, html.EscapeString("↪ "+c.origin))
	}
	if body != "" {
		parts = append(parts, body)
	}
	for _, line := range c.lines {
		parts = append(parts, plainHTML(line))
	}
	whole := strings.Join(parts, "<br>")
	if c.quote.text == "" {
		return whole
	}
	quote := toHTML(c.quote.text, c.quote.entities)
	if quote == "" {
		quote = plainHTML(c.quote.text)
	}
	return "<blockquote>" + quote + "</blockquote>" + whole
}

// message puts it all together.
func (c *content) message(m *models.Message) *channels.Message {
	out := &channels.Message{
		RemoteID: placeOf(m).remote(m.ID), Text: c.text(), HTML: c.html(), ReplyTo: replyTo(m), Quoted: c.quote.text,
		Media: c.media, Location: c.location, Cards: c.cards,
	}
	if m.MediaGroupID != "" { // unique within its chat
		out.Album = placeOf(m).String() + ":" + m.MediaGroupID
	}
	return out
}

func originName(o models.MessageOrigin) string {
	switch {
	case o.MessageOriginUser != nil:
		u := o.MessageOriginUser.SenderUser
		return nameOf(u.FirstName, u.LastName, u.Username)
	case o.MessageOriginHiddenUser != nil:
		return o.MessageOriginHiddenUser.SenderUserName
	case o.MessageOriginChat != nil:
		return chatSender(o.MessageOriginChat.SenderChat).Name
	case o.MessageOriginChannel != nil:
		return chatSender(o.MessageOriginChannel.Chat).Name
	}
	return ""
}
