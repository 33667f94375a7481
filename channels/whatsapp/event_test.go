package whatsapp_test

import (
	"reflect"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/whatsapp"
	"parley/channels/whatsapp/whatsapptest"
)

// single pushes one change and returns its one event.
func single(t *testing.T, field string, value map[string]any) channels.Event {
	t.Helper()
	in := newInbox(newWorld(t).open(t))
	if status := in.push(t, envelope(t, of(field, value))); status != 200 {
		t.Fatalf("answered %d", status)
	}
	events := in.Events()
	if len(events) != 1 || events[0].Problem != "" {
		t.Fatalf("%d events, problem %q", len(events), events[0].Problem)
	}
	return events[0]
}

func incoming(m map[string]any) map[string]any {
	whole := map[string]any{"id": "wamid.1", "from": phone, "timestamp": "1749416383"}
	for k, v := range m {
		whole[k] = v
	}
	return map[string]any{"messages": []any{whole}, "contacts": []any{map[string]any{"wa_id": phone, "profile": map[string]any{"name": "Ann"}}}}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   map[string]any
		want channels.Message
	}{
		"text": {map[string]any{"type": "text", "text": map[string]any{"body": "2*3*4 *bold* <b>"}},
			channels.Message{Text: "2*3*4 *bold* <b>", HTML: "2*3*4 <b>bold</b> &lt;b&gt;"}},
		"answer": {map[string]any{"type": "text", "text": map[string]any{"body": "yes"}, "context": map[string]any{"id": "wamid.0", "from": meta.Number}},
			channels.Message{Text: "yes", ReplyTo: "wamid.0"}},
		"about a product": {map[string]any{"type": "text", "text": map[string]any{"body": "still there?"}, "context": map[string]any{"id": "wamid.0", "referred_product": map[string]any{"catalog_id": "1", "product_retailer_id": "SHOE-7"}}},
			channels.Message{Text: "Товар · Product: SHOE-7\nstill there?", ReplyTo: "wamid.0"}},
		"voice": {map[string]any{"type": "audio", "audio": map[string]any{"id": "11", "mime_type": "audio/ogg; codecs=opus", "voice": true}},
			channels.Message{Media: []channels.Media{{Ref: "11", Kind: channels.MediaVoice, Type: "audio/ogg; codecs=opus"}}}},
		"document": {map[string]any{"type": "document", "document": map[string]any{"id": "12", "mime_type": "application/pdf", "filename": "акт.pdf", "caption": "Акт", "url": "https://lookaside.fbsbx.com/x?token=secret"}},
			channels.Message{Text: "Акт", Media: []channels.Media{{Ref: "12", Name: "акт.pdf", Type: "application/pdf"}}}},
		"place": {map[string]any{"type": "location", "location": map[string]any{"latitude": 55.75, "longitude": 37.61, "name": "Кремль", "address": "Москва"}},
			channels.Message{Text: "Кремль\nМосква\nhttps://maps.google.com/?q=55.75,37.61", Location: &channels.Location{Latitude: 55.75, Longitude: 37.61, Title: "Кремль", Address: "Москва"}}},
		"cards": {map[string]any{"type": "contacts", "contacts": []any{map[string]any{"name": map[string]any{"formatted_name": "Bob"}, "phones": []any{map[string]any{"phone": "+1 555"}}, "emails": []any{map[string]any{"email": "b@x.org"}}}}},
			channels.Message{Text: "Bob: +1 555, b@x.org", Cards: []channels.Card{{Name: "Bob", Phones: []string{"+1 555"}, Emails: []string{"b@x.org"}}}}},
		"button": {map[string]any{"type": "interactive", "context": map[string]any{"id": "wamid.0"}, "interactive": map[string]any{"type": "button_reply", "button_reply": map[string]any{"id": "yes", "title": "Да"}}},
			channels.Message{Text: "Да", ReplyTo: "wamid.0", Press: &channels.Press{RemoteID: "wamid.0", Data: "yes"}}},
		"choice": {map[string]any{"type": "interactive", "context": map[string]any{"id": "wamid.0"}, "interactive": map[string]any{"type": "list_reply", "list_reply": map[string]any{"id": "r2", "title": "Second", "description": "the next"}}},
			channels.Message{Text: "Second", ReplyTo: "wamid.0", Press: &channels.Press{RemoteID: "wamid.0", Data: "r2"}}},
		"template's button": {map[string]any{"type": "button", "context": map[string]any{"id": "wamid.0"}, "button": map[string]any{"payload": "STOP", "text": "Stop"}},
			channels.Message{Text: "Stop", ReplyTo: "wamid.0", Press: &channels.Press{RemoteID: "wamid.0", Data: "STOP"}}},
		"form": {map[string]any{"type": "interactive", "interactive": map[string]any{"type": "nfm_reply", "nfm_reply": map[string]any{"name": "flow", "body": "Sent", "response_json": `{"flow_token":"t","size":42,"colour":"red"}`}}},
			channels.Message{Text: "Форма · Form: flow\ncolour: red\nsize: 42"}},
		"order": {map[string]any{"type": "order", "order": map[string]any{"catalog_id": "1", "text": "soon please", "product_items": []any{map[string]any{"product_retailer_id": "A", "quantity": 2, "item_price": 10.5, "currency": "EUR"}}}},
			channels.Message{Text: "Заказ · Order\nsoon please\n• A × 2, 10.5 EUR"}},
		"a file of the history": {map[string]any{"type": "media_placeholder"},
			channels.Message{Text: "Файл · File"}},
		"a kind to come": {map[string]any{"type": "poll", "poll": map[string]any{}},
			channels.Message{Text: "WhatsApp не передаёт такое сообщение: попросите прислать его текстом или файлом · WhatsApp does not hand over this message: ask for it as text or a file"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ev := single(t, "messages", incoming(c.in))
			c.want.RemoteID = "wamid.1"
			if !reflect.DeepEqual(*ev.Message, c.want) {
				t.Errorf("got  %+v\nwant %+v", *ev.Message, c.want)
			}
			if ev.Key != "m:wamid.1" || ev.Chat != "+"+phone || ev.Sender.Scope != "phone" || ev.Sender.Address != "+"+phone || ev.Sender.Name != "Ann" || !ev.At.Equal(time.Unix(1749416383, 0)) {
				t.Errorf("key %s, chat %s, of %+v at %s", ev.Key, ev.Chat, ev.Sender, ev.At)
			}
		})
	}
}

