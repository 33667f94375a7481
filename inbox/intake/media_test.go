package intake_test

import (
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// part is a message of an album with one photo.
func part(edit ...func(*channels.Event)) channels.Event {
	return text("chat", "ann", append([]func(*channels.Event){func(ev *channels.Event) {
		ev.Message.Text, ev.Message.Album = "", "a1"
		ev.Message.Media = []channels.Media{{Ref: "r", Kind: channels.MediaPhoto}}
	}}, edit...)...)
}

// albumBegun is settled with the first part of an album, of some time ago.
func albumBegun(ago time.Duration, edit ...func(*inbox.Message)) *world {
	w := settled(inbox.Open)
	m := inbox.Message{ID: 13, ConversationID: 10, AccountID: 1, Seq: 3, Direction: inbox.Inbound, Kind: inbox.KindMessage, State: inbox.Received,
		Author: inbox.Author{Kind: "contact", ID: 1}, RemoteID: "first", Album: "a1", Media: make([]inbox.Media, 1), CreatedAt: w.now.Add(-ago)}
	for _, e := range edit {
		e(&m)
	}
	w.messages[13] = m
	c := w.conversations[10]
	c.Seq = 3
	w.conversations[10] = c
	return w
}

func TestAlbums(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		world *world
		ev    channels.Event
		joins bool
	}{
		{"a later part", albumBegun(time.Second), part(), true},
		{"a part a minute later", albumBegun(time.Minute), part(), true},
		{"a part too late", albumBegun(time.Minute + time.Second), part(), false},
		{"no album yet", settled(inbox.Open), part(), false},
		{"another album", albumBegun(time.Second), part(func(ev *channels.Event) { ev.Message.Album = "a2" }), false},
		{"alone", albumBegun(time.Second), part(func(ev *channels.Event) { ev.Message.Album = "" }), false},
		{"somebody else's", albumBegun(time.Second), part(func(ev *channels.Event) { ev.Sender.Address = "bob" }), false},
		{"another chat's", albumBegun(time.Second), part(func(ev *channels.Event) { ev.Chat = "other" }), false},
		{"ours", albumBegun(time.Second), part(echoed), false},
		{"of a deleted one", albumBegun(time.Second, func(m *inbox.Message) { m.DeletedAt = m.CreatedAt }), part(), false},
		{"of a full one", albumBegun(time.Second, func(m *inbox.Message) { m.Media = make([]inbox.Media, 30) }), part(), false},
		{"with a caption", albumBegun(time.Second), part(func(ev *channels.Event) { ev.Message.Text = "look" }), true},
		{"two texts with form", albumBegun(time.Second, func(m *inbox.Message) { m.Text, m.HTML = "a", "<b>a</b>" }), part(func(ev *channels.Event) { ev.Message.Text = "b" }), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ch, out := intake.Decide([]intake.Arrival{{AccountID: 1, Event: c.ev}}, c.world.state(), intake.DefaultPolicy(), &supply{w: c.world})
			if joined := out[0].MessageID == 13 && len(ch.NewMessages) == 0; joined != c.joins {
				t.Fatalf("joined = %v, outcome %+v", joined, out[0])
			}
			if len(ch.Media) != 1 || len(ch.FollowUps) != 1 || ch.FollowUps[0].Kind != inbox.JobFetchMedia {
				t.Errorf("media %+v, jobs %+v", ch.Media, ch.FollowUps)
			}
			if c.joins && (ch.Media[0].MessageID != 13 || ch.Media[0].Position != 1 || len(ch.Messages) != 1 || ch.Messages[0].Text != c.ev.Message.Text) {
				t.Errorf("media %+v, messages %+v", ch.Media, ch.Messages)
			}
		})
	}
}

// TestAlbumInOneBatch has all parts of an album, one of them twice, make one message.
func TestAlbumInOneBatch(t *testing.T) {
	t.Parallel()
	w := settled(inbox.Open)
	two := part(func(ev *channels.Event) { ev.Key = "key2" })
	ch, out := intake.Decide([]intake.Arrival{{AccountID: 1, Event: part()}, {AccountID: 1, Event: two}, {AccountID: 1, Event: two}}, w.state(), intake.DefaultPolicy(), &supply{w: w})
	if len(ch.NewMessages) != 1 || len(ch.NewMessages[0].Media) != 2 || len(ch.Media) != 2 || len(ch.FollowUps) != 1 || len(ch.Messages) != 0 {
		t.Errorf("messages %+v, media %+v, jobs %+v", ch.NewMessages, ch.Media, ch.FollowUps)
	}
	if out[1].MessageID != out[0].MessageID || out[2].Kind != channels.OutcomeDuplicate || ch.Conversations[0].LastText != "📷" {
		t.Errorf("outcomes %+v, last %q", out, ch.Conversations[0].LastText)
	}
}

// TestMediaBounds has more announced than is kept, and a name that nothing is found by.
func TestMediaBounds(t *testing.T) {
	t.Parallel()
	w := newWorld()
	ev := part(func(ev *channels.Event) {
		ev.Message.Media = append([]channels.Media{{Ref: strings.Repeat("x", channels.MaxRef+1), Kind: "odd", Size: -1}}, make([]channels.Media, 40)...)
	})
	s := intake.New(intake.Options{Store: w, Now: w.clock})
	s.Start()
	defer s.Stop()
	if _, err := s.For(1, nil).Deliver(t.Context(), channels.Batch{Events: []channels.Event{ev}}); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.messages {
		if len(m.Media) != 30 || m.Media[0].State != inbox.MediaGone || m.Media[0].Kind != channels.MediaFile || m.Media[0].Size != 0 || m.Media[0].Error.EN == "" {
			t.Errorf("media = %+v", m.Media)
		}
	}
	if len(w.messages) != 1 {
		t.Errorf("%d messages", len(w.messages))
	}
}
