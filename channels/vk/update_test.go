package vk_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/vk"
)

var (
	key   = []byte(strings.Repeat("k", 32))
	names = map[int64]string{1001: "Иван Петров", 1002: "Ольга Ким", 2000000005: "Склад"}
)

// one is the only event of an update.
func one(t *testing.T, raw string) channels.Event {
	t.Helper()
	events := vk.Events([]byte(raw), group, key, names)
	if len(events) != 1 {
		t.Fatalf("%d events of %s", len(events), raw)
	}
	return events[0]
}

func envelope(kind, object string) string {
	return fmt.Sprintf(`{"type":%q,"event_id":"e1","group_id":224466,"v":"5.199","object":%s}`, kind, object)
}

func message(kind, fields string) string {
	m := `{"id":5,"date":1700000000,"peer_id":1001,"from_id":1001,"conversation_message_id":7,"out":0,"text":"` + fields + `}`
	if kind == "message_new" {
		m = `{"message":` + m + `}`
	}
	return envelope(kind, m)
}

func TestMessages(t *testing.T) {
	t.Parallel()
	photo := `{"type":"photo","photo":{"id":3,"owner_id":-1,"access_key":"SECRET","sizes":[{"url":"https://v/s?key=SECRET","width":1,"height":1},{"url":"https://v/z?key=SECRET","width":9,"height":9}]}}`
	for name, c := range map[string]struct {
		raw  string
		want channels.Message
	}{
		"text":    {message("message_new", `Привет"`), channels.Message{Text: "Привет"}},
		"escapes": {message("message_new", `1 &lt; 2 &amp;&amp; &quot;x&quot;"`), channels.Message{Text: `1 < 2 && "x"`}},
		"formatting": {
			message("message_new", `😀 жир и ссылка","format_data":{"version":"1","items":[{"type":"bold","offset":3,"length":3},{"type":"url","offset":9,"length":6,"url":"https://a.ru/?x=1&y=2"}]}`),
			channels.Message{Text: "😀 жир и ссылка", HTML: `😀 <b>жир</b> и <a href="https://a.ru/?x=1&amp;y=2">ссылка</a>`},
		},
		"mention": {
			message("message_new", `[id1002|Ольга], да?"`),
			channels.Message{Text: "Ольга, да?", HTML: `<a href="https://vk.com/id1002">Ольга</a>, да?`},
		},
		"photos": {
			message("message_new", `","attachments":[`+photo+`,`+strings.Replace(photo, `"id":3`, `"id":4`, 1)+`]`),
			channels.Message{Media: []channels.Media{
				{Ref: "1001_7 photo-1_3", Kind: channels.MediaPhoto, Type: "image/jpeg", Name: "photo.jpg"},
				{Ref: "1001_7 photo-1_4", Kind: channels.MediaPhoto, Type: "image/jpeg", Name: "photo.jpg"},
			}},
		},
		"voice": {
			message("message_new", `","attachments":[{"type":"audio_message","audio_message":{"id":3,"owner_id":1001,"link_ogg":"https://v/a.ogg","transcript":"алло"}}]`),
			channels.Message{Text: "алло", Media: []channels.Media{{Ref: "1001_7 audio_message1001_3", Kind: channels.MediaVoice, Type: "audio/ogg", Name: "voice.ogg"}}},
		},
		"document": {
			message("message_new", `","attachments":[{"type":"doc","doc":{"id":3,"owner_id":1001,"title":"счёт.pdf","ext":"pdf","size":9,"type":1,"url":"https://v/d?dkey=SECRET"}}]`),
			channels.Message{Media: []channels.Media{{Ref: "1001_7 doc1001_3", Type: "application/pdf", Name: "счёт.pdf", Size: 9}}},
		},
		"gif": {
			message("message_new", `","attachments":[{"type":"doc","doc":{"id":3,"owner_id":1,"title":"cat","ext":"gif","size":9,"type":3,"url":"https://v/d"}}]`),
			channels.Message{Media: []channels.Media{{Ref: "1001_7 doc1_3", Kind: channels.MediaAnimation, Type: "image/gif", Name: "cat.gif", Size: 9}}},
		},
		"sticker": {
			message("message_new", `","attachments":[{"type":"sticker","sticker":{"sticker_id":77,"images":[{"url":"https://v/s.png","width":64,"height":64}]}}]`),
			channels.Message{Media: []channels.Media{{Ref: "1001_7 sticker77", Kind: channels.MediaSticker, Type: "image/png", Name: "sticker.png"}}},
		},
		"video": {
			message("message_new", `","attachments":[{"type":"video","video":{"id":3,"owner_id":-5,"title":"Обзор","access_key":"SECRET","image":[{"url":"https://v/p.jpg","width":9,"height":9}]}}]`),
			channels.Message{Text: "🎬 Обзор\nhttps://vk.com/video-5_3", Media: []channels.Media{{Ref: "1001_7 video-5_3", Kind: channels.MediaPhoto, Type: "image/jpeg", Name: "Обзор.jpg"}}},
		},
		"music without a file": {
			message("message_new", `","attachments":[{"type":"audio","audio":{"id":1,"owner_id":2,"artist":"Кино","title":"Печаль","url":""}}]`),
			channels.Message{Text: "🎵 Кино - Печаль"},
		},
		"product": {
			message("message_new", `Есть?","attachments":[{"type":"market","market":{"id":9,"owner_id":-5,"title":"Чашка","price":{"text":"125 ₽"}}}]`),
			channels.Message{Text: "Есть?\n🛍 Чашка, 125 ₽\nhttps://vk.com/product-5_9"},
		},
		"post with a photo": {
			message("message_new", `","attachments":[{"type":"wall","wall":{"id":8,"from_id":-5,"to_id":-5,"text":"Акция","attachments":[`+photo+`]}}]`),
			channels.Message{
				Text: "> Акция\n📝 https://vk.com/wall-5_8", HTML: `<blockquote>Акция</blockquote>📝 https://vk.com/wall-5_8`,
				Media: []channels.Media{{Ref: "1001_7 photo-1_3", Kind: channels.MediaPhoto, Type: "image/jpeg", Name: "photo.jpg"}},
			},
		},
		"link":    {message("message_new", `","attachments":[{"type":"link","link":{"title":"Сайт","url":"https://a.ru"}}]`), channels.Message{Text: "🔗 Сайт\nhttps://a.ru"}},
		"gift":    {message("message_new", `","attachments":[{"type":"gift","gift":{"id":1}}]`), channels.Message{Text: "🎁"}},
		"poll":    {message("message_new", `","attachments":[{"type":"poll","poll":{"question":"Да?","answers":[{"text":"да"},{"text":"нет"}]}}]`), channels.Message{Text: "📊 Да?\n▫️ да\n▫️ нет"}},
		"unknown": {message("message_new", `","attachments":[{"type":"hologram","hologram":{}},7,{"type":[]}]`), channels.Message{Text: "[hologram]\n[?]\n[?]"}},
		"place": {
			message("message_new", `Я тут","geo":{"type":"point","coordinates":{"latitude":55.75,"longitude":37.61},"place":{"title":"Кремль","city":"Москва"}}`),
			channels.Message{
				Text:     "Я тут\n📍 Кремль, Москва\nhttps://maps.google.com/maps?q=55.75,37.61",
				Location: &channels.Location{Latitude: 55.75, Longitude: 37.61, Title: "Кремль", Address: "Москва"},
			},
		},
		"reply": {message("message_new", `да","reply_message":{"conversation_message_id":4,"from_id":1,"text":"?"}`), channels.Message{Text: "да", ReplyTo: "1001_4"}},
		"forwarded": {
			message("message_new", `смотрите","fwd_messages":[{"from_id":1002,"text":"цена?","fwd_messages":[{"from_id":-7,"text":"сто"}]}]`),
			channels.Message{
				Text: "смотрите\n> ↪ Ольга Ким:\n> цена?\n> > ↪ vk.com/club7:\n> > сто",
				HTML: "смотрите<br><blockquote>↪ Ольга Ким:<br>цена?<br><blockquote>↪ vk.com/club7:<br>сто</blockquote></blockquote>",
			},
		},
		"button of ours":       {message("message_new", `Да","payload":"{\"d\":\"yes\",\"t\":\"Да\"}"`), channels.Message{Text: "Да", Press: &channels.Press{Data: "yes"}}},
		"button of a stranger": {message("message_new", `Начать","payload":"{\"command\":\"start\"}"`), channels.Message{Text: "Начать", Press: &channels.Press{Data: `{"command":"start"}`}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ev := one(t, c.raw)
			c.want.RemoteID = "1001_7"
			if ev.Problem != "" || !reflect.DeepEqual(*ev.Message, c.want) {
				t.Errorf("got  %+v (%s)\nwant %+v", *ev.Message, ev.Problem, c.want)
			}
			if ev.Key != "m:224466:1001_7" || ev.Chat != "1001" || ev.Direction != channels.Inward || !ev.At.Equal(time.Unix(1700000000, 0)) ||
				!reflect.DeepEqual(ev.Sender, channels.Sender{Scope: "vk", Address: "1001", Name: "Иван Петров", Verified: true}) {
				t.Errorf("event = %+v", ev)
			}
			for _, m := range ev.Message.Media {
				if strings.Contains(m.Ref, "SECRET") || strings.Contains(m.Ref, "http") {
					t.Errorf("the reference %q opens the file", m.Ref)
				}
			}
		})
	}
}

