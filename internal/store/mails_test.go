package store_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/intake"
	"parley/internal/fault"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// office is a mailbox with intake, agents and an outbox.
type office struct {
	*entrance
	inbox *inbox.Service
	post  *post
}

func openOffice(t *testing.T, db *store.DB) *office {
	t.Helper()
	d := enter(t, db, nil)
	d.mailbox()
	limits := channels.Limits{
		Text: channels.TextLimit{Max: 500_000, Unit: channels.UnitBytes}, HTML: true, Subject: true, WriteFirst: true,
		Files: channels.FileLimit{MaxBytes: 1 << 20, MaxCount: 10},
	}
	o := &office{entrance: d, post: newPost(t, db)}
	o.inbox = inbox.New(db, func(channels.AccountID) (channels.Limits, bool) { return limits, true }, d.Now, slog.New(slog.DiscardHandler),
		inbox.WithHTML(func(html string) string {
			return strings.NewReplacer("<script>", "", " style=\"color:red\"", "").Replace(html)
		}),
		inbox.WithForwarded(func(html string) string { return strings.ReplaceAll(html, "<script>", "") }))
	o.post.exec(`INSERT INTO agents (id, email, name, role, language, capacity, presence, skills, access, access_accounts, disabled, created_at)
		VALUES (7, 'a', 'Anna Agent', 'admin', 'en', 0, 'online', '[]', 'all', '[]', FALSE, 1)`)
	return o
}

func agent() actor.Viewer {
	return actor.Viewer{AgentID: 7, Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: 7}}
}

func (o *office) write(c inbox.ConversationID, a inbox.Answer) inbox.Message {
	o.t.Helper()
	a.Kind = inbox.KindMessage
	m, err := o.inbox.Write(o.t.Context(), agent(), c, a)
	if err != nil {
		o.t.Fatalf("write: %v", err)
	}
	return m
}

// send claims the next mail and settles it under an id of the network.
func (o *office) send(remote string) channels.Outgoing {
	o.t.Helper()
	items := o.post.claim(o.Now())
	if len(items) != 1 {
		o.t.Fatalf("claimed %d mails", len(items))
	}
	o.post.settle(o.Now(), items[0], outbox.Verdict{Outcome: outbox.Sent, RemoteID: remote})
	return items[0].Out
}

func addressesOf(list []channels.Address) (out []string) {
	for _, a := range list {
		out = append(out, a.Address)
	}
	return out
}