func TestWho(t *testing.T) {
	t.Parallel()
	both := channels.Sender{Scope: "phone", Address: "+" + phone, Name: "Ann", Verified: true, Extra: []channels.Address{{Scope: "account:7", Address: "US.42", Verified: true}}}
	hidden := channels.Sender{Scope: "account:7", Address: "US.42", Name: "ann.smith", Verified: true}
	said := map[string]any{"type": "text", "text": map[string]any{"body": "hi"}}
	with := func(m map[string]any) map[string]any {
		for k, v := range said {
			m[k] = v
		}
		m["id"], m["timestamp"] = "wamid.1", 1749416383
		return m
	}
	for name, c := range map[string]struct {
		field  string
		value  map[string]any
		sender channels.Sender
		chat   string
		way    channels.Direction
	}{
		"phone and id":                      {"messages", map[string]any{"messages": []any{with(map[string]any{"from": phone, "from_user_id": "US.42"})}, "contacts": []any{map[string]any{"wa_id": phone, "user_id": "US.42", "profile": map[string]any{"name": "Ann"}}}}, both, "+" + phone, channels.Inward},
		"hidden phone":                      {"messages", map[string]any{"messages": []any{with(map[string]any{"from_user_id": "US.42"})}, "contacts": []any{map[string]any{"user_id": "US.42", "profile": map[string]any{"username": "ann.smith"}}}}, hidden, "US.42", channels.Inward},
		"group":                             {"messages", map[string]any{"messages": []any{with(map[string]any{"from": phone, "from_user_id": "US.42", "group_id": "G1"})}, "contacts": []any{map[string]any{"wa_id": phone, "user_id": "US.42", "profile": map[string]any{"name": "Ann"}}}}, both, "group:G1", channels.Inward},
		"echo":                              {"smb_message_echoes", map[string]any{"message_echoes": []any{with(map[string]any{"from": meta.Number, "to": phone, "to_user_id": "US.42"})}, "contacts": []any{map[string]any{"wa_id": phone, "user_id": "US.42", "profile": map[string]any{"name": "Ann"}}}}, both, "+" + phone, channels.Echo},
		"echo to one whose phone is hidden": {"smb_message_echoes", map[string]any{"message_echoes": []any{with(map[string]any{"from": meta.Number, "to_user_id": "US.42"})}, "contacts": []any{map[string]any{"user_id": "US.42", "profile": map[string]any{"username": "ann.smith"}}}}, hidden, "US.42", channels.Echo},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ev := single(t, c.field, c.value)
			if !reflect.DeepEqual(ev.Sender, c.sender) || ev.Chat != c.chat || ev.Direction != c.way {
				t.Errorf("%s in %s by %+v, want %s in %s by %+v", ev.Direction, ev.Chat, ev.Sender, c.way, c.chat, c.sender)
			}
		})
	}
}

