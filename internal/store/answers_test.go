package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// deskTest is the inbox over a database with one conversation in which a visitor waits.
type deskTest struct {
	*entrance
	inbox  *inbox.Service
	limits channels.Limits
	rest   inbox.Standing
	conv   inbox.ConversationID
	anna   actor.Viewer // agent 1, in team 10
	boris  actor.Viewer // agent 2, in team 20
}

func openDesk(t *testing.T, db *store.DB) *deskTest {
	t.Helper()
	d := &deskTest{entrance: enter(t, db, nil)}
	d.limits = channels.Limits{
		Text:  channels.TextLimit{Max: 100, Unit: channels.UnitRunes},
		Files: channels.FileLimit{MaxBytes: 1 << 20, MaxCount: 2},
	}
	d.inbox = inbox.New(db, func(channels.AccountID) (channels.Limits, bool) { return d.limits, true }, d.Now, slog.New(slog.DiscardHandler),
		inbox.WithStanding(func(channels.AccountID) inbox.Standing { return d.rest }))
	err := db.Write(t.Context(), func(ctx context.Context) error {
		for id, name := range map[auth.AgentID]string{1: "Anna", 2: "Boris"} {
			a := auth.Agent{ID: id, Email: strings.ToLower(name) + "@example.com", Name: name, Role: auth.RoleAgent, Presence: "online", CreatedAt: d.Now()}
			if err := db.InsertAgent(ctx, a); err != nil {
				return err
			}
		}
		for id, member := range map[auth.TeamID]auth.AgentID{10: 1, 20: 2} {
			if err := db.InsertTeam(ctx, auth.Team{ID: id, Name: fmt.Sprintf("team %d", id), MemberIDs: []auth.AgentID{member}, CreatedAt: d.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.anna = actor.Viewer{AgentID: 1, Name: "Anna", Scope: actor.Team, Teams: []int64{10}, Cause: actor.Cause{Kind: actor.Agent, ID: 1}}
	d.boris = actor.Viewer{AgentID: 2, Name: "Boris", Scope: actor.Team, Teams: []int64{20}, Cause: actor.Cause{Kind: actor.Agent, ID: 2}}
	out := d.deliver(says("v1", "k1", "where is my order?"))
	d.conv = inbox.ConversationID(out[0].ConversationID)
	return d
}

func (d *deskTest) row(v actor.Viewer) inbox.Row {
	d.t.Helper()
	row, err := d.inbox.Get(d.t.Context(), v, d.conv)
	if err != nil {
		d.t.Fatalf("get conversation: %v", err)
	}
	return row
}

func (d *deskTest) write(v actor.Viewer, a inbox.Answer) inbox.Message {
	d.t.Helper()
	if a.Kind == "" {
		a.Kind = inbox.KindMessage
	}
	m, err := d.inbox.Write(d.t.Context(), v, d.conv, a)
	if err != nil {
		d.t.Fatalf("write: %v", err)
	}
	return m
}

func (d *deskTest) patch(v actor.Viewer, p inbox.Patch) inbox.Row {
	d.t.Helper()
	row, err := d.inbox.Patch(d.t.Context(), v, d.conv, p)
	if err != nil {
		d.t.Fatalf("patch: %v", err)
	}
	return row
}

func seen(seq int64) *int64 { return &seq }

func TestAnswerEndsTheWait(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		if row := d.row(d.anna); !row.Unanswered || row.WaitingSince.IsZero() || row.RequestID == 0 || row.LeadID == 0 {
			t.Fatalf("before the answer: %+v", row)
		}
		d.add(time.Minute)
		m := d.write(d.anna, inbox.Answer{Text: "It is on its way.", SeenSeq: seen(1)})
		if m.Seq != 2 || m.State != inbox.Queued || m.Author.Name != "Anna" {
			t.Errorf("the answer: %+v", m)
		}
		row := d.row(d.anna)
		if row.Unanswered || row.AssigneeID != 1 || row.LastText != "It is on its way." || row.Seq != 2 {
			t.Errorf("after the answer: %+v", row)
		}
		page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{})
		if err != nil || len(page.Items) != 2 || page.Items[1].Author.Name != "Anna" {
			t.Errorf("messages: %+v, %v", page.Items, err)
		}
	})
}

func TestNoteIsNoAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Kind: inbox.KindNote, Text: strings.Repeat("long ", 100)})
		row := d.row(d.anna)
		if m.State != inbox.Sent || m.Seq != 2 || !row.Unanswered || row.AssigneeID != 0 || row.LastText != "where is my order?" {
			t.Errorf("note %+v, conversation %+v", m, row)
		}
	})
}

