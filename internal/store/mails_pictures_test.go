package store_test

import (
	"errors"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestPicturesInTheText has an agent name uploaded pictures in a mail's HTML: they go along
// as parts of the mail, attached or not, and are shown in the thread; one that is not there
// is refused in words.
func TestPicturesInTheText(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		for id, name := range map[inbox.FileID]string{71: "cup.png", 72: "map.png"} {
			f := inbox.File{ID: id, Hash: name, Name: name, Type: "image/png", Size: 5, CreatedAt: o.Now()}
			if err := db.AddFile(t.Context(), f, inbox.FileOwner{Kind: "agent", ID: 7}); err != nil {
				t.Fatal(err)
			}
		}
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		m := o.write(c, inbox.Answer{HTML: `<p><img src="cid:71" alt="a"> and <img src="cid:72"></p>`, Files: []inbox.FileID{72}})
		if len(m.Files) != 2 {
			t.Fatalf("the files are %+v", m.Files)
		}
		for _, f := range m.Files {
			if !f.Inline || f.ContentID == "" || !strings.Contains(m.HTML, `"cid:`+f.ContentID+`"`) {
				t.Errorf("%s is inline %v, called %q, in %s", f.Name, f.Inline, f.ContentID, m.HTML)
			}
		}
		if out := o.send("ours@shop.example"); len(out.Files) != 2 || !out.Files[0].Inline || !strings.Contains(out.HTML, "cid:"+out.Files[0].ContentID) {
			t.Errorf("sent: %s, %+v", out.HTML, out.Files)
		}
		for name, html := range map[string]string{"unknown": `<img src="cid:99">`, "sent before": `<img src="cid:71">`} {
			_, err := o.inbox.Write(t.Context(), agent(), c, inbox.Answer{Kind: inbox.KindMessage, HTML: html})
			if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestNoMachineAnswersWhatIsUnanswerable has adapters say that machines may not answer.
func TestNoMachineAnswersWhatIsUnanswerable(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		for why, want := range map[string]error{
			"": nil, "own_address": inbox.ErrAutomaticToSelf, "automatic": inbox.ErrAutomaticToMachine, "null_sender": inbox.ErrAutomaticToMachine,
			"list": inbox.ErrAutomaticUnwanted, "suppressed": inbox.ErrAutomaticUnwanted,
		} {
			ev := mail("1"+why+"@x", "ann"+why+"@x.example", nil)
			ev.Message.Unanswerable = why
			c := inbox.ConversationID(o.deliver(ev)[0].ConversationID)
			_, err := o.inbox.Write(t.Context(), agent(), c, inbox.Answer{Kind: inbox.KindMessage, Text: "We have got it.", Automatic: true})
			if !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", why, err, want)
			}
		}
	})
}

// TestReadReceiptOfAMail takes a proven receipt in: the mail was read, and nothing is opened.
func TestReadReceiptOfAMail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c := inbox.ConversationID(o.deliver(mail("1@x", "ann@x.example", nil))[0].ConversationID)
		m := o.write(c, inbox.Answer{Text: "Here you are."})
		o.send("ours@shop.example")
		got := o.deliver(channels.Event{
			Key: "m:read@x:1", Direction: channels.Inward, Original: &channels.File{Hash: "r", Size: 1},
			Receipt: &channels.Receipt{MessageID: int64(m.ID), State: channels.Read, Recipient: "ann@x.example"},
		})[0]
		if got.Kind != channels.OutcomeReceipt || got.ConversationID != int64(c) {
			t.Errorf("it became %+v", got)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages WHERE state = 'read'`); n != 1 {
			t.Errorf("%d messages are read", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversations`); n != 1 {
			t.Errorf("there are %d conversations", n)
		}
	})
}
