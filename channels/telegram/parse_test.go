package telegram_test

import (
	"reflect"
	"testing"

	"parley/channels"
	"parley/channels/telegram"
)

// samples are updates of every kind that is read, and some that are not.
var samples = []string{
	`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private","first_name":"A"},"from":{"id":42,"is_bot":false,"first_name":"A"},"text":"hi 👋","entities":[{"type":"bold","offset":3,"length":2}]}}`,
	`{"update_id":2,"message":{"message_id":1,"date":1,"chat":{"id":-1001,"type":"supergroup","title":"G"},"is_topic_message":true,"message_thread_id":3,"photo":[{"file_id":"x","file_unique_id":"y","width":1,"height":1}],"media_group_id":"7","caption":"c"}}`,
	`{"update_id":3,"edited_message":{"message_id":1,"date":1,"edit_date":2,"chat":{"id":42,"type":"private"},"text":"x"}}`,
	`{"update_id":4,"business_message":{"message_id":1,"date":1,"business_connection_id":"c","chat":{"id":42,"type":"private"},"from":{"id":7,"first_name":"O"},"text":"x","quote":{"text":"q","position":0,"is_manual":true}}}`,
	`{"update_id":5,"deleted_business_messages":{"business_connection_id":"c","chat":{"id":42,"type":"private"},"message_ids":[1,2]}}`,
	`{"update_id":6,"message_reaction":{"chat":{"id":42,"type":"private"},"message_id":1,"user":{"id":42},"date":1,"old_reaction":[],"new_reaction":[{"type":"custom_emoji","custom_emoji_id":"5"}]}}`,
	`{"update_id":7,"callback_query":{"id":"9","from":{"id":42},"data":"d","message":{"message_id":1,"date":0,"chat":{"id":42,"type":"private"}}}}`,
	`{"update_id":8,"my_chat_member":{"chat":{"id":42,"type":"private"},"from":{"id":42},"date":1,"new_chat_member":{"status":"kicked"}}}`,
	`{"update_id":9,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-1005}}`,
	`{"update_id":10,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"rich_message":{"blocks":[{"type":"table","cells":[[{"text":"a"},{"text":["b",{"type":"bold","text":"c"}]}]]}]}}}`,
	`{"update_id":11,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"forward_origin":{"type":"user","date":1,"sender_user":{"id":1,"first_name":"F"}},"venue":{"location":{"latitude":1,"longitude":2},"title":"t","address":"a"}}}`,
	`{"update_id":12,"poll":{}}`, `{"update_id":13}`, `{}`, `null`, `[]`, `{"update_id":14,"message":null}`,
}

func TestSamples(t *testing.T) {
	t.Parallel()
	for i, want := range []int{1, 1, 1, 1, 2, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1} {
		if got := telegram.Parse([]byte(samples[i])); len(got) != want {
			t.Errorf("%s\nmade %d events, want %d", samples[i], len(got), want)
		}
	}
}

// FuzzParse holds whatever bytes come to events that the house takes.
func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		events := telegram.Parse(raw)
		if !reflect.DeepEqual(events, telegram.Parse(raw)) {
			t.Fatal("two readings differ")
		}
		for _, ev := range events {
			payloads := 0
			for _, set := range []bool{ev.Message != nil, ev.Edit != nil, ev.Delete != nil, ev.Reaction != nil, ev.Receipt != nil} {
				if set {
					payloads++
				}
			}
			switch {
			case ev.Key == "" || len(ev.Key) > channels.MaxKey || len(ev.Chat) > channels.MaxChat:
				t.Fatalf("the key is %q, the chat %q", ev.Key, ev.Chat)
			case ev.Problem != "" && payloads > 0, ev.Problem == "" && payloads != 1:
				t.Fatalf("%d payloads, problem %q", payloads, ev.Problem)
			case ev.Problem == "" && len(ev.Raw) == 0:
				t.Fatal("an event lacks its bytes")
			case ev.Message != nil && (ev.Sender.Address == "" || ev.Sender.Scope != "telegram"):
				t.Fatalf("the sender is %+v", ev.Sender)
			}
		}
		if len(events) > 1 && events[0].Delete == nil {
			t.Fatalf("%d events of one update", len(events))
		}
	})
}