func TestAnswerIsRefusedWhenANewerOneLanded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.write(d.boris, inbox.Answer{Text: "I answer first", SeenSeq: seen(1)})
		_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "me too", SeenSeq: seen(1)})
		f, ok := fault.As(err)
		if !ok || !errors.Is(err, inbox.ErrNewerMessages) {
			t.Fatalf("error = %v", err)
		}
		newer, ok := f.Details.([]inbox.Message)
		if !ok || len(newer) != 1 || newer[0].Text != "I answer first" || newer[0].Author.Name != "Boris" {
			t.Errorf("details = %+v", f.Details)
		}
		if row := d.row(d.anna); row.Seq != 2 {
			t.Errorf("seq = %d", row.Seq)
		}
	})
}

func TestAnswerIsRefusedWhileAColleaguesIsAboutToLeave(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		first := d.write(d.boris, inbox.Answer{Text: "I answer first", SeenSeq: seen(1), Undo: 10 * time.Second})
		later := d.write(d.boris, inbox.Answer{Text: "and tomorrow again", SeenSeq: seen(1), SendAt: d.Now().Add(24 * time.Hour)})
		mine := inbox.Answer{Kind: inbox.KindMessage, Text: "me too", SeenSeq: seen(1), SeenPending: &[]inbox.MessageID{}}
		_, err := d.inbox.Write(t.Context(), d.anna, d.conv, mine)
		f, ok := fault.As(err)
		if !ok || !errors.Is(err, inbox.ErrNewerMessages) {
			t.Fatalf("error = %v", err)
		}
		if newer, ok := f.Details.([]inbox.Message); !ok || len(newer) != 1 || newer[0].ID != first.ID || newer[0].Author.Name != "Boris" {
			t.Errorf("details = %+v; %d leaves later", f.Details, later.ID)
		}
		d.write(d.boris, inbox.Answer{Text: "one's own do not stand in one's way", SeenSeq: seen(1), SeenPending: &[]inbox.MessageID{}})
		*mine.SeenPending, mine.SeenSeq = []inbox.MessageID{first.ID}, seen(2)
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, mine); err != nil {
			t.Errorf("what was seen refuses: %v", err)
		}
	})
}

// Whose line was cut hears nothing of what leaves meanwhile: neither of their own answer, nor of one that they saw.
func TestAnswerIsTakenWhenWhatWasSeenHasLeft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		none := &[]inbox.MessageID{}
		who := func(m inbox.Message) actor.Viewer {
			return actor.Viewer{AgentID: m.Author.ID, Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: m.Author.ID}}
		}
		theirs := d.write(d.boris, inbox.Answer{Text: "We do.", SeenSeq: seen(1), Undo: 10 * time.Second})
		own := d.write(d.anna, inbox.Answer{Text: "By ferry.", SeenSeq: seen(1), SeenPending: &[]inbox.MessageID{theirs.ID}, Undo: 10 * time.Second})
		for _, m := range []inbox.Message{theirs, own} {
			if _, err := d.inbox.SendNow(t.Context(), who(m), m.ID); err != nil {
				t.Fatal(err)
			}
			err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", m.ID)) })
			if err != nil {
				t.Fatal(err)
			}
		}
		next := inbox.Answer{Kind: inbox.KindMessage, Text: "the same as on land", SeenSeq: seen(1), SeenPending: none}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, next); !errors.Is(err, inbox.ErrNewerMessages) {
			t.Errorf("what was not seen: error = %v", err)
		}
		next.SeenPending = &[]inbox.MessageID{theirs.ID}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, next); err != nil {
			t.Errorf("what was seen, and one's own, refuse: %v", err)
		}
	})
}

func TestSimultaneousAnswersWinOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		var wg sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			wg.Go(func() {
				_, results[i] = d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: fmt.Sprint(i), SeenSeq: seen(1)})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range results {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, inbox.ErrNewerMessages):
				t.Errorf("error = %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d answers were taken, want 1", won)
		}
	})
}

