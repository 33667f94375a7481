package store_test

import (
	"errors"
	"strconv"
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
		secret := inbox.File{ID: 73, Hash: "plan.png", Name: "plan.png", Type: "image/png", Size: 5, CreatedAt: o.Now()}
		if err := db.AddFile(t.Context(), secret, inbox.FileOwner{Kind: "agent", ID: 8}); err != nil {
			t.Fatal(err)
		}
		for name, html := range map[string]string{"unknown": `<img src="cid:99">`, "of a colleague who has not sent it": `<img src="cid:73">`} {
			_, err := o.inbox.Write(t.Context(), agent(), c, inbox.Answer{Kind: inbox.KindMessage, HTML: html})
			if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestPicturesPastedFromElsewhere has an agent paste pictures that hang on other messages: they
// go along as copies, and what is no picture or not to be seen does not.
func TestPicturesPastedFromElsewhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		first := mail("1@x", "ann@x.example", nil)
		first.Message.Files = []channels.File{
			{Hash: "cup.png", Name: "cup.png", Type: "image/png", Size: 5, Inline: true, ContentID: "cup@x"},
			{Hash: "offer.pdf", Name: "offer.pdf", Type: "application/pdf", Size: 5},
		}
		got := o.deliver(first)[0]
		c := inbox.ConversationID(got.ConversationID)
		files := o.message(got.MessageID).Files
		cup, offer := strconv.FormatInt(int64(files[0].ID), 10), strconv.FormatInt(int64(files[1].ID), 10)
		text := `<p>This one?</p><img src="cid:` + cup + `"><img src="cid:` + cup + `">`
		for i := range 2 { // what was pasted once can be pasted out of our own mail
			m := o.write(c, inbox.Answer{HTML: text, Files: []inbox.FileID{files[0].ID}})
			if len(m.Files) != 1 || m.Files[0].ID == files[0].ID || m.Files[0].Hash != "cup.png" || !m.Files[0].Inline || strings.Count(m.HTML, `"cid:`+m.Files[0].ContentID+`"`) != 2 {
				t.Errorf("written %s with %+v", m.HTML, m.Files)
			}
			if out := o.send("ours" + strconv.Itoa(i) + "@shop.example"); len(out.Files) != 1 || out.Files[0].Hash != "cup.png" || out.Files[0].ContentID != m.Files[0].ContentID {
				t.Errorf("sent %+v", out.Files)
			}
			text = strings.ReplaceAll(text, `"cid:`+cup+`"`, `"cid:`+strconv.FormatInt(int64(m.Files[0].ID), 10)+`"`)
			cup, files[0].ID = strconv.FormatInt(int64(m.Files[0].ID), 10), m.Files[0].ID
		}
		for name, a := range map[string]inbox.Answer{
			"no picture":      {HTML: `<img src="cid:` + offer + `">`},
			"beside the text": {Text: "See", Files: []inbox.FileID{files[0].ID}},
		} {
			a.Kind = inbox.KindMessage
			_, err := o.inbox.Write(t.Context(), agent(), c, a)
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