func TestAnswerByMail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		first := mail("1@x", "ann@x.example", nil, "bob@x.example", "sales@shop.example")
		first.Message.To, first.Message.HTML = nil, `<script><p style="color:red">1@x</p>`
		first.Message.AnswerTo = []channels.Address{{Scope: "email", Address: "desk@x.example"}}
		got := o.deliver(first)[0]
		c := inbox.ConversationID(got.ConversationID)

		from, err := o.inbox.Correspondence(t.Context(), agent(), c)
		if all := from.ReplyAll(); err != nil || len(all.To) != 1 || all.To[0].Address != "desk@x.example" || len(all.Cc) != 1 || all.Cc[0].Address != "bob@x.example" {
			t.Errorf("to all: %+v, %v", all, err)
		}
		m := o.write(c, inbox.Answer{HTML: "<p>Good <b>day</b></p><script><ul><li>one</ul>", Cc: []string{"Bob <BOB@x.example>"}, Bcc: []string{"boss@shop.example"}})
		if m.Text != "Good day\n\n- one" || strings.Contains(m.HTML, "script") || m.Subject != "Re: About 1@x" || m.From.Address != "sales@shop.example" {
			t.Errorf("written %+v", m)
		}
		out := o.send("ours@shop")
		if !slices.Equal(addressesOf(out.To), []string{"desk@x.example"}) || !slices.Equal(addressesOf(out.Cc), []string{"bob@x.example"}) ||
			!slices.Equal(addressesOf(out.Bcc), []string{"boss@shop.example"}) || out.From != "sales@shop.example" || out.FromName != "Anna Agent" ||
			out.ReplyTo != "1@x" || !slices.Equal(out.References, []string{"1@x"}) || out.Subject != "Re: About 1@x" {
			t.Errorf("sent %+v", out)
		}
		// The one who answers is a contact of their own; what is answered is known by its id.
		reply := o.deliver(mail("2@x", "bob@x.example", []string{"ours@shop"}))[0]
		if reply.ConversationID != int64(c) || reply.Kind != channels.OutcomeReply {
			t.Errorf("the answer to the answer: %+v", reply)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM leads`); n != 1 {
			t.Errorf("%d leads", n)
		}
		o.write(c, inbox.Answer{Text: "Thanks"})
		if out := o.send("ours2@shop"); !slices.Equal(out.References, []string{"ours@shop", "2@x"}) || out.ReplyTo != "2@x" || !slices.Equal(addressesOf(out.To), []string{"bob@x.example"}) {
			t.Errorf("then sent %+v", out)
		}
		fw := o.write(c, inbox.Answer{Text: "See", To: []string{"eve@y.example"}, ForwardOf: inbox.MessageID(got.MessageID), Language: "ru"})
		if !strings.Contains(fw.Text, "Пересланное сообщение") || !strings.Contains(fw.Text, "text of 1@x\n> quoted") || fw.Subject != "Fwd: About 1@x" || !strings.Contains(fw.HTML, `<p style="color:red">1@x</p>`) || strings.Contains(fw.HTML, "script") {
			t.Errorf("forwarded %+v", fw)
		}
		if out := o.send("ours3@shop"); len(out.References) != 0 || !slices.Equal(addressesOf(out.To), []string{"eve@y.example"}) {
			t.Errorf("forwarded as %+v", out)
		}
		fw = o.write(c, inbox.Answer{HTML: "<p>See</p>", To: []string{"eve@y.example"}, ForwardOf: inbox.MessageID(got.MessageID), Language: "ar"})
		if !strings.Contains(fw.Text, "---------- رسالة معاد توجيهها ----------\nمن: ") || !strings.Contains(fw.HTML, `<p dir="rtl">---------- رسالة`) {
			t.Errorf("forwarded in Arabic %+v", fw)
		}
		hold(t, db)
	})
}

func TestMailsThatAreRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		for field, a := range map[string]inbox.Answer{
			"to[1]": {Text: "x", To: []string{"ann@x.example", "no address"}}, "from": {Text: "x", From: "ceo@other.example"},
			"to": {Text: "x", Cc: slices.Repeat([]string{"ann@x.example"}, 101)}, "subject": {Text: "x", Subject: strings.Repeat("s", 501)},
		} {
			a.Kind = inbox.KindMessage
			_, err := o.inbox.Write(t.Context(), agent(), c, a)
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

// TestWhatOnlyMailsHave is refused elsewhere, and never left out without a word.
func TestWhatOnlyMailsHave(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		got := o.deliver(mail("1@x", "ann@x.example", nil))[0]
		c, m := inbox.ConversationID(got.ConversationID), inbox.MessageID(got.MessageID)
		limits := channels.Limits{Text: channels.TextLimit{Max: 1000, Unit: channels.UnitRunes}}
		chat := inbox.New(db, func(channels.AccountID) (channels.Limits, bool) { return limits, true }, o.Now, slog.New(slog.DiscardHandler))
		for name, x := range map[string]struct {
			by    *inbox.Service
			field string
			inbox.Answer
		}{
			"a note that forwards":       {o.inbox, "forward_of", inbox.Answer{Kind: inbox.KindNote, Text: "x", ForwardOf: m}},
			"an empty note that does":    {o.inbox, "forward_of", inbox.Answer{Kind: inbox.KindNote, ForwardOf: m}},
			"an automatic note":          {o.inbox, "automatic", inbox.Answer{Kind: inbox.KindNote, Text: "x", Automatic: true}},
			"a chat's automatic message": {chat, "automatic", inbox.Answer{Kind: inbox.KindMessage, Text: "x", Automatic: true}},
			"a chat's forward":           {chat, "forward_of", inbox.Answer{Kind: inbox.KindMessage, Text: "x", ForwardOf: m}},
		} {
			_, err := x.by.Write(t.Context(), agent(), c, x.Answer)
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Path != x.field || f.Fields[0].Code != "unsupported" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestAutomaticAnswers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		try := func(id, from string, edit func(*channels.Event)) error {
			ev := mail(id, from, nil)
			edit(&ev)
			c := inbox.ConversationID(o.deliver(ev)[0].ConversationID)
			_, err := o.inbox.Write(t.Context(), agent(), c, inbox.Answer{Kind: inbox.KindMessage, Text: "We have got it.", Automatic: true})
			return err
		}
		as := func(*channels.Event) {}
		if err := try("1@x", "ann@x.example", as); err != nil {
			t.Errorf("the first: %v", err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE unanswered`); n != 1 {
			t.Error("a machine's answer has ended the wait")
		}
		for id, x := range map[string]struct {
			from string
			edit func(*channels.Event)
			want error
		}{
			"2@x": {"ann@x.example", as, inbox.ErrAutomaticAgain}, "3@x": {"no-reply@x.example", as, inbox.ErrAutomaticUnwanted},
			"4@x": {"us@shop.example", as, inbox.ErrAutomaticToSelf},
			"5@x": {"shop@x.example", func(ev *channels.Event) { ev.Nature = channels.NatureNotice }, inbox.ErrAutomaticToMachine},
		} {
			if err := try(id, x.from, x.edit); !errors.Is(err, x.want) {
				t.Errorf("%s: %v, want %v", id, err, x.want)
			}
		}
		o.add(25 * time.Hour)
		if err := try("6@x", "ann@x.example", as); err != nil {
			t.Errorf("a day later: %v", err)
		}
	})
}

