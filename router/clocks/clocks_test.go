package clocks_test

import (
	"context"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

func TestALifeOfClocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10, NextResponse: 20, Resolution: 60}, WarnPercent: 50, WarnWhom: []clocks.Whom{clocks.TellAssignee}})
		id := h.Says("v1", "m1", "hello")
		begun := h.Now()
		h.work()
		first := h.clock(id, clocks.FirstResponse)
		if first.State != clocks.Running || !first.DueAt.Equal(begun.Add(10*time.Minute)) || first.Policy != p.ID || !first.WarnAt.Equal(begun.Add(5*time.Minute)) {
			t.Fatalf("the first answer: %+v", first)
		}
		row, err := h.Inbox.Get(t.Context(), actor.System(), id)
		if err != nil || len(row.Clocks) != 2 || !row.DueAt.Equal(first.DueAt) {
			t.Fatalf("the conversation shows %+v, %v", row, err)
		}
		h.Pass(4 * time.Minute)
		h.answers(id, inbox.Answer{Text: "Good day"})
		h.work()
		if first = h.clock(id, clocks.FirstResponse); first.State != clocks.Met || first.End != clocks.Answered || first.Spent != 4*time.Minute {
			t.Errorf("after the answer: %+v", first)
		}
		// Waiting for the contact, everything stands still.
		h.patch(id, inbox.Patch{Status: ptr(inbox.Pending)})
		h.work()
		if c := h.clock(id, clocks.Resolution); c.State != clocks.Paused || !c.DueAt.IsZero() || c.Left != 56*time.Minute || c.Pauses[0].Waiting {
			t.Errorf("paused: %+v", c)
		}
		h.Pass(24 * time.Hour)
		h.due()
		h.Says("v1", "m2", "and now?")
		h.work()
		c := h.clock(id, clocks.Resolution)
		if c.State != clocks.Running || !c.DueAt.Equal(h.Now().Add(56*time.Minute)) || len(c.Pauses) != 1 || !c.Pauses[0].To.Equal(h.Now()) || len(c.Spans) != 2 {
			t.Errorf("resumed: %+v", c)
		}
		next := h.clock(id, clocks.NextResponse)
		if next.State != clocks.Running || !next.DueAt.Equal(h.Now().Add(20*time.Minute)) {
			t.Errorf("the next answer: %+v", next)
		}
		h.Pass(20 * time.Minute)
		h.due()
		h.due()
		if next = h.clock(id, clocks.NextResponse); next.State != clocks.Breached || !next.BreachedAt.Equal(next.DueAt) || len(h.Entries(id, "clock.breached")) != 1 {
			t.Errorf("missed: %+v, told %d times", next, len(h.Entries(id, "clock.breached")))
		}
		h.patch(id, inbox.Patch{Status: ptr(inbox.Closed)})
		h.work()
		if c := h.clock(id, clocks.Resolution); c.State != clocks.Met || c.End != clocks.Closed {
			t.Errorf("closed: %+v", c)
		}
		if row, err = h.Inbox.Get(t.Context(), actor.System(), id); err != nil || !row.DueAt.IsZero() {
			t.Errorf("a closed conversation is due %s, %v", row.DueAt, err)
		}
	})
}

func TestAnAnswerOneSecondBefore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		h.Pass(10*time.Minute - time.Second)
		h.answers(id, inbox.Answer{Text: "Here"})
		// Its job is not done yet when the clock is looked at, much later.
		h.Pass(time.Hour)
		h.due()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Running {
			t.Fatalf("fired although an answer had come: %+v", c)
		}
		// Nor when the contact has asked again meanwhile.
		h.Says("v1", "m2", "again")
		h.due()
		h.work()
		list, err := h.clocks.Clocks(t.Context(), actor.System(), id)
		if err != nil || list[0].State != clocks.Met || len(h.Entries(id, "clock.breached")) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestAnAnswerOneSecondAfter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.Write(func(ctx context.Context) error { // Jane heads the team too, and is told once
			team, err := h.DB.Team(ctx, sales)
			if err != nil {
				return err
			}
			team.Routing.Head = jane
			return h.DB.UpdateTeam(ctx, team)
		})
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10}, BreachWhom: []clocks.Whom{clocks.TellHead, clocks.TellAssignee, clocks.TellTeam}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		h.patch(id, inbox.Patch{Assignee: ptr(inbox.AgentID(jane)), Team: ptr(inbox.TeamID(sales))})
		h.Pass(10*time.Minute + time.Second)
		h.answers(id, inbox.Answer{Text: "Here"})
		h.work()
		h.due()
		c := h.clock(id, clocks.FirstResponse)
		if c.State != clocks.Breached || c.EndedAt.IsZero() || c.Spent != 10*time.Minute+time.Second || len(h.Entries(id, "clock.breached")) != 1 || len(h.Told) != 2 {
			t.Errorf("%+v, told %v", c, h.Told)
		}
	})
}

