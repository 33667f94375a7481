package intake

import (
	"slices"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
)

// Bounds of what messages announce.
const (
	maxMedia  = 30 // of one message
	albumWait = time.Minute
)

// normaliseMedia bounds what a message announces. A name by which a file would be
// fetched is never cut: without it the file is shown as gone.
func normaliseMedia(m *channels.Message) {
	if m.Album = contact.Storable(m.Album); len(m.Album) > maxAddress {
		m.Album = ""
	}
	m.Media = slices.Clone(m.Media[:min(len(m.Media), maxMedia)])
	for i := range m.Media {
		x := &m.Media[i]
		if x.Ref = contact.Storable(x.Ref); len(x.Ref) > channels.MaxRef {
			x.Ref = ""
		}
		if !slices.Contains(mediaKinds, x.Kind) {
			x.Kind = channels.MediaFile
		}
		x.Name, x.Type, x.Size = short(x.Name, maxName), short(x.Type, maxName), max(x.Size, 0)
	}
}

var mediaKinds = []channels.MediaKind{
	channels.MediaFile, channels.MediaPhoto, channels.MediaVideo, channels.MediaVoice, channels.MediaAudio,
	channels.MediaAnimation, channels.MediaSticker,
}

// announced is a file as its message first shows it.
func announced(x channels.Media) inbox.Media {
	if x.Ref == "" {
		return inbox.Media{Media: x, State: inbox.MediaGone, Error: channels.Words{RU: "сеть не сказала, где он лежит: попросите прислать файл снова", EN: "the network did not say where it is: ask for the file to be sent again"}}
	}
	return inbox.Media{Media: x, State: inbox.MediaWaiting}
}

// albumOf returns the message that an event's album began with, nil where the event is a
// message of its own: it is alone, the first, of somebody else, too late or too much.
func (d *decision) albumOf(a *Arrival, c *inbox.Conversation, p *Person) *inbox.Message {
	ev := &a.Event
	part := ev.Message
	m := d.state.Albums[AlbumRef{a.AccountID, part.Album}]
	if part.Album == "" || m == nil || m.ConversationID != c.ID || !m.DeletedAt.IsZero() || !sameAuthor(ev, m, p) {
		return nil
	}
	if apart := stamp(ev, &inbox.Conversation{}, d.state.Now).Sub(m.CreatedAt); apart.Abs() > albumWait {
		return nil
	}
	formatted := (m.HTML != "" || part.HTML != "") && m.Text != "" && part.Text != "" // two texts of which one has a form of its own
	switch {
	case formatted, len(m.Text)+len(m.HTML)+len(part.Text)+len(part.HTML) >= channels.MaxText,
		len(m.Media)+len(part.Media) > maxMedia, len(m.Files)+len(part.Files) > channels.MaxMessageFiles:
		return nil
	}
	return m
}

// sameAuthor tells whether an event is of whoever wrote a message.
func sameAuthor(ev *channels.Event, m *inbox.Message, p *Person) bool {
	if ev.Direction == channels.Echo {
		return m.Direction == inbox.Outbound && m.Author.Kind == "network"
	}
	by := authorOf(p)
	return m.Direction == inbox.Inbound && m.Author.Kind == by.Kind && m.Author.ID == by.ID
}

// joinAlbum adds a later part of an album to the message that the album began with.
func (d *decision) joinAlbum(a *Arrival, c *inbox.Conversation, m *inbox.Message, why actor.Cause) channels.Outcome {
	ev := &a.Event
	fresh := slices.Contains(d.out.NewMessages, m)
	for _, f := range d.files(ev) {
		if !fresh { // a new message's are saved with it
			d.out.Attached = append(d.out.Attached, inbox.Attached{MessageID: m.ID, Position: len(m.Files), File: f})
		}
		m.Files = append(m.Files, f)
	}
	for _, x := range ev.Message.Media {
		d.out.Announce(m, announced(x), d.state.Now)
	}
	if ev.Message.Text != "" {
		if m.Text != "" {
			m.Text += "\n"
		}
		m.Text += ev.Message.Text
		m.HTML += ev.Message.HTML
		if c.Seq == m.Seq && m.DeletedAt.IsZero() {
			c.LastText = m.Line()
		}
	}
	if !ev.Historic && !c.Spam() && ev.Direction == channels.Inward && ev.Nature == channels.NaturePerson {
		c.Wait(d.state.Now)
	}
	d.out.Update(m, why, d.state.Now)
	d.out.Conversation(c, why, d.state.Now)
	d.part(a, m)
	return channels.Outcome{Kind: kindOf(ev, false), MessageID: int64(m.ID), ConversationID: int64(c.ID), Seq: m.Seq, At: m.CreatedAt}
}

// part lets a message be found by the network's id of a further part of it: replies, edits and
// deletions name any. A deletion of one part is one of the message: people delete albums whole.
func (d *decision) part(a *Arrival, m *inbox.Message) {
	ref := RemoteRef{a.AccountID, a.Event.Message.RemoteID}
	if ref.RemoteID == "" || d.state.Remotes[ref] != nil {
		return
	}
	d.out.Parts = append(d.out.Parts, inbox.Part{AccountID: ref.AccountID, RemoteID: ref.RemoteID, MessageID: m.ID})
	d.state.Remotes[ref] = m
	d.giveParked(ref, m)
}
