package store_test

import (
	"context"
	"fmt"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// mail is a letter from somebody to the account and others.
func mail(id, from string, refs []string, cc ...string) channels.Event {
	chat := id
	if len(refs) > 0 {
		chat = refs[0]
	}
	ev := channels.Event{
		Key: channels.EventKey("m:" + id), Direction: channels.Inward, Chat: chat, Subject: "About " + id,
		Sender:   channels.Sender{Scope: "email", Address: from, Name: "N. " + from, Verified: true},
		Original: &channels.File{Hash: "original of " + id, Size: 10},
		Message: &channels.Message{RemoteID: id, Text: "text of " + id, Quoted: "> quoted", HTML: "<p>" + id + "</p>", References: refs,
			To: []channels.Address{{Scope: "email", Address: "us@shop.example"}}},
	}
	for _, a := range cc {
		ev.Message.Cc = append(ev.Message.Cc, channels.Address{Scope: "email", Address: a})
	}
	return ev
}

// mailbox makes account 1 one of mail.
func (d *entrance) mailbox() {
	d.t.Helper()
	newPost(d.t, d.db).exec(`UPDATE accounts SET kind = 'email', config = '{"address":"us@shop.example","aliases":["Sales@shop.example"]}' WHERE id = 1`)
}

func (d *entrance) message(id int64) inbox.Message {
	d.t.Helper()
	m, found, err := d.db.Message(d.t.Context(), actor.System(), inbox.MessageID(id))
	if err != nil || !found {
		d.t.Fatalf("message %d: found %v, error %v", id, found, err)
	}
	return m
}

func TestMailKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.mailbox()
		ev := mail("1@x", "Ann@x.example", nil, "bob@x.example", "sales@shop.example")
		ev.Message.AnswerTo = []channels.Address{{Scope: "email", Address: "desk@x.example"}}
		ev.Message.Warning = "dmarc_failed"
		ev.Message.Files = []channels.File{{Hash: "f", Name: "a.png", Type: "image/png", ContentID: "pic@x", Inline: true}}
		m := d.message(d.deliver(ev)[0].MessageID)
		if m.Subject != "About 1@x" || m.From == nil || m.From.Address != "ann@x.example" || len(m.To) != 1 || len(m.Cc) != 2 || len(m.AnswerTo) != 1 ||
			m.Quoted != "> quoted" || m.Warning != "dmarc_failed" || m.Original != "original of 1@x" || !m.Files[0].Inline || m.Files[0].ContentID != "pic@x" {
			t.Errorf("the mail is %+v", m)
		}
		people, err := db.Participants(t.Context(), m.ConversationID)
		if err != nil || len(people) != 2 || people[0].Address != "ann@x.example" || people[1].Address != "bob@x.example" {
			t.Errorf("participants %v, %v", people, err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM mails`); n != 1 {
			t.Errorf("%d mails", n)
		}
		d.deliver(says("+1", "chat", "a chat"))
		if n := number(t, db, `SELECT COUNT(*) FROM mails`); n != 1 {
			t.Errorf("a chat is kept as a mail")
		}
	})
}

// TestRepliesBeforeWhatTheyAnswer has a chain arrive backwards: conversations that turn
// out to be one become one, with all that hangs on them.
func TestRepliesBeforeWhatTheyAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.mailbox()
		chain := []channels.Event{
			mail("4@x", "ann@x.example", []string{"3@x"}), mail("2@x", "bob@x.example", []string{"1@x"}, "ann@x.example"),
			mail("1@x", "ann@x.example", nil, "bob@x.example"), mail("3@x", "ann@x.example", []string{"2@x"}),
		}
		var out []channels.Outcome
		for _, ev := range chain {
			out = append(out, d.deliver(ev)...)
		}
		home := d.message(out[3].MessageID).ConversationID
		for i, o := range out {
			if m := d.message(o.MessageID); m.ConversationID != home {
				t.Errorf("letter %d is in conversation %d, not in %d", i, m.ConversationID, home)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE merged_into = 0`); n != 1 {
			t.Errorf("%d conversations", n)
		}
		for _, table := range []string{"threads", "participants", "timeline", "leads", "requests"} {
			if n := number(t, db, `SELECT COUNT(*) FROM `+table+` x JOIN conversations c ON c.id = x.conversation_id WHERE c.merged_into <> 0`); n != 0 {
				t.Errorf("%d rows of %s were left behind", n, table)
			}
		}
		for _, o := range d.deliver(chain...) {
			if o.Kind != channels.OutcomeDuplicate || o.ConversationID != int64(home) {
				t.Errorf("again: %+v", o)
			}
		}
		list, next, err := db.Received(t.Context(), actor.System(), 1, "", 6)
		if err != nil || next == "" || len(list) != 6 || list[0].Outcome != channels.OutcomeDuplicate || list[3].Outcome != channels.OutcomeDuplicate ||
			list[4].Outcome == channels.OutcomeDuplicate || list[5].ConversationID != home {
			t.Errorf("received %+v, %q, %v", list, next, err)
		}
		if rest, next, err := db.Received(t.Context(), actor.System(), 1, next, 6); err != nil || len(rest) != 2 || next != "" {
			t.Errorf("then %+v, %q, %v", rest, next, err)
		}
		stranger := d.deliver(mail("5@x", "mallory@evil.example", []string{"1@x", "2@x"}, "ann@x.example"))[0]
		if stranger.ConversationID == int64(home) {
			t.Error("a stranger joined")
		}
		hold(t, db)
	})
}

