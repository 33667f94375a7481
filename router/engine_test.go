package router_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/router"
)

func TestAStrangerOutsideHours(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		vip := h.label("night")
		tr := h.trigger(router.Trigger{
			Event:      router.MessageReceived,
			Conditions: when(t, `{"all": [{"field": "contact.known", "op": "equals", "value": false}, {"field": "message.text", "op": "contains", "value": "заказ"}]}`),
			Actions: []router.Action{
				{Type: router.Reply, Text: `Здравствуйте, {{ contact.first_name | default: "коллега" }}!`},
				{Type: router.CreateLead}, {Type: router.AddLabel, Label: vip}, {Type: router.SetPriority, Priority: inbox.High},
				{Type: router.Assign, Team: inbox.TeamID(sales)}, {Type: router.Note, Text: "From {{ account.name }}"},
				{Type: router.Wait, Minutes: 15, Unless: router.UnlessAnswered},
				{Type: router.Notify, Team: inbox.TeamID(sales), Text: "Nobody answers {{ conversation.number }}"},
			},
		})
		id := h.says("v1", "m1", "Где мой ЗАКАЗ?")
		h.work()
		row := h.Conversation(id)
		if row.Priority != inbox.High || row.TeamID != inbox.TeamID(sales) || !slices.Equal(row.Labels, []inbox.LabelID{vip}) || row.LeadID == 0 {
			t.Errorf("after the trigger: %+v", row)
		}
		if !row.Unanswered {
			t.Error("an automatic answer took the conversation out of the queue")
		}
		if got := h.texts(id); !slices.Equal(got, []string{"Где мой ЗАКАЗ?", "Здравствуйте, Ann!", "From Shop"}) {
			t.Errorf("texts %q", got)
		}
		runs := h.runs(router.RunFilter{Trigger: tr.ID})
		if len(runs) != 1 || runs[0].Outcome != router.Waiting || len(runs[0].Steps) != 7 || !runs[0].Why.Holds || !runs[0].Why.Verdict() {
			t.Fatalf("runs %+v", runs)
		}
		h.Pass(14 * time.Minute)
		if h.work() != 0 {
			t.Error("it went on before its time")
		}
		h.Pass(time.Minute)
		h.work()
		if len(h.Told) != 1 || h.Told[0].Team != inbox.TeamID(sales) || h.Told[0].Text == "" {
			t.Errorf("told %+v", h.Told)
		}
		if runs := h.runs(router.RunFilter{Conversation: id}); len(runs) != 1 || runs[0].Outcome != router.Done || len(runs[0].Steps) != 8 {
			t.Errorf("the run afterwards: %+v", runs)
		}
		if n := len(h.Entries(id, "trigger")); n != 2 {
			t.Errorf("%d lines of the timeline tell of the trigger", n)
		}
	})
}

func (h *house) label(name string) inbox.LabelID {
	h.T.Helper()
	l, err := h.Inbox.SaveLabel(h.T.Context(), inbox.Label{Name: name})
	if err != nil {
		h.T.Fatal(err)
	}
	return l.ID
}

func TestAnAnswerEndsTheWait(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{
			{Type: router.Wait, Minutes: 15, Unless: router.UnlessAnswered}, {Type: router.Notify, Agent: inbox.AgentID(jane), Text: "!"},
		}})
		id := h.says("v1", "m1", "hello")
		h.work()
		if _, err := h.Inbox.Write(t.Context(), person(), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Yes?"}); err != nil {
			t.Fatal(err)
		}
		h.Pass(time.Hour)
		h.work()
		runs := h.runs(router.RunFilter{})
		if len(h.Told) != 0 || len(runs) != 1 || runs[0].Outcome != router.Stopped || runs[0].Problem.EN == "" {
			t.Errorf("told %v, runs %+v", h.Told, runs)
		}
	})
}

func TestWhoeverDoesNotListenCostsNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.says("v1", "m1", "hello")
		h.trigger(router.Trigger{Event: router.LeadCreated, Conditions: when(t, `{"field": "lead.status", "op": "equals", "value": "lost"}`), Actions: []router.Action{{Type: router.Note, Text: "x"}}})
		h.says("v1", "m2", "again")
		if n := h.work(); n != 0 {
			t.Errorf("%d jobs that nobody asked for", n)
		}
	})
}

