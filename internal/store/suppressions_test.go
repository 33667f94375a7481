package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/jobs"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// asks is a message that says something of further ones.
func asks(key, text string, c channels.Consent) channels.Event {
	ev := says("v1", key, text)
	ev.Consent = c
	return ev
}

func TestWhoSaidStopIsNotWrittenTo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		later := d.write(d.anna, inbox.Answer{Text: "Tomorrow", Undo: inbox.MaxUndo})
		unanswered := d.row(d.anna).Unanswered
		d.deliver(asks("stop", "СТОП", channels.ConsentStopped))
		d.deliver(asks("stop again", "stop", channels.ConsentStopped))
		if got := d.row(d.anna).Unanswered; got != unanswered {
			t.Errorf("whoever wants no messages waits for one: %v", got)
		}
		sup, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv)
		if err != nil || !found || sup.Word != "СТОП" || sup.At.IsZero() {
			t.Fatalf("%+v %v %v", sup, found, err)
		}
		refused := func() bool {
			_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "Please?"})
			if err != nil && fault.CodeOf(err) != inbox.CodeStopped {
				t.Fatal(err)
			}
			return err != nil
		}
		if !refused() {
			t.Error("they are written to")
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindNote, Text: "They want none"}); err != nil {
			t.Errorf("a note: %v", err)
		}
		list, err := d.inbox.StoppedFor(t.Context(), d.row(d.anna).ContactID)
		if err != nil || len(list) != 1 || list[0].Key != sup.Key {
			t.Errorf("of the contact: %+v %v", list, err)
		}
		// What was on its way does not.
		d.add(inbox.MaxUndo)
		err = db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", later.ID)) })
		if err != nil {
			t.Fatal(err)
		}
		if m, err := d.inbox.Message(t.Context(), d.anna, later.ID); err != nil || m.State != inbox.Failed || m.ErrorCode != inbox.CodeStopped || m.Seq == 0 {
			t.Errorf("released: %+v", m)
		}
		if _, err := d.inbox.Resend(t.Context(), d.anna, later.ID); fault.CodeOf(err) != inbox.CodeStopped {
			t.Errorf("resent: %v", err)
		}
		for name, lift := range map[string]func() error{
			"an agent": func() error { return d.inbox.LiftStop(t.Context(), d.anna, d.conv) },
			"START":    func() error { d.deliver(asks("start", "Start", channels.ConsentGiven)); return nil },
		} {
			if err := lift(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if refused() {
				t.Errorf("%s lifted it, and they are not written to", name)
			}
			d.deliver(asks("stop after "+name, "stop", channels.ConsentStopped))
			if !refused() {
				t.Errorf("a stop after %s counts for nothing", name)
			}
		}
		// History says nothing of today.
		old := asks("old", "start", channels.ConsentGiven)
		old.Historic = true
		d.deliver(old)
		if !refused() {
			t.Error("an old word lifted a new one")
		}
	})
}

// TestStopTakesBackWhatMachinesQueued has an agent's answer and a trigger's wait when the contact asks for no more.
func TestStopTakesBackWhatMachinesQueued(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		own := d.write(d.anna, inbox.Answer{Text: "It is on its way"})
		machine := d.anna
		machine.Cause = actor.Cause{Kind: actor.API, ID: 7}
		sale := d.write(machine, inbox.Answer{Text: "Sale!"})
		d.deliver(asks("stop", "стоп", channels.ConsentStopped))
		takeBack := func() {
			list, err := db.ClaimJobs(t.Context(), jobs.Claim{Token: "t", Now: d.Now(), Until: d.Now().Add(time.Minute), Limit: 50})
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range list {
				if j.Kind != inbox.JobWithdraw {
					continue
				}
				if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.TakeBack(ctx, j.Payload) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		takeBack()
		for _, c := range []struct {
			m    inbox.Message
			want inbox.State
		}{{own, inbox.Queued}, {sale, inbox.Failed}} {
			if m, err := d.inbox.Message(t.Context(), d.anna, c.m.ID); err != nil || m.State != c.want || c.want == inbox.Failed && m.ErrorCode != inbox.CodeStopped {
				t.Errorf("%q is %s (%s), %v; want %s", m.Text, m.State, m.ErrorCode, err, c.want)
			}
		}
		items, err := db.Outbox().Claim(t.Context(), d.Now(), []outbox.Want{{AccountID: d.row(d.anna).AccountID, Limit: 10, Until: d.Now().Add(time.Minute)}})
		if err != nil || len(items) != 1 || items[0].ID != int64(own.ID) {
			t.Errorf("what is sent: %+v, %v", items, err)
		}
	})
}

