package store_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// thread delivers mails that answer each other and returns their conversation and messages.
func (o *office) thread(ids ...string) (c inbox.ConversationID, list []inbox.MessageID) {
	o.t.Helper()
	for i, id := range ids {
		out := o.deliver(mail(id, "ann@x.example", ids[:i]))[0]
		c, list = inbox.ConversationID(out.ConversationID), append(list, inbox.MessageID(out.MessageID))
	}
	return c, list
}

func (o *office) split(c inbox.ConversationID, m inbox.MessageID) (inbox.SplitID, inbox.Row) {
	o.t.Helper()
	id, row, err := o.inbox.Split(o.t.Context(), agent(), c, inbox.Splitting{Message: m})
	if err != nil {
		o.t.Fatalf("split: %v", err)
	}
	return id, row
}

// TestASplitIsUndoneAfterItsFirstPartWasClosed leaves no question in a closed conversation.
func TestASplitIsUndoneAfterItsFirstPartWasClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c, list := o.thread("1@x", "2@x")
		id, part := o.split(c, list[1])
		for status, until := range map[inbox.Status]time.Time{inbox.Closed: {}, inbox.Snoozed: o.Now().Add(time.Hour)} {
			if _, err := o.inbox.Patch(t.Context(), agent(), c, inbox.Patch{Status: &status, SnoozedUntil: &until}); err != nil {
				t.Fatal(err)
			}
			if _, err := o.inbox.Unsplit(t.Context(), agent(), id); err != nil {
				t.Fatal(err)
			}
			is, err := o.inbox.Get(t.Context(), agent(), c)
			if err != nil || is.Status != inbox.Open || !is.Unanswered || !is.ClosedAt.IsZero() || !is.SnoozedUntil.IsZero() || is.WaitingSince.After(part.WaitingSince) {
				t.Errorf("after %s it is %+v, %v", status, is, err)
			}
			id, part = o.split(c, list[1])
		}
		hold(t, db)
	})
}

// TestAnUndoneSplitLeavesTheSubject gives the first part no name that the second one was given.
func TestAnUndoneSplitLeavesTheSubject(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		for i, was := range []string{"", "About the order"} {
			c, list := o.thread("1@"+strconv.Itoa(i), "2@"+strconv.Itoa(i))
			newPost(t, db).exec(`UPDATE conversations SET subject = $2 WHERE id = $1`, int64(c), was)
			other := "Change of address"
			id, part, err := o.inbox.Split(t.Context(), agent(), c, inbox.Splitting{Message: list[1], Subject: &other})
			if err != nil || part.Subject != other {
				t.Fatalf("split as %q: %v", part.Subject, err)
			}
			if _, err := o.inbox.Unsplit(t.Context(), agent(), id); err != nil {
				t.Fatal(err)
			}
			if is, err := o.inbox.Get(t.Context(), agent(), c); err != nil || is.Subject != was {
				t.Errorf("it is called %q, was %q: %v", is.Subject, was, err)
			}
		}
		hold(t, db)
	})
}

// TestASplitBehindTheQuestion: whoever asked before the border still waits, in the part that goes on.
func TestASplitBehindTheQuestion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		was := d.row(d.anna)
		id, row := d.split(list[4], false) // the note behind two questions
		if first := d.row(d.anna); first.Status != inbox.Closed || first.Unanswered {
			t.Errorf("the first part: %+v", first)
		}
		if row.Status != inbox.Open || !row.Unanswered || !row.WaitingSince.Equal(was.WaitingSince) {
			t.Errorf("the second part: %+v, was waiting since %v", row, was.WaitingSince)
		}
		if _, err := d.inbox.Unsplit(t.Context(), d.anna, id); err != nil {
			t.Fatal(err)
		}
		if is := d.row(d.anna); is.Status != inbox.Open || !is.WaitingSince.Equal(was.WaitingSince) {
			t.Errorf("taken back: %+v", is)
		}
		hold(t, db)
	})
}

// TestAJoinedRequestOutlivesItsSplit when another conversation belongs to it by then.
func TestAJoinedRequestOutlivesItsSplit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		other := d.elsewhere()
		id, row := d.split(list[2], true)
		if _, err := d.inbox.Patch(t.Context(), d.anna, other, inbox.Patch{Request: &row.RequestID}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.inbox.Unsplit(t.Context(), d.anna, id); err != nil {
			t.Fatal(err)
		}
		if r := readRequest(t, db, row.RequestID); !r.Status.Active() || !r.ResolvedAt.IsZero() {
			t.Errorf("it is %s, and another conversation belongs to it", r.Status)
		}
	})
}

// TestASplitIsNotUndoneAcrossAnother: a number alone does not say that the first part is as it was.
func TestASplitIsNotUndoneAcrossAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		c, list := o.thread("1@x", "2@x", "3@x", "4@x")
		late, _ := o.split(c, list[3])
		early, _ := o.split(c, list[2])
		refused := func(when string) {
			t.Helper()
			_, err := o.inbox.Unsplit(t.Context(), agent(), late)
			if f := refusal(t, err); f.Code != "split_again" {
				t.Errorf("%s: %v", when, err)
			}
		}
		refused("shorter by another split")
		o.deliver(mail("5@x", "ann@x.example", []string{"1@x", "2@x"}))
		if row, err := o.inbox.Get(t.Context(), agent(), c); err != nil || row.Seq != 3 {
			t.Fatalf("it has %d messages, %v", row.Seq, err)
		}
		refused("as long as it was, by another mail")
		_, err := o.inbox.Unsplit(t.Context(), agent(), early)
		if f := refusal(t, err); f.Code != "split_overtaken" {
			t.Errorf("with a newer mail: %v", err)
		}
	})
}