func TestAnswerWithinLimits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		for _, c := range []struct {
			name  string
			a     inbox.Answer
			field string
		}{
			{"empty", inbox.Answer{Text: " \x00 "}, "text"},
			{"too long", inbox.Answer{Text: strings.Repeat("я", 101)}, "text"},
			{"html without a word", inbox.Answer{HTML: "<b></b>"}, "text"},
			{"undo too long", inbox.Answer{Text: "x", Undo: time.Hour}, "undo_seconds"},
			{"three files", inbox.Answer{Files: []inbox.FileID{1, 2, 3}}, "attachments"},
			{"unknown file", inbox.Answer{Files: []inbox.FileID{1}}, "attachments"},
			{"unknown message", inbox.Answer{Text: "x", ReplyTo: 5}, "reply_to"},
		} {
			c.a.Kind = inbox.KindMessage
			_, err := d.inbox.Write(t.Context(), d.anna, d.conv, c.a)
			f, ok := fault.As(err)
			if !ok || len(f.Fields) != 1 || f.Fields[0].Path != c.field {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		d.limits.Window = time.Hour
		d.add(2 * time.Hour)
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "x"}); !errors.Is(err, inbox.ErrWindowClosed) {
			t.Errorf("after the window: %v", err)
		}
		d.write(d.anna, inbox.Answer{Kind: inbox.KindNote, Text: "a note needs no window"})
	})
}

func TestPatchMovesWhatIsLinked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		team, none := inbox.TeamID(20), inbox.TeamID(0)
		row := d.patch(d.anna, inbox.Patch{Team: &team})
		if row.TeamID != 20 {
			t.Errorf("team = %d", row.TeamID)
		}
		if _, err := d.inbox.Get(t.Context(), d.anna, d.conv); !errors.Is(err, inbox.ErrNoConversation) {
			t.Errorf("another team's conversation is seen: %v", err)
		}
		if _, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Team: &none}); !errors.Is(err, inbox.ErrNoConversation) {
			t.Errorf("another team's conversation is changed: %v", err)
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "x"}); !errors.Is(err, inbox.ErrNoConversation) {
			t.Errorf("another team's conversation is answered: %v", err)
		}
		request, err := db.LinkedRequest(t.Context(), row.RequestID)
		if err != nil || request.TeamID != 20 {
			t.Errorf("the request stayed behind: %+v, %v", request, err)
		}
		lead, err := db.LinkedLead(t.Context(), row.LeadID)
		if err != nil || lead.TeamID != 20 {
			t.Errorf("the lead stayed behind: %+v, %v", lead, err)
		}
		d.row(d.boris)
	})
}

func TestPatchRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		status, priority, snoozed, closed := inbox.Status("done"), inbox.Priority("later"), inbox.Snoozed, inbox.Closed
		agent, team, labels, yes, past := inbox.AgentID(77), inbox.TeamID(77), []inbox.LabelID{77}, true, d.Now().Add(-time.Second)
		for field, p := range map[string]inbox.Patch{
			"status": {Status: &status}, "priority": {Priority: &priority}, "assignee_id": {Assignee: &agent}, "team_id": {Team: &team},
			"labels": {Labels: &labels}, "unanswered": {Status: &closed, Unanswered: &yes}, "snoozed_until": {SnoozedUntil: &past},
		} {
			_, err := d.inbox.Patch(t.Context(), d.anna, d.conv, p)
			f, ok := fault.As(err)
			if !ok || len(f.Fields) != 1 || f.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Status: &snoozed}); err == nil {
			t.Error("snoozed without a time")
		}
	})
}

func TestOfSeveralWhoTakeItOneHasIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		nobody, won := inbox.AgentID(0), make([]bool, 8)
		var wg sync.WaitGroup
		for i := range won {
			wg.Go(func() {
				me := inbox.AgentID(1 + i%2)
				_, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Assignee: &me, WasAssignee: &nobody})
				if won[i] = err == nil; !won[i] && !errors.Is(err, inbox.ErrHeld) {
					t.Errorf("error = %v", err)
				}
			})
		}
		wg.Wait()
		holder := d.row(d.anna).AssigneeID
		for i, done := range won {
			if has := inbox.AgentID(1+i%2) == holder; done != has {
				t.Errorf("agent %d was told %v, and %d has it", 1+i%2, done, holder)
			}
		}
	})
}