func TestChangedNumberJoinsTheContact(t *testing.T) {
	t.Parallel()
	ev := single(t, "messages", map[string]any{"messages": []any{map[string]any{"id": "wamid.1", "from": phone, "timestamp": "1", "type": "system", "system": map[string]any{"body": "Ann changed", "type": "user_changed_number", "wa_id": "12195555358"}}}})
	want := []channels.Address{{Scope: "phone", Address: "+12195555358", Verified: true}}
	if ev.Nature != channels.NatureNotice || ev.Message.Text != "Ann changed" || !reflect.DeepEqual(ev.Sender.Extra, want) {
		t.Errorf("%s %q, further addresses %+v", ev.Nature, ev.Message.Text, ev.Sender.Extra)
	}
}

func TestAdvertisements(t *testing.T) {
	t.Parallel()
	ev := single(t, "messages", incoming(map[string]any{"type": "text", "text": map[string]any{"body": "hi"}, "referral": map[string]any{"source_url": "https://fb.me/3cr", "source_type": "ad", "source_id": "1202", "headline": "Chat", "ctwa_clid": "Aff"}}))
	want := channels.Source{Referrer: "https://fb.me/3cr", UTM: map[string]string{"utm_source": "whatsapp", "utm_medium": "ad", "utm_campaign": "1202", "utm_content": "Chat", "ctwa_clid": "Aff"}}
	if !reflect.DeepEqual(ev.Source, want) {
		t.Errorf("%+v, want %+v", ev.Source, want)
	}
}

func TestEditsDeletionsReactions(t *testing.T) {
	t.Parallel()
	edit := single(t, "messages", incoming(map[string]any{"type": "edit", "edit": map[string]any{"original_message_id": "wamid.0", "message": map[string]any{"type": "image", "image": map[string]any{"id": "1", "caption": "*new*"}}}}))
	if edit.Edit == nil || *edit.Edit != (channels.Edit{RemoteID: "wamid.0", Text: "*new*", HTML: "<b>new</b>"}) {
		t.Errorf("edit: %+v", edit.Edit)
	}
	gone := single(t, "messages", incoming(map[string]any{"type": "revoke", "revoke": map[string]any{"original_message_id": "wamid.0"}}))
	if gone.Delete == nil || gone.Delete.RemoteID != "wamid.0" {
		t.Errorf("deletion: %+v", gone.Delete)
	}
	liked := single(t, "messages", incoming(map[string]any{"type": "reaction", "reaction": map[string]any{"message_id": "wamid.0", "emoji": "👍"}}))
	if liked.Reaction == nil || *liked.Reaction != (channels.Reaction{RemoteID: "wamid.0", Emoji: "👍"}) {
		t.Errorf("reaction: %+v", liked.Reaction)
	}
}

