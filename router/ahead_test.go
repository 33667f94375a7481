package router_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/clocks"
)

// TestBeforeTheWindowCloses reminds of a contact whom nobody can write to freely soon.
func TestBeforeTheWindowCloses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.window = 24 * time.Hour
		h.trigger(router.Trigger{
			Event: router.Timer, After: router.After{Minutes: 60, Since: router.WindowCloses}, Conditions: when(t, `{"field":"conversation.unanswered","op":"equals","value":true}`),
			Actions: []router.Action{{Type: router.Notify, Agent: 1, Text: "soon shut"}},
		})
		h.says("v1", "m1", "hello")
		h.work()
		h.Pass(20 * time.Hour)
		h.says("v1", "m2", "anybody?") // from here it is a day again
		h.work()
		h.Pass(4 * time.Hour)
		h.work()
		if len(h.Told) != 0 {
			t.Fatal("told although the window is open for long")
		}
		h.Pass(19*time.Hour + time.Minute)
		h.work()
		if len(h.Told) != 1 {
			t.Fatalf("told %d times an hour before it shuts", len(h.Told))
		}
		h.Pass(48 * time.Hour)
		h.work()
		if len(h.Told) != 1 {
			t.Error("told again after it shut")
		}
	})
}

// TestBeforeADeadline has clocks promise an answer and a trigger warn of it, once per
// deadline, also when a nearer one comes.
func TestBeforeADeadline(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		book := clocks.NewBook()
		h.DB.OnSave(book.Listen)
		promise := clocks.New(clocks.Options{Store: h.DB, Book: book, Outside: h, Now: h.Now, Log: h.Log})
		run := func(ctx context.Context, payloads []string) error {
			for _, p := range payloads { // each kind finds out what is not its own
				err := promise.Run(ctx, []string{p})
				if err != nil {
					err = h.router.Run(ctx, []string{p})
				}
				if err != nil {
					return err
				}
			}
			return nil
		}
		_, err := promise.AddPolicy(t.Context(), clocks.Policy{Name: "All", Targets: clocks.Targets{FirstResponse: 30, NextResponse: 30, Resolution: 600}})
		if err != nil {
			t.Fatal(err)
		}
		h.trigger(router.Trigger{
			Event: router.Timer, After: router.After{Minutes: 10, Since: router.Deadline}, Actions: []router.Action{{Type: router.Notify, Agent: 1, Text: "ten minutes"}},
		})
		id := h.says("v1", "m1", "hello")
		h.Work(run, time.Millisecond)
		if h.Conversation(id).DueAt.IsZero() {
			t.Fatal("nothing was promised")
		}
		h.Pass(19 * time.Minute)
		h.Work(run, time.Millisecond)
		if len(h.Told) != 0 {
			t.Fatal("told too early")
		}
		h.Pass(2 * time.Minute)
		h.Work(run, time.Millisecond)
		if len(h.Told) != 1 {
			t.Fatalf("told %d times ten minutes before", len(h.Told))
		}
		if _, err := h.Inbox.Write(t.Context(), person(), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Here I am"}); err != nil {
			t.Fatal(err)
		}
		h.Work(run, time.Millisecond) // the far deadline of the resolution is armed
		h.says("v1", "m2", "one more question")
		h.Work(run, time.Millisecond)
		h.Pass(21 * time.Minute)
		h.Work(run, time.Millisecond)
		if len(h.Told) != 2 {
			t.Errorf("told %d times; the nearer deadline that came later is not warned of", len(h.Told))
		}
	})
}

// TestAnHourOfTheWeek acts at nine on working days in Moscow, once for each conversation
// that is not closed.
func TestAnHourOfTheWeek(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) { // it is noon of a Monday, UTC
		tr := h.trigger(router.Trigger{
			Event: router.OnSchedule, At: router.At{Days: []string{"tue", "wed"}, Time: "09:00", Zone: "Europe/Moscow"},
			Conditions: when(t, `{"field":"conversation.unanswered","op":"equals","value":true}`), Actions: []router.Action{{Type: router.Note, Text: "good morning"}},
		})
		var ids []inbox.ConversationID
		for _, v := range []string{"v1", "v2", "v3"} {
			ids = append(ids, h.says(v, v, "hello"))
		}
		if _, err := h.Inbox.Write(t.Context(), person(), ids[1], inbox.Answer{Kind: inbox.KindMessage, Text: "answered"}); err != nil {
			t.Fatal(err)
		}
		closed := inbox.Closed
		if _, err := h.Inbox.Patch(t.Context(), person(), ids[2], inbox.Patch{Status: &closed}); err != nil {
			t.Fatal(err)
		}
		greeted := func() (n []int) {
			for _, id := range ids {
				n = append(n, len(h.texts(id)))
			}
			return n
		}
		h.Pass(17*time.Hour + 58*time.Minute) // 05:58 UTC, 08:58 in Moscow
		h.work()
		if got := greeted(); !slices.Equal(got, []int{1, 2, 1}) {
			t.Fatalf("before the hour there are %v messages", got)
		}
		h.Pass(3 * time.Minute)
		h.work()
		if got := greeted(); !slices.Equal(got, []int{2, 2, 1}) {
			t.Fatalf("at the hour there are %v messages", got)
		}
		h.Pass(24 * time.Hour)
		h.work()
		if got := greeted(); !slices.Equal(got, []int{3, 2, 1}) {
			t.Fatalf("a day later there are %v messages", got)
		}
		if _, err := h.router.ChangeTrigger(t.Context(), tr.ID, 0, func(x *router.Trigger) { x.Enabled = false }); err != nil {
			t.Fatal(err)
		}
		h.Pass(14 * 24 * time.Hour)
		h.work()
		if got := greeted(); !slices.Equal(got, []int{3, 2, 1}) {
			t.Errorf("switched off it goes on: %v", got)
		}
	})
}

// TestHoursAndTemplatesThatCannotBe are refused with the place.
func TestHoursAndTemplatesThatCannotBe(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		note := []router.Action{{Type: router.Note, Text: "x"}}
		send := func(name string, values ...string) []router.Action {
			return []router.Action{{Type: router.SendTemplate, Template: name, Language: "ru", Values: values}}
		}
		for field, tr := range map[string]router.Trigger{
			"at.days":              {Event: router.OnSchedule, At: router.At{Time: "09:00", Zone: "UTC"}, Actions: note},
			"at.time":              {Event: router.OnSchedule, At: router.At{Days: []string{"mon"}, Time: "25:00", Zone: "UTC"}, Actions: note},
			"at.zone":              {Event: router.OnSchedule, At: router.At{Days: []string{"mon"}, Time: "09:00", Zone: "Mars/Base"}, Actions: note},
			"actions[0].template":  {Event: router.MessageReceived, Actions: send("gone", "x")},
			"actions[0].values":    {Event: router.MessageReceived, Actions: send("welcome")},
			"actions[0].values[0]": {Event: router.MessageReceived, Actions: send("welcome", "{{ nobody.knows }}")},
		} {
			tr.Name = "x"
			_, err := h.router.AddTrigger(t.Context(), tr)
			f, ok := fault.As(err)
			if !ok || len(f.Fields) == 0 || f.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		h.trigger(router.Trigger{Event: router.MessageReceived, Actions: send("welcome", "{{ contact.first_name }}")})
		h.says("v1", "m1", "hello")
		h.work()
		runs := h.runs(router.RunFilter{})
		if len(runs) != 1 || runs[0].Outcome != router.Failed || runs[0].Steps[0].Problem.EN == "" {
			t.Errorf("an account without templates does not say so: %+v", runs)
		}
	})
}