func TestFateOfAMail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		row, err := o.inbox.Begin(t.Context(), agent(), inbox.Beginning{AccountID: 1, Address: "ann@x.example", Subject: "Offer", Answer: inbox.Answer{Text: "Hello", Cc: []string{"bob@x.example"}}})
		if err != nil {
			t.Fatal(err)
		}
		items := o.post.claim(o.Now())
		if len(items) != 1 || items[0].Out.Subject != "Offer" || !slices.Equal(addressesOf(items[0].Out.To), []string{"ann@x.example"}) {
			t.Fatalf("claimed %+v", items)
		}
		o.post.settle(o.Now(), items[0], outbox.Verdict{Outcome: outbox.Uncertain, Code: "cut"})
		echo := mail("ours@shop", "ann@x.example", nil)
		echo.Direction, echo.Message.Ours = channels.Echo, items[0].ID
		if out := o.deliver(echo)[0]; out.Kind != channels.OutcomeEcho || out.MessageID != items[0].ID {
			t.Errorf("our own: %+v", out)
		}
		o.post.state(items[0].ID, inbox.Sent)
		if n := number(t, db, `SELECT COUNT(*) FROM outbox`); n != 0 {
			t.Error("it may be sent again")
		}
		answer := mail("2@x", "carol@z.example", nil)
		answer.Message.Answers = items[0].ID
		if out := o.deliver(answer)[0]; out.ConversationID != int64(row.ID) {
			t.Errorf("a proven answer: %+v", out)
		}
		for i, who := range []string{"ann@x.example", "bob@x.example"} {
			bounce := mail([]string{"b1@x", "b2@x"}[i], "mailer-daemon@x.example", nil)
			bounce.Nature = channels.NatureBounce
			bounce.Message.Reports = []channels.Receipt{{RemoteID: "ours@shop", State: channels.DeliveryFailed, Code: "5.1.1", Text: "no such user", Recipient: who}}
			if out := o.deliver(bounce)[0]; out.Kind != channels.OutcomeBounce || out.ConversationID != int64(row.ID) {
				t.Errorf("bounce: %+v", out)
			}
		}
		m := o.message(items[0].ID)
		if m.State != inbox.Failed || m.ErrorCode != "5.1.1" || m.ErrorText != "ann@x.example: no such user\nbob@x.example: no such user" {
			t.Errorf("it came back as %+v", m)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM contacts WHERE name LIKE '%daemon%'`); n != 0 {
			t.Error("a machine became a contact")
		}
		hold(t, db)
	})
}

// TestEchoBeforeItsVerdict has a network repeat an answer before it has named it.
func TestEchoBeforeItsVerdict(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		p := newPost(t, db)
		c := d.deliver(says("+1", "in", "hello"))[0].ConversationID
		row, _, err := db.ConversationRow(t.Context(), actor.System(), inbox.ConversationID(c))
		if err != nil {
			t.Fatal(err)
		}
		p.queue(&row.Conversation, "answer")
		item := p.claim(start.Add(time.Hour))[0]
		for _, remote := range []string{"ours", "theirs"} {
			if o := d.deliver(echo("+1", "e-"+remote, remote))[0]; o.Kind != channels.OutcomeParked {
				t.Errorf("%s: %+v", remote, o)
			}
		}
		p.settle(start, item, outbox.Verdict{Outcome: outbox.Sent, RemoteID: "ours"})
		if n := number(t, db, `SELECT COUNT(*) FROM parked`); n != 1 {
			t.Errorf("%d echoes wait", n)
		}
		rows, err := db.Rows(t.Context(), `SELECT CAST(payload AS BIGINT) FROM jobs WHERE kind = $1 ORDER BY id`, intake.JobParked)
		if err != nil || len(rows) != 2 {
			t.Fatalf("jobs %v, %v", rows, err)
		}
		for range 2 { // a job may run again
			for _, r := range rows {
				err := db.Write(t.Context(), func(ctx context.Context) error { return d.TakeParked(ctx, strconv.FormatInt(r[0], 10)) })
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages WHERE direction = 'outbound'`); n != 2 {
			t.Errorf("%d answers, want ours and the one from elsewhere", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM received WHERE outcome = 'echo' AND message_id <> 0`); n != 1 {
			t.Errorf("%d lines of echoes", n)
		}
		hold(t, db)
	})
}