// TestASplitIsBounded, and so is its undoing.
func TestASplitIsBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		grow := func(c inbox.ConversationID, n int64) {
			d.exec(`UPDATE messages SET seq = seq + $2 WHERE conversation_id = $1 AND seq > 2`, int64(c), n)
			setConversation(t, db, int64(c), func(c *inbox.Conversation) { c.Seq += n })
		}
		grow(d.conv, 1998) // 2,001 behind the second
		_, _, err := d.inbox.Split(t.Context(), d.anna, d.conv, inbox.Splitting{Message: list[1]})
		if f := refusal(t, err); len(f.Fields) != 1 || f.Fields[0].Code != "too_many" {
			t.Errorf("too many: %v", err)
		}
		grow(d.conv, -1998)
		id, row := d.split(list[2], false)
		grow(row.ID, 1998)
		_, err = d.inbox.Unsplit(t.Context(), d.anna, id)
		if f, ok := fault.As(err); !ok || f.Code != "split_too_long" {
			t.Errorf("back: %v", err)
		}
	})
}

// TestOldWordsGoWithAMessageThatWasSplitOff: its lines stand where it stands, so that they lose its words when it is deleted.
func TestOldWordsGoWithAMessageThatWasSplitOff(t *testing.T) {
	t.Parallel()
	eachAmender(t, func(t *testing.T, a *amender) {
		a.edit("It is on its way.")
		a.done(a.under(outbox.Edit))
		_, row := a.split(a.sent, false)
		edited := func(c inbox.ConversationID) (out []inbox.TimelineItem) {
			line, err := a.inbox.Timeline(t.Context(), a.anna, c, "", 50)
			if err != nil {
				t.Fatal(err)
			}
			return slices.DeleteFunc(line.Items, func(i inbox.TimelineItem) bool { return i.Entry == nil || i.Entry.Type != "edited" })
		}
		if left := edited(a.conv); len(left) != 0 {
			t.Errorf("the first part tells of it: %+v", left)
		}
		if moved := edited(row.ID); len(moved) != 1 || moved[0].Entry.Data["was"] != "It is on its wy." {
			t.Errorf("the second part tells %+v", moved)
		}
		a.must(a.inbox.Delete(t.Context(), a.anna, a.sent))
		a.done(a.under(outbox.Delete))
		if moved := edited(row.ID); len(moved) != 1 || moved[0].Entry.Data["was"] != nil {
			t.Errorf("after it was deleted: %+v", moved)
		}
		if n := number(t, a.db, `SELECT COUNT(*) FROM timeline WHERE data LIKE '%on its wy%'`); n != 0 {
			t.Errorf("%d lines still say it", n)
		}
	})
}

// TestSpamJoinsNothing: a mail between a thread that was put aside and an honest one goes to the honest one.
func TestSpamJoinsNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		for name, aside := range map[string]func(late, early inbox.ConversationID) (spam, honest inbox.ConversationID){
			"ann": func(late, early inbox.ConversationID) (spam, honest inbox.ConversationID) { return late, early },
			"bob": func(late, early inbox.ConversationID) (spam, honest inbox.ConversationID) { return early, late },
		} {
			late, early, middle := o.apart(name)
			spam, honest := aside(late, early)
			if _, err := o.inbox.Patch(t.Context(), agent(), spam, inbox.Patch{Spam: &yes}); err != nil {
				t.Fatal(err)
			}
			if out := o.deliver(middle); out[0].ConversationID != int64(honest) {
				t.Errorf("%s: the mail went to %d, want %d", name, out[0].ConversationID, honest)
			}
			row, err := o.inbox.Get(t.Context(), agent(), spam)
			if err != nil || !row.Spam() || row.MergedInto != 0 {
				t.Errorf("%s: what was put aside is %+v, %v", name, row, err)
			}
			row, err = o.inbox.Patch(t.Context(), agent(), spam, inbox.Patch{Spam: &no})
			if err != nil || row.Status != inbox.Open {
				t.Errorf("%s: brought back it is %+v, %v", name, row, err)
			}
		}
		hold(t, db)
	})
}

// TestSpamAndItsHolderInOnePatch writes what hangs on the conversation once, with both changes.
func TestSpamAndItsHolderInOnePatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		was, nobody, boris := d.row(d.anna), inbox.AgentID(0), inbox.AgentID(d.boris.AgentID)
		d.patch(d.anna, inbox.Patch{Spam: &yes, Assignee: &nobody})
		l, r := readLead(t, db, was.LeadID), readRequest(t, db, was.RequestID)
		if l.Status != "lost" || l.OwnerID != 0 || r.Status != "closed" || r.OwnerID != 0 {
			t.Errorf("put aside: %+v, %+v", l, r)
		}
		d.patch(d.anna, inbox.Patch{Spam: &no, Assignee: &boris})
		l, r = readLead(t, db, was.LeadID), readRequest(t, db, was.RequestID)
		if l.Status != "open" || l.OwnerID != int64(boris) || !r.Status.Active() || r.OwnerID != int64(boris) {
			t.Errorf("brought back: %+v, %+v", l, r)
		}
	})
}