func TestEveryWayHasOneKey(t *testing.T) {
	t.Parallel()
	m := `{"id":5,"date":1700000000,"peer_id":1001,"from_id":1001,"conversation_message_id":7,"text":"a"}`
	pushed := one(t, envelope("message_new", `{"client_info":{},"message":`+m+`}`))
	old := one(t, envelope("message_new", m)) // as before 5.103
	history := one(t, `{"type":"message_new","object":`+m+`}`)
	if pushed.Key != old.Key || pushed.Key != history.Key {
		t.Errorf("keys %s, %s, %s", pushed.Key, old.Key, history.Key)
	}
}

func TestGroupChat(t *testing.T) {
	t.Parallel()
	ev := one(t, envelope("message_new", `{"message":{"peer_id":2000000005,"from_id":1002,"conversation_message_id":3,"text":"[club224466|@lavka] Да","payload":"{\"d\":\"y\",\"t\":\"Да\"}"}}`))
	if ev.Chat != "2000000005" || ev.Subject != "Склад" || ev.Sender.Address != "1002" || ev.Message.Text != "Да" {
		t.Errorf("event = %+v, message = %+v", ev, ev.Message)
	}
}

func TestEchoes(t *testing.T) {
	t.Parallel()
	m := channels.Outgoing{MessageID: 31, Key: "31"}
	for name, c := range map[string]struct {
		payload string
		ours    int64
	}{
		"of an administrator": {"", 0},
		"of ours":             {vk.Payload(key, m, 1001), 31},
		"of ours elsewhere":   {vk.Payload(key, m, 1002), 0},
		"signed by another":   {vk.Payload([]byte("another"), m, 1001), 0},
		"of another program":  {`{"parley":{"id":31,"sign":""}}`, 0},
		"rubbish":             {`[[[`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			payload, _ := json.Marshal(c.payload)
			ev := one(t, envelope("message_reply", `{"peer_id":1001,"from_id":-224466,"out":1,"conversation_message_id":8,"text":"ответ","payload":`+string(payload)+`}`))
			if ev.Direction != channels.Echo || ev.Message.Ours != c.ours || ev.Message.RemoteID != "1001_8" || ev.Sender.Address != "1001" || ev.Message.Press != nil {
				t.Errorf("event = %+v, message = %+v", ev, ev.Message)
			}
		})
	}
}

func TestOtherEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw   string
		check func(ev channels.Event) bool
	}{
		"edit": {message("message_edit", `новое","update_time":1700000100`), func(ev channels.Event) bool {
			return ev.Edit != nil && ev.Edit.RemoteID == "1001_7" && ev.Edit.Text == "новое" && strings.HasPrefix(string(ev.Key), "e:1001_7:1700000100:")
		}},
		"read": {envelope("message_read", `{"from_id":1001,"peer_id":1001,"read_message_id":5,"conversation_message_id":8}`), func(ev channels.Event) bool {
			return ev.Key == "r:1001_8:1001" && reflect.DeepEqual(*ev.Receipt, channels.Receipt{RemoteID: "1001_8", State: channels.Read, UpTo: true})
		}},
		"reaction": {envelope("message_reaction_event", `{"reacted_id":1001,"peer_id":1001,"cmid":8,"reaction_id":4}`), func(ev channels.Event) bool {
			return ev.Key == "v:e1" && *ev.Reaction == channels.Reaction{RemoteID: "1001_8", Emoji: "👍"}
		}},
		"reaction taken back": {envelope("message_reaction_event", `{"reacted_id":1001,"peer_id":1001,"cmid":8}`), func(ev channels.Event) bool {
			return *ev.Reaction == channels.Reaction{RemoteID: "1001_8"}
		}},
		"press": {envelope("message_event", `{"user_id":1001,"peer_id":1001,"event_id":"p9","payload":{"d":"yes","t":"Да"},"conversation_message_id":8}`), func(ev channels.Event) bool {
			return ev.Key == "p:p9" && ev.Message.Text == "Да" && *ev.Message.Press == channels.Press{RemoteID: "1001_8", Data: "yes"}
		}},
		"order": {envelope("market_order_new", `{"id":42,"display_order_id":"1001-42","user_id":1001,"date":1700000000,"status":0,"items_count":3,"comment":"к вечеру","total_price":{"text":"375 ₽"},
			"recipient":{"phone":"+7999"},"delivery":{"address":"Невский, 1"},
			"preview_order_items":[{"title":"Чашка","quantity":2,"price":{"amount":"12550","currency":{"name":"RUB"}},"variants":["синяя"]}]}`), func(ev channels.Event) bool {
			return ev.Key == "o:42" && ev.Nature == channels.NaturePerson && ev.Chat == "1001" && ev.Message.Text ==
				"🛒 Заказ / Order № 1001-42 (новый / new)\n• Чашка × 2, 125.50 RUB (синяя)\n… + 2\nИтого / Total: 375 ₽\n👤 Иван Петров, +7999\n🚚 Невский, 1\n💬 к вечеру"
		}},
		"allowed": {envelope("message_allow", `{"user_id":1001,"key":""}`), func(ev channels.Event) bool {
			return ev.Key == "v:e1" && ev.Nature == channels.NatureAutoReply && ev.Chat == "1001" && strings.Contains(ev.Message.Text, "were allowed")
		}},
		"forbidden": {envelope("message_deny", `{"user_id":1001}`), func(ev channels.Event) bool {
			return ev.Key == "v:e1" && ev.Nature == channels.NatureAutoReply && ev.Chat == "1001" && strings.Contains(ev.Message.Text, "were forbidden")
		}},
		"changed order": {envelope("market_order_edit", `{"id":42,"user_id":1001,"status":5}`), func(ev channels.Event) bool {
			return ev.Key == "v:e1" && ev.Nature == channels.NatureNotice && strings.Contains(ev.Message.Text, "cancelled")
		}},
		"lead form": {envelope("lead_forms_new", `{"lead_id":3,"user_id":1001,"form_name":"Звонок","answers":[{"key":"phone_number","question":"Телефон","answer":"+7999"},{"key":"city","answer":["A","B"]}]}`), func(ev channels.Event) bool {
			return ev.Key == "l:3" && ev.Message.Text == "📋 Звонок\nТелефон: +7999\ncity: [\"A\",\"B\"]"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if ev := one(t, c.raw); ev.Problem != "" || !c.check(ev) {
				t.Errorf("event = %+v; message = %+v; receipt = %+v; reaction = %+v", ev, ev.Message, ev.Receipt, ev.Reaction)
			}
		})
	}
}