// TestHintsOfWhatOpensNothing has the log say what to set otherwise, where a mail opened nothing.
func TestHintsOfWhatOpensNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.mailbox()
		d.deliver(mail("1@x", "ann@x.example", nil))
		for id, refs := range map[string][]string{"lone@x": nil, "answer@x": {"1@x"}} {
			ev := mail(id, "ann@x.example", refs)
			ev.Nature, ev.Hint = channels.NatureList, "name the group"
			d.deliver(ev)
		}
		log, _, err := db.Received(t.Context(), agent(), 1, "", 10)
		if err != nil || len(log) != 3 {
			t.Fatalf("%d in the log, %v", len(log), err)
		}
		for _, r := range log {
			if want := map[channels.EventKey]string{"m:lone@x": "name the group"}[r.Key]; r.Error != want {
				t.Errorf("%s (%s): %q", r.Key, r.Outcome, r.Error)
			}
		}
	})
}

func TestOriginalsWithoutMessages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.mailbox()
		for i, nature := range []channels.Nature{channels.NatureBounce, channels.NatureList, channels.NatureAutoReply, channels.NatureComplaint} {
			ev := mail(fmt.Sprint(i, "@auto"), "machine@x.example", nil)
			ev.Nature = nature
			if o := d.deliver(ev)[0]; o.MessageID != 0 || o.Kind != []channels.OutcomeKind{"bounce", "auto", "auto", "complaint"}[i] {
				t.Errorf("%s: %+v", nature, o)
			}
		}
		odd := mail("odd@x", "ann@x.example", nil)
		odd.Problem = "odd"
		d.deliver(odd, mail("1@x", "ann@x.example", nil))
		hashes := map[string]bool{}
		if err := db.EachHash(t.Context(), func(hash string) error { hashes[hash] = true; return nil }); err != nil || len(hashes) != 6 {
			t.Errorf("files of a backup: %v, %v", hashes, err)
		}
		swept, err := db.Housekeep(t.Context(), d.Now().AddDate(0, 0, 15))
		if err != nil || swept.Rows["originals"] != 4 || len(swept.Hashes) != 4 {
			t.Errorf("swept %+v, %v", swept, err)
		}
		for hash, want := range map[string]bool{"original of 0@auto": true, "original of odd@x": false, "original of 1@x": false} {
			if dropped, err := db.DropBlob(t.Context(), hash, func(context.Context) error { return nil }); err != nil || dropped != want {
				t.Errorf("%s dropped: %v, %v", hash, dropped, err)
			}
		}
	})
}

// TestOneIDOnManyMails has a program give all its mails one id: none is lost, and what comes
// in again or lies among those sent adds nothing.
func TestOneIDOnManyMails(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.mailbox()
		under := func(key, from string) channels.Event {
			ev := mail("same@x", from, nil)
			ev.Key, ev.Message.Text = channels.EventKey(key), key
			return ev
		}
		list := []channels.Event{under("one", "ann@x.example"), under("two", "ann@x.example"), under("three", "bob@y.example")}
		var where []int64
		for _, ev := range list {
			where = append(where, d.deliver(ev)[0].ConversationID)
		}
		if where[0] != where[1] || where[0] == where[2] {
			t.Errorf("they are in conversations %v", where)
		}
		for _, o := range d.deliver(list...) {
			if o.Kind != channels.OutcomeDuplicate {
				t.Errorf("again: %+v", o)
			}
		}
		copied := under("copy", "ann@x.example") // somebody moved it there
		copied.Direction = channels.Echo
		if o := d.deliver(copied)[0]; o.Kind != channels.OutcomeDuplicate {
			t.Errorf("among those sent: %+v", o)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n != 3 {
			t.Errorf("%d messages", n)
		}
		hold(t, db)
	})
}