func TestWaitingAgainUndoes(t *testing.T) {
	t.Parallel()
	open, closed, no, yes := inbox.Open, inbox.Closed, false, true
	for name, c := range map[string]struct{ do, undo inbox.Patch }{
		"no answer needed": {do: inbox.Patch{Unanswered: &no}, undo: inbox.Patch{Unanswered: &yes}},
		"close":            {do: inbox.Patch{Status: &closed}, undo: inbox.Patch{Status: &open, Unanswered: &yes}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				before := d.row(d.anna)
				d.add(time.Minute)
				if row := d.patch(d.anna, c.do); row.Unanswered || !row.WaitingSince.IsZero() {
					t.Fatalf("still waits: %+v", row)
				}
				d.add(time.Minute)
				after := d.patch(d.anna, c.undo)
				after.UpdatedAt = before.UpdatedAt
				if !reflect.DeepEqual(after, before) {
					t.Errorf("undone is %+v, was %+v", after, before)
				}
				if again := d.patch(d.anna, c.undo); !again.WaitingSince.Equal(before.WaitingSince) {
					t.Errorf("asked twice it waits since %v", again.WaitingSince)
				}
			})
		})
	}
}

func TestSnoozeWakes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		until := d.Now().Add(time.Hour)
		if row := d.patch(d.anna, inbox.Patch{SnoozedUntil: &until}); row.Status != inbox.Snoozed || !row.SnoozedUntil.Equal(until) {
			t.Fatalf("snoozed: %+v", row)
		}
		wake := func() {
			if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Wake(ctx, fmt.Sprint(d.conv)) }); err != nil {
				t.Fatal(err)
			}
		}
		wake()
		if row := d.row(d.anna); row.Status != inbox.Snoozed {
			t.Errorf("woke too early: %+v", row)
		}
		d.add(time.Hour)
		wake()
		if row := d.row(d.anna); row.Status != inbox.Open || !row.SnoozedUntil.IsZero() {
			t.Errorf("did not wake: %+v", row)
		}
	})
}

func TestTimelineTellsAllInOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(time.Second)
		d.write(d.anna, inbox.Answer{Text: "hello"})
		d.add(time.Second)
		high, closed := inbox.High, inbox.Closed
		d.patch(d.anna, inbox.Patch{Priority: &high, Status: &closed})
		var got []string
		for cursor := ""; ; {
			page, err := d.inbox.Timeline(t.Context(), d.anna, d.conv, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range page.Items {
				if i.Message != nil {
					got = append(got, "message:"+string(i.Message.Direction))
				} else {
					got = append(got, i.Entry.Type+":"+i.CauseName)
				}
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		want := "lead: request: message:inbound assignment:Anna message:outbound"
		if text := strings.Join(got, " "); !strings.HasPrefix(text, want) || !strings.Contains(text, "status:Anna") || !strings.Contains(text, "priority:Anna") || len(got) != 7 {
			t.Errorf("timeline = %s", text)
		}
	})
}

func TestReadNeverGoesBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.deliver(says("v1", "k2", "hello?"))
		for _, step := range []struct{ mark, want int64 }{{1, 1}, {99, 2}, {1, 2}} {
			if err := d.inbox.MarkRead(t.Context(), d.anna, d.conv, step.mark); err != nil {
				t.Fatal(err)
			}
			if row := d.row(d.anna); row.ReadSeq != step.want {
				t.Errorf("after %d: read up to %d, want %d", step.mark, row.ReadSeq, step.want)
			}
		}
		if row := d.row(d.boris); row.ReadSeq != 0 {
			t.Errorf("one agent's reading shows as another's: %d", row.ReadSeq)
		}
	})
}

// TestOlderEpisodeStaysClosed closes a conversation, lets a later one of its thread
// begin, and tries to go on in the older one.
func TestOlderEpisodeStaysClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		waiting := d.write(d.anna, inbox.Answer{Text: "later", Undo: inbox.MaxUndo})
		closed, open := inbox.Closed, inbox.Open
		d.patch(d.anna, inbox.Patch{Status: &closed})
		d.add(8 * 24 * time.Hour)
		later := inbox.ConversationID(d.deliver(says("v1", "k9", "me again"))[0].ConversationID)
		if later == d.conv {
			t.Fatal("the contact's new message did not begin a new conversation")
		}
		if _, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Status: &open}); !errors.Is(err, inbox.ErrThreadOpen) {
			t.Errorf("reopened beside the later one: %v", err)
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "x"}); !errors.Is(err, inbox.ErrThreadOpen) {
			t.Errorf("answered in the older one: %v", err)
		}
		d.add(3 * 24 * time.Hour)
		err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", waiting.ID)) })
		if err != nil {
			t.Fatalf("release: %v", err)
		}
		m, err := d.inbox.Message(t.Context(), d.anna, waiting.ID)
		if err != nil || m.ConversationID != later || m.Seq != 2 || m.State != inbox.Queued {
			t.Errorf("the answer that was on its way: %+v, %v", m, err)
		}
	})
}
