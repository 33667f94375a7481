package telegram_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
	"parley/channels/telegram/telegramtest"
)

type object = telegramtest.Object

func user(id int64, first string) object {
	return object{"id": id, "is_bot": false, "first_name": first}
}

// kinds are what people can do, and what must come of it. Each runs on a network of its own; want gets the
// events that were committed.
var kinds = []struct {
	name string
	act  func(w *world, anna object)
	want func(t *testing.T, evs []channels.Event)
	n    int // events; 0 = one
}{
	{name: "text", act: func(w *world, anna object) { w.Say(anna, 42, object{"text": "Привет 👋"}) },
		want: func(t *testing.T, evs []channels.Event) {
			ev := evs[0]
			equal(t, "key", ev.Key, channels.EventKey(fmt.Sprintf("m:42:1:%d", ev.At.Unix())))
			equal(t, "chat", ev.Chat, "42")
			equal(t, "sender", ev.Sender.Scope+" "+ev.Sender.Address+" "+ev.Sender.Name, "telegram 42 Anna Ivanova")
			equal(t, "text", ev.Message.Text, "Привет 👋")
			equal(t, "HTML", ev.Message.HTML, "")
			equal(t, "remote id", ev.Message.RemoteID, "42:1")
			equal(t, "direction", ev.Direction, channels.Inward)
			if ev.At.IsZero() || len(ev.Raw) == 0 {
				t.Error("the event lacks its time or its bytes")
			}
		}},
	{name: "formatting", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"text": "👋 bold link", "entities": []object{
			{"type": "bold", "offset": 3, "length": 4}, {"type": "text_link", "offset": 8, "length": 4, "url": "https://a.example/?x=1&y=2"},
		}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "text", evs[0].Message.Text, "👋 bold link")
		equal(t, "HTML", evs[0].Message.HTML, `👋 <b>bold</b> <a href="https://a.example/?x=1&amp;y=2">link</a>`)
	}},
	{name: "link to the bot", act: func(w *world, anna object) { w.Say(anna, 42, object{"text": "/start spring"}) },
		want: func(t *testing.T, evs []channels.Event) { equal(t, "source", evs[0].Source.UTM["start"], "spring") }},
	{name: "reply with a quote", act: func(w *world, anna object) {
		id := w.Say(anna, 42, object{"text": "one two three"})
		w.Say(anna, 42, object{"text": "why?", "reply_to_message": w.Message(42, id), "quote": object{"text": "two", "position": 4, "is_manual": true}})
	}, n: 2, want: func(t *testing.T, evs []channels.Event) {
		m := evs[1].Message
		equal(t, "reply to", m.ReplyTo, "42:1")
		equal(t, "text", m.Text, "why?")
		equal(t, "quoted", m.Quoted, "two")
		equal(t, "HTML", m.HTML, "<blockquote>two</blockquote>why?")
	}},
	{name: "forward", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"text": "look", "forward_origin": object{"type": "hidden_user", "date": 1, "sender_user_name": "Pavel"}})
	}, want: func(t *testing.T, evs []channels.Event) { equal(t, "text", evs[0].Message.Text, "↪ Pavel\nlook") }},
	{name: "photo with caption", act: func(w *world, anna object) {
		m := w.Attachment("photo", "", []byte("picture"))
		m["caption"], m["caption_entities"] = "see", []object{{"type": "italic", "offset": 0, "length": 3}}
		w.Say(anna, 42, m)
	}, want: func(t *testing.T, evs []channels.Event) {
		m := evs[0].Message
		equal(t, "text", m.Text, "see")
		equal(t, "HTML", m.HTML, "<i>see</i>")
		media(t, m, channels.MediaPhoto, "image/jpeg")
		equal(t, "the largest size", m.Media[0].Ref, "file1")
	}},
	{name: "album", act: func(w *world, anna object) {
		for range 2 {
			m := w.Attachment("photo", "", []byte("picture"))
			m["media_group_id"] = "777"
			w.Say(anna, 42, m)
		}
	}, n: 2, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "album", evs[0].Message.Album, "42:777")
		equal(t, "album", evs[1].Message.Album, "42:777")
	}},
	{name: "video", act: attach("video"), want: has(channels.MediaVideo, "video/mp4")},
	{name: "video note", act: attach("video_note"), want: has(channels.MediaVideo, "video/mp4")},
	{name: "voice", act: attach("voice"), want: has(channels.MediaVoice, "audio/ogg")},
	{name: "audio", act: attach("audio"), want: has(channels.MediaAudio, "audio/mpeg")},
	{name: "animation", act: attach("animation"), want: has(channels.MediaAnimation, "video/mp4")},
	{name: "document", act: attach("document"), want: has(channels.MediaFile, "")},
	{name: "sticker", act: attach("sticker"), want: has(channels.MediaSticker, "image/webp")},
	{name: "location", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"location": object{"latitude": 55.75, "longitude": 37.5}})
	}, want: func(t *testing.T, evs []channels.Event) {
		m := evs[0].Message
		equal(t, "text", m.Text, "📍 55.75,37.5\nhttps://maps.google.com/maps?q=55.75,37.5")
		equal(t, "location", *m.Location, channels.Location{Latitude: 55.75, Longitude: 37.5})
	}},
	{name: "venue", act: func(w *world, anna object) {
		place := object{"latitude": 55.75, "longitude": 37.5}
		w.Say(anna, 42, object{"location": place, "venue": object{"location": place, "title": "Café", "address": "Main st. 1"}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "location", *evs[0].Message.Location, channels.Location{Latitude: 55.75, Longitude: 37.5, Title: "Café", Address: "Main st. 1"})
		equal(t, "text", strings.Split(evs[0].Message.Text, "\n")[0], "📍 Café, Main st. 1")
	}},
	{name: "somebody's card", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"contact": object{"phone_number": "+7 999 111-22-33", "first_name": "Oleg"}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "text", evs[0].Message.Text, "👤 Oleg, +79991112233")
		equal(t, "cards", evs[0].Message.Cards[0].Phones[0], "+79991112233")
		equal(t, "further addresses", len(evs[0].Sender.Extra), 0)
	}},
	{name: "one's own card", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"contact": object{"phone_number": "79991112233", "first_name": "Anna", "user_id": 42}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "further addresses", evs[0].Sender.Extra[0], channels.Address{Scope: "phone", Address: "+79991112233", Verified: true})
	}},
	{name: "poll", act: func(w *world, anna object) {
		option := func(text string) object { return object{"text": text, "voter_count": 0, "persistent_id": text} }
		w.Say(anna, 42, object{"poll": object{
			"id": "1", "question": "When?", "options": []object{option("now"), option("later")}, "total_voter_count": 0, "is_closed": false,
			"is_anonymous": true, "type": "regular", "allows_multiple_answers": false, "allows_revoting": false, "members_only": false,
		}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "text", evs[0].Message.Text, "📊 When?\n▫️ now\n▫️ later")
	}},
	{name: "dice", act: func(w *world, anna object) { w.Say(anna, 42, object{"dice": object{"emoji": "🎲", "value": 5}}) },
		want: func(t *testing.T, evs []channels.Event) { equal(t, "text", evs[0].Message.Text, "🎲 5") }},
	{name: "rich message", act: func(w *world, anna object) {
		w.Say(anna, 42, object{"rich_message": object{"blocks": []object{
			{"type": "heading", "text": "Head", "size": 1},
			{"type": "paragraph", "text": []any{"one ", object{"type": "bold", "text": "two"}}},
			{"type": "list", "items": []object{{"label": "1.", "blocks": []object{{"type": "paragraph", "text": "item"}}}}},
		}}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "text", evs[0].Message.Text, "Head\none two\n1. item")
	}},
	{name: "edit", act: func(w *world, anna object) {
		id := w.Say(anna, 42, object{"text": "helo"})
		w.Change(42, id, object{"text": "hello", "entities": []object{{"type": "bold", "offset": 0, "length": 5}}})
	}, n: 2, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "edit", *evs[1].Edit, channels.Edit{RemoteID: "42:1", Text: "hello", HTML: "<b>hello</b>"})
	}},
	{name: "reaction, changed and taken back", act: func(w *world, anna object) {
		id := w.Say(anna, 42, object{"text": "hi"})
		w.React(anna, 42, id, "👍")
		w.React(anna, 42, id, "🔥")
		w.React(anna, 42, id, "")
		w.React(anna, 42, id, "👍") // within the same second as the first
	}, n: 5, want: func(t *testing.T, evs []channels.Event) {
		for i, emoji := range []string{"👍", "🔥", "", "👍"} {
			equal(t, "reaction", *evs[i+1].Reaction, channels.Reaction{RemoteID: "42:1", Emoji: emoji})
		}
	}},
	{name: "group", act: func(w *world, anna object) {
		w.Group(-100500, "Club")
		w.Say(anna, -100500, object{"text": "all of you"})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "chat", evs[0].Chat, "-100500")
		equal(t, "subject", evs[0].Subject, "Club")
		equal(t, "sender", evs[0].Sender.Address, "42")
	}},
	{name: "topic of a forum", act: func(w *world, anna object) {
		w.Group(-1001000000500, "Forum")
		w.Say(anna, -1001000000500, object{"text": "here", "is_topic_message": true, "message_thread_id": 9,
			"reply_to_message": object{"message_id": 9, "date": 1, "chat": object{"id": -1001000000500, "type": "supergroup", "title": "Forum"},
				"forum_topic_created": object{"name": "Help", "icon_color": 1}}})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "chat", evs[0].Chat, "-1001000000500/t9")
		equal(t, "reply to", evs[0].Message.ReplyTo, "")
		equal(t, "remote id", evs[0].Message.RemoteID, "-1001000000500:1")
	}},
	{name: "anonymous administrator", act: func(w *world, _ object) {
		g := w.Group(-100500, "Club")
		w.Say(object{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}, -100500, object{"text": "order!", "sender_chat": g})
	}, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "sender", evs[0].Sender.Address+" "+evs[0].Sender.Name, "-100500 Club")
		equal(t, "nature", evs[0].Nature, channels.NaturePerson)
	}},
	{name: "another bot", act: func(w *world, _ object) {
		w.Group(-100500, "Club")
		w.Say(object{"id": 5, "is_bot": true, "first_name": "Meteo"}, -100500, object{"text": "rain"})
	}, want: func(t *testing.T, evs []channels.Event) { equal(t, "nature", evs[0].Nature, channels.NatureNotice) }},
	{name: "business: contact, owner, away message", act: func(w *world, anna object) {
		owner := user(7, "Olga")
		c := w.Connect(owner, "conn1")
		w.Say(anna, 42, object{"text": "is it there?", "business_connection_id": c})
		w.Say(owner, 42, object{"text": "yes", "business_connection_id": c})
		w.Say(owner, 42, object{"text": "we are closed", "business_connection_id": c, "is_from_offline": true})
	}, n: 3, want: func(t *testing.T, evs []channels.Event) {
		for i, want := range []channels.Direction{channels.Inward, channels.Echo, channels.Echo} {
			equal(t, "direction", evs[i].Direction, want)
			equal(t, "chat", evs[i].Chat, "42@conn1")
			equal(t, "contact", evs[i].Sender.Address, "42")
		}
		equal(t, "remote id", evs[1].Message.RemoteID, "42@conn1:2")
		equal(t, "nature", evs[2].Nature, channels.NatureAutoReply)
	}},
	{name: "business: edit and deletions", act: func(w *world, anna object) {
		c := w.Connect(user(7, "Olga"), "conn1")
		id := w.Say(anna, 42, object{"text": "a", "business_connection_id": c})
		w.Change(42, id, object{"text": "b"})
		w.Update("deleted_business_messages", object{"business_connection_id": c, "chat": object{"id": 42, "type": "private", "first_name": "Anna"}, "message_ids": []int64{id, 99}})
	}, n: 4, want: func(t *testing.T, evs []channels.Event) {
		equal(t, "edit", *evs[1].Edit, channels.Edit{RemoteID: "42@conn1:1", Text: "b"})
		equal(t, "deletion", evs[2].Delete.RemoteID, "42@conn1:1")
		equal(t, "deletion", evs[3].Delete.RemoteID, "42@conn1:99")
	}},
	{name: "bot stopped by a person", act: func(w *world, anna object) { w.Block(anna) },
		want: func(t *testing.T, evs []channels.Event) {
			equal(t, "nature", evs[0].Nature, channels.NatureAutoReply)
			if !strings.HasPrefix(evs[0].Message.Text, "⛔") {
				t.Errorf("the text is %q", evs[0].Message.Text)
			}
		}},
	{name: "join, then a message", act: func(w *world, anna object) {
		w.Group(-100500, "Club")
		w.Say(anna, -100500, object{"new_chat_members": []object{anna}})
		w.Say(anna, -100500, object{"text": "hi"})
	}, want: func(t *testing.T, evs []channels.Event) { equal(t, "text", evs[0].Message.Text, "hi") }},
	{name: "what is not known stays in quarantine", act: func(w *world, anna object) {
		w.rubbish.Store(true)
		w.Say(anna, 42, object{"hologram": object{"size": 3}})
	}, want: func(t *testing.T, evs []channels.Event) {
		if evs[0].Problem == "" || !strings.Contains(string(evs[0].Raw), "hologram") {
			t.Errorf("the event is %+v", evs[0])
		}
	}},
	{name: "a new kind of a part costs that part alone", act: func(w *world, anna object) {
		w.rubbish.Store(true)
		w.Say(anna, 42, object{"text": "still here", "forward_origin": object{"type": "hologram", "date": 1}})
	}, want: func(t *testing.T, evs []channels.Event) { equal(t, "text", evs[0].Message.Text, "still here") }},
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{telegram.ModePoll, telegram.ModeWebhook} {
		for _, c := range kinds {
			t.Run(mode+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, mode)
				rec := channeltest.NewRecorder(channeltest.NewJournal())
				anna := w.Person(42, "Anna", "Ivanova")
				w.run(t, w.open(t), rec)
				w.asked(t)
				c.act(w, anna)
				evs := kept(t, rec, max(c.n, 1))
				if len(evs) != max(c.n, 1) {
					t.Fatalf("%d events came, want %d", len(evs), max(c.n, 1))
				}
				c.want(t, evs)
				if faults := rec.Faults(); len(faults) > 0 {
					t.Errorf("delivered: %v", faults)
				}
			})
		}
	}
	t.Cleanup(func() {
		if !testing.Verbose() {
			return
		}
		for _, c := range kinds {
			t.Logf("covered by poll and webhook: %s", c.name)
		}
	})
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func attach(kind string) func(*world, object) {
	return func(w *world, anna object) { w.Say(anna, 42, w.Attachment(kind, "thing.bin", []byte("bytes"))) }
}

func has(kind channels.MediaKind, mediaType string) func(*testing.T, []channels.Event) {
	return func(t *testing.T, evs []channels.Event) { media(t, evs[0].Message, kind, mediaType) }
}

func media(t *testing.T, m *channels.Message, kind channels.MediaKind, mediaType string) {
	t.Helper()
	if len(m.Media) != 1 {
		t.Fatalf("the message has %d files, want 1", len(m.Media))
	}
	equal(t, "kind", m.Media[0].Kind, kind)
	equal(t, "type", m.Media[0].Type, mediaType)
	if strings.Contains(m.Media[0].Ref, token) {
		t.Error("the reference holds the token")
	}
}