func TestWhatCounts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		trigger := actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.Trigger, ID: 5, Depth: 1}}
		if _, err := h.Inbox.Write(t.Context(), trigger, id, inbox.Answer{Kind: inbox.KindMessage, Text: "We got it"}); err != nil {
			t.Fatal(err)
		}
		h.work()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Running {
			t.Errorf("an automatic answer counted: %+v", c)
		}
		h.Deliver(channels.Event{
			Key: "e1", Direction: channels.Echo, Chat: "v1", Sender: channels.Sender{Scope: "visitor", Address: "v1"}, Message: &channels.Message{Text: "from the phone", RemoteID: "r1"},
		})
		h.work()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Met || c.End != clocks.Answered {
			t.Errorf("an echo did not count: %+v", c)
		}
		other := h.Says("v2", "m2", "thank you")
		h.work()
		h.patch(other, inbox.Patch{Unanswered: ptr(false)})
		h.work()
		if c := h.clock(other, clocks.FirstResponse); c.State != clocks.Met || c.End != clocks.NotNeeded {
			t.Errorf("no answer needed: %+v", c)
		}
		old := h.Deliver(channels.Event{
			Key: "old", Direction: channels.Inward, Chat: "v3", Sender: channels.Sender{Scope: "visitor", Address: "v3"},
			Message: &channels.Message{Text: "long ago"}, Historic: true, At: h.Now().Add(-time.Hour),
		})
		h.work()
		if list, err := h.clocks.Clocks(t.Context(), actor.System(), old); err != nil || len(list) != 0 {
			t.Errorf("history set clocks: %+v, %v", list, err)
		}
	})
}

func TestAPauseWhileTheContactWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		h.Pass(9 * time.Minute)
		h.patch(id, inbox.Patch{Status: ptr(inbox.Pending)})
		h.work()
		page, err := h.clocks.WaitingPauses(t.Context(), actor.System(), h.Now().Add(-time.Hour), h.Now().Add(time.Hour), "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].Conversation != id || page.Items[0].ByName != "Jane" || !page.Items[0].To.IsZero() {
			t.Errorf("the report: %+v, %v", page, err)
		}
		if page, err = h.clocks.WaitingPauses(t.Context(), actor.Viewer{Scope: actor.Own, AgentID: 99}, time.Time{}, h.Now().Add(time.Hour), "", 10); err != nil || len(page.Items) != 0 {
			t.Errorf("who sees nothing sees %+v, %v", page, err)
		}
	})
}

func TestThePolicyFollowsThePriority(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Name: "Labelled", Targets: clocks.Targets{FirstResponse: 1}, Conditions: when(t, `{"field": "conversation.subject", "op": "equals", "value": "nothing"}`)})
		standard := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60}, ByPriority: map[inbox.Priority]clocks.Targets{inbox.Urgent: {FirstResponse: 15}}})
		id := h.Says("v1", "m1", "hello")
		begun := h.Now()
		h.work()
		h.Pass(5 * time.Minute)
		h.patch(id, inbox.Patch{Priority: ptr(inbox.Urgent)})
		h.work()
		if c := h.clock(id, clocks.FirstResponse); !c.DueAt.Equal(begun.Add(15*time.Minute)) || c.Policy != standard.ID || c.Used != 5*time.Minute {
			t.Errorf("urgent: %+v", c)
		}
	})
}

func TestListsByWhatIsDue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		slow := h.Says("v1", "m1", "no promise to me")
		h.Pass(time.Minute)
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60}, ByPriority: map[inbox.Priority]clocks.Targets{inbox.Urgent: {FirstResponse: 5}}})
		later := h.Says("v2", "m2", "hello")
		h.Pass(time.Minute)
		sooner := h.Says("v3", "m3", "hello")
		h.patch(sooner, inbox.Patch{Priority: ptr(inbox.Urgent)})
		done := h.Says("v4", "m4", "hello")
		h.work()
		h.answers(done, inbox.Answer{Text: "done"})
		h.work()
		var got []inbox.ConversationID
		for cursor := ""; ; {
			page, err := h.Inbox.List(t.Context(), person(), inbox.Filter{Sort: inbox.Due, Limit: 1, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Items {
				got = append(got, r.ID)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		want := []inbox.ConversationID{sooner, later, slow, done}
		if len(got) != len(want) {
			t.Fatalf("%v, want %v (policy %d)", got, want, p.ID)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%v, want %v", got, want)
			}
		}
	})
}

// TestAClockThatJumps moves the machine's clock by an hour and by a day, both ways.
func TestAClockThatJumps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}, WarnPercent: 50})
		id := h.Says("v1", "m1", "hello")
		h.work()
		for _, jump := range []time.Duration{-time.Hour, 2 * time.Hour, -24 * time.Hour, 48 * time.Hour, -time.Hour} {
			h.Pass(jump)
			h.due()
		}
		if warned, breached := len(h.Entries(id, "clock.warned")), len(h.Entries(id, "clock.breached")); warned > 1 || breached != 1 {
			t.Errorf("warned %d times, breached %d times", warned, breached)
		}
	})
}