func TestWhatIsNoConversation(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		envelope("wall_reply_new", `{"id":1}`), envelope("group_join", `{"user_id":1}`), envelope("message_typing_state", `{"from_id":1,"to_id":-1}`),
		envelope("never_seen_before", `[]`),
		envelope("message_new", `{"message":{"peer_id":2000000005,"from_id":1,"conversation_message_id":2,"text":"","action":{"type":"chat_kick_user","member_id":1}}}`),
		envelope("message_read", `{"from_id":-224466,"peer_id":1001,"conversation_message_id":2}`),
		envelope("message_reaction_event", `{"reacted_id":-224466,"peer_id":1001,"cmid":8,"reaction_id":4}`),
	} {
		if events := vk.Events([]byte(raw), group, key, names); len(events) != 0 {
			t.Errorf("%s became %+v", raw, events)
		}
	}
}

func TestWhatIsNotUnderstoodIsKept(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`{`, `null`, `42`, `{"type":7}`, envelope("message_new", `{}`), envelope("message_new", `[]`), envelope("message_new", `{"message":{"peer_id":"x"}}`),
		envelope("message_event", `{"user_id":1}`), envelope("market_order_new", `{"id":1}`), envelope("message_deny", `{}`), envelope("message_reaction_event", `{}`), envelope("message_read", `7`),
	} {
		ev := one(t, raw)
		if ev.Problem == "" || string(ev.Raw) != raw || ev.Key == "" {
			t.Errorf("%s became %+v", raw, ev)
		}
	}
}
