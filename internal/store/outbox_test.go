package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestOutboxClaimCarriesTheMessage(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		c := p.talk("+4911")
		first := p.queue(c, "one")
		p.settle(start, p.claimOne(start, first), outbox.Verdict{Outcome: outbox.Sent, RemoteID: "net-1"})
		files := []inbox.File{
			{ID: inbox.FileID(p.id()), Hash: "aa", Name: "a.txt", Type: "text/plain", Size: 3, CreatedAt: start},
			{ID: inbox.FileID(p.id()), Hash: "bb", Name: "b.png", Type: "image/png", Size: 4, CreatedAt: start},
		}
		id := p.queue(c, "two", func(m *inbox.Message) { m.HTML, m.Files, m.ReplyTo = "<b>two</b>", files, inbox.MessageID(first) })
		i := p.claimOne(start, id)
		out := i.Out
		if out.Key == "" || out.MessageID != id || out.Attempt != 1 || out.Chat != "+4911" || out.Subject != "About +4911" ||
			out.Text != "two" || out.HTML != "<b>two</b>" || out.ReplyTo != "net-1" {
			t.Errorf("outgoing %+v", out)
		}
		if want := []channels.Address{{Scope: "account:1", Address: "+4911"}}; !slices.Equal(out.To, want) {
			t.Errorf("recipient %v, want %v", out.To, want)
		}
		if len(out.Files) != 2 || out.Files[0].Name != "a.txt" || out.Files[1].Hash != "bb" || out.Files[1].Size != 4 {
			t.Errorf("files %+v", out.Files)
		}
		if i.AccountID != 1 || i.ConversationID != int64(c.ID) || i.Token == "" || !i.Since.Equal(start) || !i.Until.Equal(start.Add(time.Minute)) {
			t.Errorf("item %+v", i)
		}
		p.state(id, inbox.Sending)
	})
}

func TestOutboxOrder(t *testing.T) {
	t.Parallel()
	later := start.Add(time.Hour)
	type outcome struct {
		verdict outbox.Verdict
		state   inbox.State
		blocks  bool
	}
	each(t, map[string]outcome{
		"sent":      {outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r"}, inbox.Sent, false},
		"permanent": {outbox.Verdict{Outcome: outbox.Failed, Code: "blocked", Text: "blocked by the user"}, inbox.Failed, false},
		"uncertain": {outbox.Verdict{Outcome: outbox.Uncertain, Code: "timeout"}, inbox.Uncertain, false},
		"transient": {outbox.Verdict{Outcome: outbox.Retry, NotBefore: later, Code: "busy"}, inbox.Queued, true},
		"postponed": {outbox.Verdict{Outcome: outbox.Postponed, NotBefore: later}, inbox.Queued, true},
	}, func(t *testing.T, p *post, name string, c outcome) {
		talk := p.talk("a")
		first, second := p.queue(talk, "one"), p.queue(talk, "two")
		i := p.claimOne(start, first)
		p.none(start, "one is in flight")
		p.settle(start, i, c.verdict)
		p.state(first, c.state)
		if m := p.message(first); m.ErrorCode != c.verdict.Code || m.ErrorText != c.verdict.Text || m.RemoteID != c.verdict.RemoteID {
			t.Errorf("message has code %q, text %q, remote id %q", m.ErrorCode, m.ErrorText, m.RemoteID)
		}
		if !c.blocks {
			p.claimOne(start, second)
			return
		}
		p.none(start, "the first one waits")
		again := p.claimOne(later, first)
		if want := map[string]int{"transient": 2, "postponed": 1}[name]; again.Out.Attempt != want {
			t.Errorf("attempt %d, want %d", again.Out.Attempt, want)
		}
		if again.Token == i.Token {
			t.Error("two attempts share a token")
		}
		if name == "transient" && !again.Since.Equal(start) {
			t.Errorf("failing since %v, want %v", again.Since, start)
		}
	})
}

func TestOutboxRestartForgetsSince(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		id := p.queue(p.talk("a"), "one")
		p.settle(start, p.claimOne(start, id), outbox.Verdict{Outcome: outbox.Retry, NotBefore: start, Restart: true, Code: "auth"})
		later := start.Add(48 * time.Hour)
		if i := p.claimOne(later, id); !i.Since.Equal(later) {
			t.Errorf("failing since %v, want %v", i.Since, later)
		}
	})
}

func TestOutboxLimitsPerAccount(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		for _, account := range []channels.AccountID{1, 2, 3} {
			for _, chat := range []string{"a", "b", "c"} {
				p.queue(p.conversation(account, string(chat)+string(rune('0'+account))), "hello")
			}
		}
		given := map[channels.AccountID]int{}
		for _, i := range p.claim(start, outbox.Want{AccountID: 1, Limit: 2}, outbox.Want{AccountID: 2, Limit: 1}, outbox.Want{AccountID: 9, Limit: 5}) {
			given[i.AccountID]++
		}
		if given[1] != 2 || given[2] != 1 || len(given) != 2 {
			t.Errorf("claimed per account %v, want 2 of 1 and 1 of 2", given)
		}
	})
}

