package desk_test

import (
	"testing"
	"time"

	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// amended settles the one change that is under way.
func (o *office) amended(v outbox.Verdict) {
	o.t.Helper()
	list, err := o.db.Amending().Claim(o.t.Context(), o.now, []outbox.Want{{AccountID: bots, Limit: 9, Until: o.now.Add(time.Minute)}})
	if err != nil || len(list) != 1 {
		o.t.Fatalf("claimed %v, %v", list, err)
	}
	if err := o.db.Amending().Settle(o.t.Context(), o.now, []outbox.Settlement{{Item: list[0], Verdict: v}}); err != nil {
		o.t.Fatal(err)
	}
}

// change is the only change of a message that has not come about.
func change(t *testing.T, m object) object {
	t.Helper()
	list, _ := m["amendments"].([]any)
	if len(list) != 1 {
		t.Fatalf("changes %v", m["amendments"])
	}
	return list[0].(map[string]any)
}

func TestMessagesAreChangedOverHTTP(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		talk := o.talk("Ann", 11, olga, 1)
		talk.AccountID = bots
		m := o.answer(&talk, bots, "It is on its wy.")
		at := path("/messages/%d", m.ID)
		o.as("ada", "PATCH", at, object{"text": "x"}, 409) // nobody has it yet
		o.attempt(bots, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "42:1"})

		if got := o.as("tom", "PATCH", at, object{"text": "x"}, 404)["code"]; got != "message_not_found" {
			t.Errorf("who may not see it: %v", got)
		}
		if got := o.as("olga", "PATCH", at, object{"text": "x"}, 403)["code"]; got != "not_yours" {
			t.Errorf("a colleague: %v", got)
		}
		o.as("ada", "PATCH", at, object{}, 422)
		asked := o.as("ada", "PATCH", at, object{"html": "<b>It</b> is on its way.<script>x</script>"}, 200)
		if c := change(t, asked); asked["text"] != "It is on its wy." || c["kind"] != "edit" || c["state"] != "queued" || c["text"] != "It is on its way." || c["html"] != "<b>It</b> is on its way." || c["error"] != nil {
			t.Errorf("asked for: %v", asked)
		}
		o.amended(outbox.Verdict{Outcome: outbox.Failed, Code: outbox.CodeUnable, Text: "this network cannot do that: write a new message instead"})
		refused := o.shown("olga", m)
		c := change(t, refused)
		if wrong, _ := c["error"].(object); refused["text"] != "It is on its wy." || c["state"] != "failed" || wrong["text"] != "эта сеть так не умеет: напишите новым сообщением" {
			t.Errorf("refused: %v", refused)
		}
		if dropped := o.as("ada", "DELETE", at+"/amendments/"+c["id"].(string), nil, 200); len(dropped["amendments"].([]any)) != 0 {
			t.Errorf("forgotten: %v", dropped["amendments"])
		}
		o.as("ada", "DELETE", at+"/amendments/"+c["id"].(string), nil, 404)

		o.as("olga", "PUT", at+"/reaction", object{"emoji": "🦖"}, 422)
		o.as("olga", "PUT", at+"/reaction", object{"emoji": "👍"}, 200)
		o.amended(outbox.Verdict{Outcome: outbox.Sent})
		if got := o.shown("ada", m); got["own_reaction"] != "👍" || len(got["amendments"].([]any)) != 0 {
			t.Errorf("reacted: %v", got)
		}
		o.as("ada", "DELETE", at+"/reaction", nil, 200)
		o.amended(outbox.Verdict{Outcome: outbox.Sent})
		if got := o.shown("ada", m); got["own_reaction"] != "" {
			t.Errorf("taken back: %v", got)
		}

		o.as("olga", "POST", at+"/withdraw", nil, 403)
		o.as("ada", "POST", at+"/withdraw", nil, 200)
		o.amended(outbox.Verdict{Outcome: outbox.Sent})
		if got := o.shown("ada", m); got["deleted_at"] == nil {
			t.Errorf("deleted: %v", got)
		}
		o.as("ada", "PATCH", at, object{"text": "x"}, 409)
	})
}

func TestDraftKeepsWhatIsAnswered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		at := path("/conversations/%d/draft", o.talk("Ann", 0, olga, 1).ID)
		mail := object{"mode": "reply", "to": []any{}, "cc": []any{}, "bcc": []any{}, "subject": "Tea", "from": "", "about": nil}
		var version any = 0
		for n, c := range []struct{ replyTo, mail any }{{"17", nil}, {nil, mail}, {"18", mail}, {nil, nil}} {
			o.as("olga", "PUT", at, object{"kind": "reply", "text": "So", "reply_to": c.replyTo, "mail": c.mail, "version": version}, 200)
			got := o.as("olga", "GET", at, nil, 200)
			version = got["version"]
			head, _ := got["mail"].(object)
			if got["reply_to"] != c.replyTo || (head == nil) != (c.mail == nil) || head != nil && head["subject"] != "Tea" {
				t.Errorf("%d: %v", n, got)
			}
		}
	})
}
