package router_test

import (
	"slices"
	"testing"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
)

// TestRefusedWithTheField saves what cannot work and expects to be told where.
func TestRefusedWithTheField(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		note := []router.Action{{Type: router.Note, Text: "x"}}
		for name, c := range map[string]struct {
			trigger router.Trigger
			paths   []string
		}{
			"no name":          {router.Trigger{Event: router.MessageReceived, Actions: note}, []string{"name"}},
			"no such event":    {router.Trigger{Name: "x", Event: "message.read", Actions: note}, []string{"event"}},
			"a timer of never": {router.Trigger{Name: "x", Event: router.Timer, Actions: note}, []string{"after.minutes"}},
			"a deleted field": {router.Trigger{Name: "x", Event: router.MessageReceived, Actions: note,
				Conditions: when(t, `{"field": "contact.shoe_size", "op": "equals", "value": "44"}`)}, []string{"conditions.field"}},
			"a deleted label": {router.Trigger{Name: "x", Event: router.MessageReceived, Actions: note,
				Conditions: when(t, `{"any": [{"field": "conversation.labels", "op": "contains", "value": "404"}]}`)}, []string{"conditions.any[0].value"}},
			"an archived team": {router.Trigger{Name: "x", Event: router.MessageReceived,
				Actions: []router.Action{{Type: router.Assign, Team: 404}}}, []string{"actions[0].team_id"}},
			"unknown and broken variables": {router.Trigger{Name: "x", Event: router.MessageReceived, Actions: []router.Action{
				{Type: router.Reply, Text: "Dear {{ contact.shoe_size }}"}, {Type: router.Reply, Text: "Dear {{ contact.name"},
				{Type: router.Reply, Text: `Dear {{ contact.name | default: "friend" }}`},
			}}, []string{"actions[0].text", "actions[1].text"}},
			"secrets in an address": {router.Trigger{Name: "x", Event: router.MessageReceived,
				Actions: []router.Action{{Type: router.Webhook, URL: "https://user:secret@example.com/"}}}, []string{"actions[0].url"}},
			"nothing to do": {router.Trigger{Name: "x", Event: router.MessageReceived}, []string{"actions"}},
		} {
			_, err := h.router.AddTrigger(t.Context(), c.trigger)
			f, ok := fault.As(err)
			if !ok {
				t.Errorf("%s: %v", name, err)
				continue
			}
			var paths []string
			for _, x := range f.Fields {
				paths = append(paths, x.Path)
				if x.Text.RU == "" || x.Text.EN == "" {
					t.Errorf("%s: %s has no words in both languages", name, x.Path)
				}
			}
			if !slices.Equal(paths, c.paths) {
				t.Errorf("%s: refused for %v, want %v", name, paths, c.paths)
			}
		}
	})
}

// TestWhatBreaksLaterIsSeen deletes a label that a trigger uses.
func TestWhatBreaksLaterIsSeen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		label := h.label("soon gone")
		tr := h.trigger(router.Trigger{Event: router.MessageReceived, Actions: []router.Action{
			{Type: router.AddLabel, Label: label}, {Type: router.Note, Text: "after all"},
		}})
		if err := h.Inbox.DeleteLabel(t.Context(), label); err != nil {
			t.Fatal(err)
		}
		if tr, err := h.router.Trigger(t.Context(), tr.ID); err != nil || tr.Problem.RU == "" {
			t.Errorf("the list says nothing: %+v, %v", tr.Problem, err)
		}
		id := h.says("v1", "m1", "hello")
		h.work()
		runs := h.runs(router.RunFilter{})
		if len(runs) != 1 || runs[0].Outcome != router.Failed || runs[0].Steps[0].Code != "label_missing" || runs[0].Steps[1].Outcome != router.Done {
			t.Errorf("runs %+v", runs)
		}
		if got := h.texts(id); len(got) != 2 {
			t.Errorf("what could be done was not: %q", got)
		}
	})
}

// TestEveryFieldIsAFact holds the schema and the snapshot together: each field's emptiness
// can be asked of a conversation in which everything is set.
func TestEveryFieldIsAFact(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.says("v1", "m1", "hello")
		for _, f := range router.Schema().Fields() {
			op := rules.NotEmpty
			if f.Type == rules.Bool {
				op = rules.Equals
			}
			c := rules.Condition{Field: f.Name, Op: op}
			if op == rules.Equals {
				c.Value = []byte("true")
			}
			tr := router.Trigger{Name: f.Name, Event: router.MessageReceived, Conditions: c, Actions: []router.Action{{Type: router.SetPriority, Priority: inbox.High}}}
			d, err := h.router.DryRun(t.Context(), person(), tr, 1)
			if err != nil || d.Looked != 1 || len(d.Trials) != 1 || !d.Trials[0].Why.Verdict() == d.Trials[0].Matched {
				t.Errorf("%s: %+v, %v", f.Name, d, err)
			}
		}
		if runs := h.runs(router.RunFilter{}); len(runs) != 0 {
			t.Error("a dry run left runs")
		}
	})
}

func TestMacroIsAllOrNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		label := h.label("done")
		m, err := h.router.AddMacro(t.Context(), person(), router.Macro{Name: "Finish", Scope: router.All, Actions: []router.Action{
			{Type: router.Note, Text: "bye {{ contact.name }}"}, {Type: router.AddLabel, Label: label}, {Type: router.SetStatus, Status: inbox.Closed},
		}})
		if err != nil {
			t.Fatal(err)
		}
		id := h.says("v1", "m1", "hello")
		if _, err := h.router.Apply(t.Context(), person(), m.ID, id); err != nil {
			t.Fatal(err)
		}
		if row := h.Conversation(id); row.Status != inbox.Closed || len(row.Labels) != 1 {
			t.Errorf("after the macro: %+v", row)
		}
		if err := h.Inbox.DeleteLabel(t.Context(), label); err != nil {
			t.Fatal(err)
		}
		id = h.says("v2", "m2", "hello")
		if _, err := h.router.Apply(t.Context(), person(), m.ID, id); fault.CodeOf(err) != "macro_refused" {
			t.Errorf("refused with %v", err)
		}
		if got := h.texts(id); len(got) != 1 {
			t.Errorf("half a macro was done: %q", got)
		}
	})
}