func TestOutboxLeaves(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		id := p.queue(p.talk("a"), "early")
		p.none(start.Add(-time.Second), "not due yet")
		due, lapse, err := p.src.Next(t.Context(), start.Add(-time.Second), []channels.AccountID{5, 1})
		if err != nil || !due.Equal(start) || !lapse.IsZero() {
			t.Errorf("next due %v, lapse %v, error %v; want %v and never", due, lapse, err, start)
		}
		p.claimOne(start, id)
		due, lapse, err = p.src.Next(t.Context(), start.Add(-time.Second), []channels.AccountID{5, 1})
		if err != nil || !due.IsZero() || !lapse.Equal(start.Add(time.Minute)) {
			t.Errorf("next due %v, lapse %v, error %v; want never and a minute", due, lapse, err)
		}
	})
}

func TestOutboxExpiry(t *testing.T) {
	t.Parallel()
	lapse := start.Add(time.Minute)
	eachPost(t, func(t *testing.T, p *post) {
		blind, safe := p.conversation(1, "a"), p.conversation(2, "b")
		once, more, again := p.queue(blind, "one"), p.queue(blind, "two"), p.queue(safe, "three")
		claimed := p.claim(start, outbox.Want{AccountID: 1, Limit: 5}, outbox.Want{AccountID: 2, Limit: 5, SafeResend: true})
		if len(claimed) != 2 {
			t.Fatalf("claimed %v", ids(claimed))
		}
		if n := p.expire(lapse.Add(-time.Microsecond)); n != 0 {
			t.Fatalf("%d claims expired before their time", n)
		}
		if n := p.expire(lapse); n != 2 {
			t.Fatalf("%d claims expired, want 2", n)
		}
		p.state(once, inbox.Uncertain)
		p.state(again, inbox.Queued)
		if code := p.message(once).ErrorCode; code != outbox.CodeExpired {
			t.Errorf("code %q, want %q", code, outbox.CodeExpired)
		}
		p.claimOne(lapse, more)
		if second := p.claim(lapse, outbox.Want{AccountID: 2, Limit: 5}); len(second) != 1 || second[0].Out.Attempt != 2 {
			t.Errorf("claimed %v, want the safe one for the second time", second)
		}
		if n := p.expire(lapse); n != 0 {
			t.Errorf("%d claims expired twice", n)
		}
	})
}

func TestOutboxLateVerdict(t *testing.T) {
	t.Parallel()
	type outcome struct {
		verdict outbox.Verdict
		want    inbox.State
	}
	each(t, map[string]outcome{
		"sent":      {outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r", At: start.Add(time.Second)}, inbox.Sent},
		"failed":    {outbox.Verdict{Outcome: outbox.Failed, Code: "blocked"}, inbox.Failed},
		"retry":     {outbox.Verdict{Outcome: outbox.Retry, NotBefore: start, Code: "busy"}, inbox.Failed},
		"uncertain": {outbox.Verdict{Outcome: outbox.Uncertain, Code: "timeout"}, inbox.Uncertain},
	}, func(t *testing.T, p *post, name string, c outcome) {
		id := p.queue(p.talk("a"), "one")
		i := p.claimOne(start, id)
		now := start.Add(time.Hour)
		p.expire(now)
		forged := i
		forged.Token = "another"
		p.settle(now, forged, c.verdict)
		p.state(id, inbox.Uncertain)
		p.settle(now, i, c.verdict)
		p.state(id, c.want)
		p.settle(now, i, outbox.Verdict{Outcome: outbox.Failed, Code: "again"})
		if c.want != inbox.Uncertain {
			p.state(id, c.want)
			if m := p.message(id); m.ErrorCode == "again" || m.RemoteID != c.verdict.RemoteID || !m.SentAt.Equal(c.verdict.At) {
				t.Errorf("code %q, remote id %q, sent at %v", m.ErrorCode, m.RemoteID, m.SentAt)
			}
		}
		p.none(now.Add(time.Hour), "nothing goes out by itself after it was uncertain")
	})
}

func TestOutboxResend(t *testing.T) {
	t.Parallel()
	each(t, map[string]outbox.Verdict{
		"uncertain": {Outcome: outbox.Uncertain, Code: "timeout"},
		"failed":    {Outcome: outbox.Failed, Code: "blocked"},
	}, func(t *testing.T, p *post, name string, first outbox.Verdict) {
		talk := p.talk("a")
		id, second := p.queue(talk, "one"), p.queue(talk, "two")
		i := p.claimOne(start, id)
		p.settle(start, i, first)
		other := p.claimOne(start, second)
		m := p.message(id)
		m.State, m.ErrorCode = inbox.Queued, ""
		p.save(&inbox.Changes{
			Messages: []*inbox.Message{&m}, Unqueue: []inbox.MessageID{m.ID},
			Queue: []inbox.OutboxItem{{MessageID: m.ID, AccountID: p.account, ConversationID: talk.ID, Seq: m.Seq, NotBefore: start}},
		})
		p.settle(start, i, outbox.Verdict{Outcome: outbox.Failed, Code: "late"}) // the old attempt has no say any more
		p.state(id, inbox.Queued)
		p.none(start, "a later one of the conversation is in flight")
		p.settle(start, other, outbox.Verdict{Outcome: outbox.Sent})
		again := p.claimOne(start, id)
		if want := map[string]int{"uncertain": 2, "failed": 1}[name]; again.Out.Attempt != want || !again.Since.Equal(start) {
			t.Errorf("attempt %d since %v, want %d", again.Out.Attempt, again.Since, want)
		}
		p.settle(start, again, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r2"})
		p.state(id, inbox.Sent)
	})
}

func TestOutboxDropsWhatIsNotWaiting(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		talk := p.talk("a")
		sent := p.queue(talk, "one", func(m *inbox.Message) { m.State = inbox.Sent })
		taken, next := p.queue(talk, "two"), p.queue(talk, "three")
		p.none(start, "a message that was sent is never sent again")
		p.state(sent, inbox.Sent)
		p.save(&inbox.Changes{Unqueue: []inbox.MessageID{inbox.MessageID(taken)}})
		p.claimOne(start, next)
	})
}

