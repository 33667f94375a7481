package store_test

import (
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// asked is a desk whose conversation offers two choices, on a network that has buttons or
// none; and what reached the network.
func asked(t *testing.T, db *store.DB, can channels.ButtonLimit) (*deskTest, inbox.Message, channels.Outgoing) {
	t.Helper()
	d := openDesk(t, db)
	d.limits.Buttons = can
	m := d.write(d.anna, inbox.Answer{Text: "Deliver today?", Buttons: [][]channels.Button{{{Text: "Yes", Data: "y"}, {Text: "No"}}}})
	row := d.row(d.anna)
	items, err := db.Outbox().Claim(t.Context(), d.Now(), []outbox.Want{{AccountID: row.AccountID, Limit: 10, Until: d.Now().Add(time.Minute)}})
	if err != nil || len(items) != 1 {
		t.Fatalf("claimed %d items, error %v", len(items), err)
	}
	settle := []outbox.Settlement{{Item: items[0], Verdict: outbox.Verdict{Outcome: outbox.Sent, RemoteID: "offer"}}}
	if err := db.Outbox().Settle(t.Context(), d.Now(), settle); err != nil {
		t.Fatal(err)
	}
	return d, m, items[0].Out
}

// chosen is the press that intake noted on the last message.
func (d *deskTest) chosen() *inbox.Press {
	d.t.Helper()
	page, err := d.inbox.Messages(d.t.Context(), d.anna, d.conv, inbox.MessageFilter{Last: true})
	if err != nil || len(page.Items) == 0 {
		d.t.Fatalf("read messages: %v", err)
	}
	return page.Items[len(page.Items)-1].Press
}

func TestButtonsReachTheNetworkAndPressesComeBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, m, out := asked(t, db, channels.ButtonLimit{Max: 3, PerRow: 1, Text: channels.TextLimit{Max: 20, Unit: channels.UnitRunes}, Data: 64})
		if out.Text != "Deliver today?" || len(out.Buttons) != 2 || out.Buttons[0][0].Data != "y" || out.Buttons[1][0] != (channels.Button{Text: "No", Data: "No"}) || m.Numbered {
			t.Fatalf("sent %q with %v", out.Text, out.Buttons)
		}
		press := says("v1", "press", "Yes")
		press.Message.Press = &channels.Press{RemoteID: "offer", Data: "y"}
		d.deliver(press)
		if p := d.chosen(); p == nil || *p != (inbox.Press{MessageID: m.ID, Data: "y", Text: "Yes"}) {
			t.Errorf("press = %+v", p)
		}
		// A number means nothing where buttons were seen.
		d.deliver(says("v1", "number", "2"))
		if p := d.chosen(); p != nil {
			t.Errorf("a number chose %+v", p)
		}
	})
}

func TestNumbersStandInForButtons(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, m, out := asked(t, db, channels.ButtonLimit{})
		if out.Text != "Deliver today?\n\n1. Yes\n2. No" || len(out.Buttons) != 0 || !m.Numbered {
			t.Fatalf("sent %q with %v", out.Text, out.Buttons)
		}
		d.deliver(says("v1", "words", "What does it cost?"))
		if p := d.chosen(); p != nil {
			t.Errorf("words chose %+v", p)
		}
		d.deliver(says("v1", "number", " 2. "))
		if p := d.chosen(); p == nil || *p != (inbox.Press{MessageID: m.ID, Data: "No", Text: "No"}) {
			t.Errorf("press = %+v", p)
		}
		d.deliver(says("v1", "beyond", "3"))
		if p := d.chosen(); p != nil {
			t.Errorf("a number beyond the list chose %+v", p)
		}
		d.write(d.anna, inbox.Answer{Text: "How many?"})
		d.deliver(says("v1", "amount", "2"))
		if p := d.chosen(); p != nil {
			t.Errorf("the answer to another question chose %+v", p)
		}
	})
}

// TestALongQuestionHasNumbers asks more than the network shows above buttons.
func TestALongQuestionHasNumbers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		limit := channels.ButtonLimit{Max: 3, PerRow: 1, Text: channels.TextLimit{Max: 20, Unit: channels.UnitRunes}, Data: 64}
		limit.Body = channels.TextLimit{Max: len("Deliver today?") - 1, Unit: channels.UnitRunes}
		d, m, out := asked(t, db, limit)
		if out.Text != "Deliver today?\n\n1. Yes\n2. No" || len(out.Buttons) != 0 || !m.Numbered {
			t.Fatalf("sent %q with %v", out.Text, out.Buttons)
		}
		d.deliver(says("v1", "number", "2"))
		if p := d.chosen(); p == nil || p.MessageID != m.ID || p.Data != "No" {
			t.Errorf("press = %+v", p)
		}
	})
}

func TestAStrangersPressNamesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, m, _ := asked(t, db, channels.ButtonLimit{})
		press := says("stranger", "forged", "Yes")
		press.Message.Press = &channels.Press{MessageID: int64(m.ID), Data: "y"}
		out := d.deliver(press)
		got, err := d.inbox.Message(t.Context(), d.anna, inbox.MessageID(out[0].MessageID))
		if err != nil || got.Press == nil || got.Press.MessageID != 0 || got.ReplyTo != 0 {
			t.Errorf("press = %+v, error %v", got.Press, err)
		}
	})
}

func TestTakingBackRestoresTheTextWithoutNumbers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "Which?", Undo: time.Minute, Buttons: [][]channels.Button{{{Text: "A"}, {Text: "B"}}}})
		back, err := d.inbox.Undo(t.Context(), d.anna, m.ID)
		if err != nil || back.Text != "Which?" || len(back.Buttons) != 1 || !strings.Contains(m.Text, "2. B") {
			t.Errorf("taken back %q of %q, error %v", back.Text, m.Text, err)
		}
	})
}

// TestLabelsDifferWhereTheNetworkAsksForIt offers two buttons that say the same.
func TestLabelsDifferWhereTheNetworkAsksForIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		for _, distinct := range []bool{false, true} {
			d.limits.Buttons = channels.ButtonLimit{Max: 3, PerRow: 3, Text: channels.TextLimit{Max: 20, Unit: channels.UnitRunes}, Data: 64, Distinct: distinct}
			_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{
				Kind: inbox.KindMessage, Text: "Which?", Buttons: [][]channels.Button{{{Text: "This", Data: "1"}, {Text: " This", Data: "2"}}},
			})
			f, refused := fault.As(err)
			if refused != distinct || distinct && f.Fields[0].Path != "buttons[0][1].text" {
				t.Errorf("distinct %v: %v", distinct, err)
			}
		}
	})
}