func TestTenTimesTheSameEvent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{{Type: router.Note, Text: "seen"}}})
		for range 10 {
			h.says("v1", "m1", "hello")
		}
		list := h.Claim("killed") // a node that dies with a claim leaves no trace
		if len(list) != 1 {
			t.Fatalf("%d jobs of one message", len(list))
		}
		h.work()
		h.Write(func(ctx context.Context) error { return h.router.Run(ctx, []string{list[0].Payload}) })
		if runs := h.runs(router.RunFilter{}); len(runs) != 1 {
			t.Errorf("%d runs", len(runs))
		}
	})
}

func TestHistoryAndMachinesTriggerNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		people := h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{{Type: router.Note, Text: "a person"}}})
		begun := h.trigger(router.Trigger{Event: router.ConversationCreated, Actions: []router.Action{{Type: router.Note, Text: "begun"}}})
		ev := channels.Event{
			Key: "old", Direction: channels.Inward, Chat: "v1", Sender: channels.Sender{Scope: "visitor", Address: "v1"},
			Message: &channels.Message{Text: "long ago"}, Historic: true, At: h.Now().Add(-time.Hour),
		}
		h.deliver(ev)
		ev.Key, ev.Historic, ev.Nature, ev.Chat = "auto", false, channels.NatureNotice, "v2"
		h.deliver(ev)
		h.work()
		if runs := h.runs(router.RunFilter{}); len(runs) != 0 {
			t.Fatalf("runs %+v", runs)
		}
		machines := h.trigger(router.Trigger{Event: router.MessageReceived, Automatic: true, Actions: []router.Action{{Type: router.Note, Text: "a machine"}}})
		ev.Key = "auto 2"
		h.deliver(ev)
		h.work()
		if n := len(h.runs(router.RunFilter{Trigger: machines.ID})); n != 1 {
			t.Errorf("%d runs of the one that asked for machines", n)
		}
		if n := len(h.runs(router.RunFilter{Trigger: people.ID})) + len(h.runs(router.RunFilter{Trigger: begun.ID})); n != 0 {
			t.Errorf("%d runs of those that did not", n)
		}
	})
}

func TestATriggerThatFeedsItself(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		tr := h.trigger(router.Trigger{Event: router.ConversationClosed, Actions: []router.Action{
			{Type: router.SetStatus, Status: inbox.Open}, {Type: router.SetStatus, Status: inbox.Closed},
		}})
		id := h.says("v1", "m1", "hello")
		closed := inbox.Closed
		if _, err := h.Inbox.Patch(t.Context(), person(), id, inbox.Patch{Status: &closed}); err != nil {
			t.Fatal(err)
		}
		h.work()
		runs := h.runs(router.RunFilter{Trigger: tr.ID})
		if len(runs) != router.MaxDepth+1 {
			t.Fatalf("%d runs", len(runs))
		}
		last := runs[0]
		if last.Outcome != router.Refused || last.Depth != router.MaxDepth || last.Problem.RU == "" || len(last.Steps) != 0 {
			t.Errorf("the last run: %+v", last)
		}
	})
}

func TestTwoHubsFallSilent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{{Type: router.Reply, Text: "We got it"}}})
		var id inbox.ConversationID
		for i := range 5 { // the other side answers each of ours as a person would
			id = h.says("hub", string(rune('a'+i)), "We got it too")
			h.work()
		}
		answers := 0
		for _, text := range h.texts(id) {
			if text == "We got it" {
				answers++
			}
		}
		runs := h.runs(router.RunFilter{})
		if answers != 1 || len(runs) != 5 || runs[0].Outcome != router.Failed || runs[0].Steps[0].Code != "automatic_again" {
			t.Errorf("%d answers, runs %+v", answers, runs)
		}
		h.Pass(25 * time.Hour)
		h.says("hub", "z", "next day")
		h.work()
		if got := h.texts(id); got[len(got)-1] != "We got it" {
			t.Errorf("nothing was said the next day: %q", got)
		}
	})
}

func TestTriggersActInTheirOrder(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.trigger(router.Trigger{Name: "second", Position: 2, Event: router.MessageReceived,
			Conditions: when(t, `{"field": "conversation.priority", "op": "equals", "value": "urgent"}`), Actions: []router.Action{{Type: router.Note, Text: "urgent"}}})
		h.trigger(router.Trigger{Name: "first", Position: 1, Event: router.MessageReceived, Actions: []router.Action{{Type: router.SetPriority, Priority: inbox.Urgent}}})
		id := h.says("v1", "m1", "hello")
		h.work()
		if got := h.texts(id); !slices.Equal(got, []string{"hello", "urgent"}) {
			t.Errorf("the second did not see what the first did: %q", got)
		}
	})
}