// TestOutboxReceiptFirst has the receipt name our own id, so that it finds its message
// while that is still being sent.
func TestOutboxReceiptFirst(t *testing.T) {
	t.Parallel()
	each(t, map[string]outbox.Verdict{
		"sent":      {Outcome: outbox.Sent, RemoteID: "r"},
		"uncertain": {Outcome: outbox.Uncertain, Code: "timeout"},
		"retry":     {Outcome: outbox.Retry, NotBefore: start, Code: "busy"},
	}, func(t *testing.T, p *post, name string, v outbox.Verdict) {
		talk := p.talk("a")
		id, next := p.queue(talk, "one"), p.queue(talk, "two")
		i := p.claimOne(start, id)
		m := p.message(id)
		m.State = inbox.Delivered
		p.save(&inbox.Changes{Messages: []*inbox.Message{&m}})
		p.settle(start, i, v)
		p.state(id, inbox.Delivered)
		if got := p.message(id).RemoteID; got != v.RemoteID {
			t.Errorf("remote id %q, want %q", got, v.RemoteID)
		}
		p.claimOne(start, next)
	})
}

func TestOutboxSettlesManyAtOnce(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		var want []int64
		for range 150 {
			want = append(want, p.queue(p.talk(time.Duration(p.id()).String()), "hello"))
		}
		items := p.claim(start, outbox.Want{AccountID: 1, Limit: 200})
		if len(items) != len(want) {
			t.Fatalf("claimed %d, want %d", len(items), len(want))
		}
		var list []outbox.Settlement
		for _, i := range items {
			list = append(list, outbox.Settlement{Item: i, Verdict: outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r" + i.Out.Key}})
		}
		if err := p.src.Settle(t.Context(), start, list); err != nil {
			t.Fatalf("settle: %v", err)
		}
		for _, id := range want {
			p.state(id, inbox.Sent)
		}
	})
}

func TestOutboxOneBadVerdictFailsNoOther(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Postgres) // SQLite takes any text
	p := newPost(t, db)
	good, bad := p.queue(p.talk("a"), "one"), p.queue(p.talk("b"), "two")
	var list []outbox.Settlement
	for _, i := range p.claim(start) {
		v := outbox.Verdict{Outcome: outbox.Sent, RemoteID: "r"}
		if i.ID == bad {
			v.RemoteID = "nul \x00"
		}
		list = append(list, outbox.Settlement{Item: i, Verdict: v})
	}
	if err := p.src.Settle(context.Background(), start, list); err != nil {
		t.Fatalf("settle: %v", err)
	}
	p.state(good, inbox.Sent)
	p.state(bad, inbox.Sending)
}

func TestOutboxOfAPausedAccountWaits(t *testing.T) {
	t.Parallel()
	each(t, map[string]string{"paused": "paused", "archived": "archived"}, func(t *testing.T, p *post, _, column string) {
		id := p.queue(p.talk("a"), "one")
		p.exec(`INSERT INTO accounts (id, kind, name, config, created_at, updated_at, `+column+`) VALUES ($1, 'fake', '', '{}', 0, 0, TRUE)`, int64(p.account))
		p.none(start, "the account is "+column)
		p.exec(`UPDATE accounts SET `+column+` = FALSE WHERE id = $1`, int64(p.account))
		p.claimOne(start, id)
	})
}