// TestAPartThatFailsReachesTheMessage sends three files, of which Meta takes all and then fails the middle one.
func TestAPartThatFailsReachesTheMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	files := []channels.File{put(t, w, "a.png", "image/png", "a"), put(t, w, "b.png", "image/png", "b"), put(t, w, "c.png", "image/png", "c")}
	sent, err := a.Send(t.Context(), channels.Outgoing{Key: "41", MessageID: 41, Chat: phone, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	calls := w.Calls()
	forged := calls[1]
	forged.Body = map[string]any{"biz_opaque_callback_data": "parley-part:42:" + calls[1].Body["biz_opaque_callback_data"].(string)[len("parley-part:41:"):]}
	for name, c := range map[string]struct {
		body []byte
		want *channels.Receipt // nil = none
	}{
		"the first is delivered":  {w.Status(calls[0], "delivered"), &channels.Receipt{RemoteID: sent.RemoteID, State: channels.Delivered}},
		"the middle is delivered": {w.Status(calls[1], "delivered"), nil},
		"the middle fails":        {w.Status(calls[1], "failed"), &channels.Receipt{MessageID: 41, State: channels.DeliveryFailed, Code: whatsapp.CodePartly}},
		"a forged one fails":      {w.Status(forged, "failed"), &channels.Receipt{RemoteID: calls[1].ID, State: channels.DeliveryFailed, Code: whatsapp.CodeRefused}},
		"the last is delivered":   {w.Status(calls[2], "delivered"), &channels.Receipt{RemoteID: calls[2].ID, MessageID: 41, State: channels.Delivered}},
	} {
		in := newInbox(a)
		in.push(t, c.body)
		var got *channels.Receipt
		if ev := in.Events(); len(ev) > 0 {
			got = ev[0].Receipt
			got.Text = ""
		}
		if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	if _, err := a.Send(t.Context(), channels.Outgoing{Key: "41", MessageID: 41, Chat: phone, Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	sent := w.Calls()[0]
	forged := sent
	forged.Body = map[string]any{"biz_opaque_callback_data": "parley:42:" + sent.Body["biz_opaque_callback_data"].(string)[len("parley:41:"):]}
	foreign := whatsapptest.Call{ID: sent.ID, To: phone}
	for name, c := range map[string]struct {
		body []byte
		want channels.Receipt
	}{
		"ours, sent":      {w.Status(sent, "sent"), channels.Receipt{RemoteID: sent.ID, MessageID: 41, State: channels.Accepted}},
		"ours, delivered": {w.Status(sent, "delivered"), channels.Receipt{RemoteID: sent.ID, MessageID: 41, State: channels.Delivered}},
		"ours, played":    {w.Status(sent, "played"), channels.Receipt{RemoteID: sent.ID, MessageID: 41, State: channels.Read}},
		"no mark":         {w.Status(foreign, "read"), channels.Receipt{RemoteID: sent.ID, State: channels.Read}},
		"forged mark":     {w.Status(forged, "read"), channels.Receipt{RemoteID: sent.ID, State: channels.Read}},
	} {
		in := newInbox(a)
		in.push(t, c.body)
		if ev := in.Events(); len(ev) != 1 || ev[0].Receipt == nil || *ev[0].Receipt != c.want {
			t.Errorf("%s: %+v, want %+v", name, ev, c.want)
		}
	}
	failed := single(t, "messages", map[string]any{"statuses": []any{map[string]any{"id": "wamid.1", "status": "failed", "timestamp": "1749416383", "recipient_id": phone, "errors": []any{
		map[string]any{"code": 131047, "title": "Re-engagement message", "message": "Re-engagement message", "error_data": map[string]any{"details": "More than 24 hours have passed"}},
	}}}})
	want := channels.Receipt{RemoteID: "wamid.1", State: channels.DeliveryFailed, Code: "window_closed",
		Text: "more than 24 hours have passed since the contact's last message: a template is needed"}
	if *failed.Receipt != want || failed.Key != "s:wamid.1:failed" {
		t.Errorf("%s: %+v", failed.Key, *failed.Receipt)
	}
	group := single(t, "messages", map[string]any{"statuses": []any{map[string]any{"id": "wamid.1", "status": "read", "timestamp": "1", "recipient_id": "G1", "recipient_type": "group", "recipient_participant_id": phone}}})
	if group.Receipt.Recipient != "+"+phone || group.Key != "s:wamid.1:read:+"+phone {
		t.Errorf("%s: %+v", group.Key, *group.Receipt)
	}
}

func TestOpenedChatIsNoMessage(t *testing.T) {
	t.Parallel()
	in := newInbox(newWorld(t).open(t))
	if status := in.push(t, envelope(t, of("messages", incoming(map[string]any{"type": "request_welcome"})))); status != 200 || len(in.Events()) != 0 {
		t.Errorf("answered %d, %d events", status, len(in.Events()))
	}
}
