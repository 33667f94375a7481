package desk_test

import (
	"context"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email"
	"parley/channels/sms"
	"parley/channels/telegram"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

const bots, phones = channels.AccountID(23), channels.AccountID(24)

func (o *office) explain(account channels.AccountID, code, text string) channels.Words {
	kinds := map[channels.AccountID]channels.Kind{mails: channels.KindEmail, bots: channels.KindTelegram, phones: channels.KindSMS}
	return channels.NewGlossary(outbox.Phrases(), &email.Driver{}, &telegram.Driver{}, &sms.Driver{}).Words(kinds[account], code, text)
}

// answer adds a message of ours that waits to be sent by an account.
func (o *office) answer(c *inbox.Conversation, account channels.AccountID, text string) *inbox.Message {
	o.t.Helper()
	c.Seq++
	m := &inbox.Message{
		ID: inbox.MessageID(o.id()), ConversationID: c.ID, AccountID: account, Seq: c.Seq, Direction: inbox.Outbound, Kind: inbox.KindMessage,
		Author: inbox.Author{Kind: "agent", ID: int64(ada)}, Text: text, State: inbox.Queued, CreatedAt: o.now, UpdatedAt: o.now,
	}
	ch := &inbox.Changes{Queue: []inbox.OutboxItem{{MessageID: m.ID, AccountID: account, ConversationID: c.ID, Seq: m.Seq, NotBefore: o.now}}}
	ch.Message(m, o.now)
	ch.Conversation(c, actor.Cause{Kind: actor.Agent}, o.now)
	o.write(func(ctx context.Context) error { return o.db.Save(ctx, ch) })
	return m
}

// attempt claims what is due of an account and settles it.
func (o *office) attempt(account channels.AccountID, v outbox.Verdict) {
	o.t.Helper()
	list, err := o.db.Outbox().Claim(o.t.Context(), o.now, []outbox.Want{{AccountID: account, Limit: 9, Until: o.now.Add(time.Minute)}})
	if err != nil || len(list) != 1 {
		o.t.Fatalf("claimed %v, %v", list, err)
	}
	if err := o.db.Outbox().Settle(o.t.Context(), o.now, []outbox.Settlement{{Item: list[0], Verdict: v}}); err != nil {
		o.t.Fatal(err)
	}
}

// shown is a message as somebody sees it.
func (o *office) shown(who string, m *inbox.Message) object {
	o.t.Helper()
	for _, i := range items(o.as(who, "GET", path("/conversations/%d/messages", m.ConversationID), nil, 200)) {
		if i["id"] == path("%d", m.ID) {
			return i
		}
	}
	o.t.Fatalf("%s does not see message %d", who, m.ID)
	return nil
}

// TestErrorsAreInTheReadersLanguage lets messages of three networks fail. Olga reads Russian.
func TestErrorsAreInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		for _, c := range []struct {
			account          channels.AccountID
			code, english    string
			russian, outcome string
			arabic           any // nil where an older version said it otherwise
		}{
			{mails, "mailbox_full", "the recipient's mailbox is full: x@example.com: 552 over quota", "почтовый ящик получателя переполнен: x@example.com: 552 over quota", "failed", "صندوق بريد المستلم ممتلئ: \u2068x@example.com: 552 over quota\u2069"},
			{mails, "partly_refused", "sent, but not accepted for x@example.com: 550 no", "отправлено, но не принято для x@example.com: 550 no", "sent", "أُرسلت، ولم تُقبل لدى: \u2068x@example.com: 550 no\u2069"},
			{bots, "chat_unknown", "Telegram does not know this chat: wait until the contact writes again, or use another channel", "Telegram не знает этого чата: дождитесь, пока клиент напишет снова, или напишите по другому каналу", "failed", "لا يعرف Telegram هذه الدردشة: انتظر حتى تكتب جهة الاتصال من جديد، أو استعمل قناة أخرى"},
			{phones, "twilio_30003", "the phone is switched off or out of reach: send it later, or use another channel", "телефон выключен или вне сети: отправьте позже или напишите по другому каналу", "failed", "الهاتف مغلق أو خارج التغطية: أرسلها لاحقًا أو استعمل قناة أخرى"},
			{phones, outbox.CodeTimeout, "the network did not answer in time", "сеть вовремя не ответила: сообщение могло дойти, спросите получателя, прежде чем отправлять снова", "uncertain", nil},
		} {
			talk := o.talk("Contact "+c.code, 0, olga, 1)
			m := o.answer(&talk, c.account, "hello")
			o.attempt(c.account, outbox.Verdict{Outcome: map[string]outbox.Outcome{"failed": outbox.Failed, "sent": outbox.Sent, "uncertain": outbox.Uncertain}[c.outcome], Code: c.code, Text: c.english})
			for who, want := range map[string]string{"ada": c.english, "olga": c.russian} {
				seen := o.shown(who, m)
				wrong, _ := seen["error"].(object)
				words, _ := wrong["words"].(object)
				if seen["state"] != c.outcome || wrong["code"] != c.code || wrong["text"] != want || words["ru"] != c.russian || words["en"] != c.english || words["ar"] != c.arabic {
					t.Errorf("%s sees %v: %v", who, seen["state"], wrong)
				}
			}
		}
	})
}

// TestADeferredMessageSaysWhatItWaitsFor has a server that asks to wait, and an answer behind.
func TestADeferredMessageSaysWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		talk := o.talk("Ann", 0, olga, 1)
		first, second := o.answer(&talk, mails, "one"), o.answer(&talk, mails, "two")
		if m := o.shown("ada", first); m["next_attempt_at"] != nil || m["waits_for"] != nil || m["error"] != nil {
			t.Errorf("before any attempt: %v", m)
		}
		at := o.now.Add(5 * time.Minute)
		o.attempt(mails, outbox.Verdict{Outcome: outbox.Retry, NotBefore: at, Code: "try_later", Text: "the server asks to try again later: 450 greylisted"})
		m := o.shown("olga", first)
		wrong, _ := m["error"].(object)
		if m["state"] != "queued" || m["next_attempt_at"] != at.Format(time.RFC3339) || wrong["text"] != "сервер просит попробовать позже: 450 greylisted" || m["waits_for"] != nil {
			t.Errorf("the deferred one: %v", m)
		}
		if m := o.shown("olga", second); m["waits_for"] != path("%d", first.ID) || m["next_attempt_at"] != nil || m["error"] != nil {
			t.Errorf("the one behind it: %v", m)
		}
		o.now = at
		o.attempt(mails, outbox.Verdict{Outcome: outbox.Postponed, NotBefore: at.Add(time.Second)}) // as when its chat must rest
		if m := o.shown("olga", first); m["error"] == nil {
			t.Errorf("what was wrong is forgotten: %v", m)
		}
		o.now = at.Add(time.Minute)
		o.attempt(mails, outbox.Verdict{Outcome: outbox.Sent})
		if m := o.shown("olga", first); m["state"] != "sent" || m["error"] != nil || m["next_attempt_at"] != nil {
			t.Errorf("once it went: %v", m)
		}
		if m := o.shown("olga", second); m["waits_for"] != nil {
			t.Errorf("nothing is before it: %v", m)
		}
	})
}
