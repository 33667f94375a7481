package vk

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"parley/channels"
)

// maxDepth is how deep messages within messages are read. VK allows 45; nobody reads that.
const maxDepth = 8

// maxMedia bounds the files of one message, those of forwarded ones included.
const maxMedia = 100

// composer turns one message of VK's into ours.
type composer struct {
	names func(id int64) string
	page  page
	media []channels.Media
	seen  map[string]bool
	place *channels.Location
	ref   string // of the message that holds everything; "" when nothing can be fetched
}

func (c *composer) line(text string) { c.page.line(strings.TrimSpace(text)) }

// compose reads a message's content: its text, what is attached, and what it forwards.
func (c *composer) compose(m *message, depth int) {
	c.page.runs(runsOf(m.Text, m.Format))
	c.locate(m.Geo)
	for _, a := range m.Attachments {
		c.attach(a, depth)
	}
	if depth >= maxDepth {
		return
	}
	for i := range m.Forwarded {
		c.forward(&m.Forwarded[i], depth+1)
	}
}

// attach announces an attachment's file and puts the rest of it into words.
func (c *composer) attach(a attachment, depth int) {
	f, ok := locate(a)
	switch {
	case ok && c.ref != "" && len(c.media) < maxMedia:
		if c.seen == nil {
			c.seen = map[string]bool{}
		}
		if !c.seen[f.id] {
			c.seen[f.id] = true
			f.media.Ref = c.ref + " " + f.id
			c.media = append(c.media, f.media)
		}
	case ok || a.Type == "photo" || a.Type == "doc" || a.Type == "sticker" || a.Type == "graffiti" || a.Type == "audio_message":
		c.line("[" + a.Type + "]") // it cannot be fetched
	}
	c.show(a, depth)
}

// forward quotes a message with the name of who wrote it. Its files become the outer one's.
func (c *composer) forward(m *message, depth int) {
	inner := &composer{names: c.names, ref: c.ref, media: c.media, seen: c.seen}
	who := c.names(m.FromID)
	if who == "" {
		who = "vk.com/" + address(m.FromID)
	}
	inner.line("↪ " + who + ":")
	if m.Text != "" {
		inner.page.gap()
	}
	inner.compose(m, depth)
	c.page.quote(&inner.page)
	c.media, c.seen = inner.media, inner.seen
	if c.place == nil {
		c.place = inner.place
	}
}

// address is the page of somebody.
func address(id int64) string {
	if id < 0 {
		return "club" + strconv.FormatInt(-id, 10)
	}
	return "id" + strconv.FormatInt(id, 10)
}

// locate reads a place. Another shape than the known one leaves the message without it.
func (c *composer) locate(geo json.RawMessage) {
	var g struct {
		Coordinates *struct{ Latitude, Longitude float64 } `json:"coordinates"`
		Place       struct{ Title, Address, City string }  `json:"place"`
	}
	if len(geo) == 0 || json.Unmarshal(geo, &g) != nil || g.Coordinates == nil {
		return
	}
	at := g.Coordinates
	if at.Latitude < -90 || at.Latitude > 90 || at.Longitude < -180 || at.Longitude > 180 {
		return
	}
	street := g.Place.Address
	if street == "" && g.Place.City != g.Place.Title {
		street = g.Place.City
	}
	if c.place == nil {
		c.place = &channels.Location{Latitude: at.Latitude, Longitude: at.Longitude, Title: g.Place.Title, Address: street}
	}
	point := fmt.Sprintf("%s,%s", degrees(at.Latitude), degrees(at.Longitude))
	name := strings.Trim(g.Place.Title+", "+street, ", ")
	if name == "" {
		name = point
	}
	c.line("📍 " + name + "\nhttps://maps.google.com/maps?q=" + point)
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