// TestWhoWantsNoMessagesIsListed turns pages of the list and takes one off it.
func TestWhoWantsNoMessagesIsListed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		d.deliver(asks("stop", "стоп", channels.ConsentStopped))
		elsewhere := says("v2", "other", "stop")
		elsewhere.Consent = channels.ConsentStopped
		d.deliver(elsewhere)
		first, next, err := d.inbox.Suppressed(t.Context(), everyone(), "", 1)
		if err != nil || len(first) != 1 || next == "" {
			t.Fatalf("first page: %+v %q %v", first, next, err)
		}
		second, end, err := d.inbox.Suppressed(t.Context(), everyone(), next, 1)
		if err != nil || len(second) != 1 || end != "" || second[0].ID >= first[0].ID {
			t.Fatalf("second page: %+v %q %v", second, end, err)
		}
		if list, _, err := d.inbox.Suppressed(t.Context(), actor.Viewer{AgentID: 3, Scope: actor.Own}, "", 9); err != nil || len(list) != 0 {
			t.Errorf("shown to somebody who sees their own alone: %+v %v", list, err)
		}
		if err := d.inbox.Unsuppress(t.Context(), everyone(), second[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv); err != nil || found {
			t.Errorf("lifted, and still there: %v %v", found, err)
		}
		if err := d.inbox.Unsuppress(t.Context(), everyone(), second[0].ID); fault.CodeOf(err) != "suppression_not_found" {
			t.Errorf("lifted twice: %v", err)
		}
	})
}

// TestTheLastWordOfABatchCounts delivers both words at once.
func TestTheLastWordOfABatchCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		d.deliver(asks("1", "stop", channels.ConsentStopped), asks("2", "start", channels.ConsentGiven))
		if _, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv); err != nil || found {
			t.Errorf("stop, start: %v %v", found, err)
		}
		d.deliver(asks("3", "start", channels.ConsentGiven), asks("4", "stop", channels.ConsentStopped))
		if _, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv); err != nil || !found {
			t.Errorf("start, stop: %v %v", found, err)
		}
	})
}

// TestStopIsLiftedWhereOneSees has the same person write by two channels of one kind, later
// by the one that whoever lifts their stop may not see.
func TestStopIsLiftedWhereOneSees(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		d.deliver(asks("stop", "стоп", channels.ConsentStopped))
		d.add(time.Minute)
		if _, err := d.account(2).Deliver(t.Context(), channels.Batch{Events: []channels.Event{says("v1", "elsewhere", "hello?")}}); err != nil {
			t.Fatal(err)
		}
		v := everyone()
		v.Accounts = []int64{1}
		list, _, err := d.inbox.Suppressed(t.Context(), v, "", 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := d.inbox.Unsuppress(t.Context(), v, list[0].ID); err != nil {
			t.Fatalf("lifted: %v", err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM suppressions`); n != 0 {
			t.Errorf("%d hold still", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = $1 AND conversation_id = $2`, inbox.EntrySuppression, int64(d.conv)); n != 2 {
			t.Errorf("the timeline says it %d times, want that it came and went", n)
		}
	})
}
