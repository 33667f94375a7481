package store_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// sparing gives no more candidates than it is asked for, as either database does of many. walker never says that few
// pass, so that everything is looked for among all that matches; asker counts how often it was said.
type (
	sparing struct{ *store.DB }
	walker  struct{ sparing }
	asker   struct {
		sparing
		few int
	}
)

func (s sparing) Candidates(ctx context.Context, index search.Index, m search.Match, below int64, n int) (ids []int64, next int64, err error) {
	if ids, next, err = s.DB.Candidates(ctx, index, m, below, n); len(ids) > n {
		ids, next = ids[:n], ids[n-1]
	}
	return ids, next, err
}

func (walker) Few(context.Context, actor.Viewer, *search.Filter, int64, int, int) (ids []int64, few bool, err error) {
	return nil, false, nil
}

func (a *asker) Few(ctx context.Context, v actor.Viewer, f *search.Filter, below int64, talks, messages int) (ids []int64, few bool, err error) {
	ids, few, err = a.DB.Few(ctx, v, f, below, talks, messages)
	if few {
		a.few++
	}
	return ids, few, err
}

// TestFewAndAllFindTheSame asks random questions of random conversations in both ways.
func TestFewAndAllFindTheSame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, rnd := newFinder(t, db), rand.New(rand.NewPCG(7, 7))
		statuses := []inbox.Status{inbox.Open, inbox.Pending, inbox.Snoozed, inbox.Closed}
		for n := range int64(40) {
			c := inbox.Conversation{AccountID: channels.AccountID(1 + rnd.Int64N(3)), TeamID: inbox.TeamID(rnd.Int64N(4)),
				AssigneeID: inbox.AgentID(rnd.Int64N(4)), Status: statuses[rnd.IntN(4)]}
			if rnd.IntN(10) == 0 {
				c.SpamAt = f.now
			}
			f.talk(1000*(n+1), c, "общее слово", "иное", "слово и дело", "слово")
			if rnd.IntN(3) == 0 {
				f.save(&inbox.Changes{Labels: []inbox.LabelSet{{ConversationID: inbox.ConversationID(1000 * (n + 1)), Labels: []inbox.LabelID{inbox.LabelID(1 + rnd.Int64N(2))}}}})
			}
		}
		f.index()
		viewers := []actor.Viewer{
			{}, actor.System(), {AgentID: 1, Scope: actor.Own}, {AgentID: 2, Scope: actor.Team, Teams: []int64{2}}, {Scope: actor.Team, Teams: []int64{1, 3}},
			{AgentID: 1, Scope: actor.All, Accounts: []int64{2, 3}}, {AgentID: 3, Scope: actor.Team, Accounts: []int64{1}},
		}
		asking := &asker{sparing: sparing{db}}
		all, few := newFinder(t, db), newFinder(t, db)
		all.s, few.s = search.New(walker{sparing{db}}, all.clock), search.New(asking, few.clock)
		for range 300 {
			v, q := viewers[rnd.IntN(len(viewers))], search.Filter{Query: []string{"слово", "дела", "общие слова", "иной"}[rnd.IntN(4)], Type: search.Messages, Limit: 1 + rnd.IntN(3)}
			if rnd.IntN(3) == 0 {
				team := inbox.TeamID(rnd.Int64N(5))
				q.Team = &team
			}
			if rnd.IntN(3) == 0 {
				agent := inbox.AgentID(rnd.Int64N(5))
				q.Assignee = &agent
			}
			if rnd.IntN(4) == 0 {
				q.Label = inbox.LabelID(1 + rnd.Int64N(3))
			}
			if rnd.IntN(4) == 0 {
				q.Account = channels.AccountID(1 + rnd.Int64N(4))
			}
			for range rnd.IntN(3) {
				q.Statuses = append(q.Statuses, statuses[rnd.IntN(4)])
			}
			for page := 0; ; page++ {
				want, got := all.find(v, q).Messages, few.find(v, q).Messages
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v, page %d of %+v holds %+v, want %+v", v, page, q, got, want)
				}
				if q.Cursor = want.Next; q.Cursor == "" {
					break
				}
			}
		}
		if asking.few < 100 {
			t.Errorf("only %d pages were found by asking what passes", asking.few)
		}
	})
}

// TestFewKeepsItsBounds asks for more conversations, or more messages, than are few.
func TestFewKeepsItsBounds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		for n := range int64(4) {
			f.talk(1000*(n+1), inbox.Conversation{AccountID: 1, TeamID: 3, Status: inbox.Pending}, "слово", "дело")
		}
		f.index()
		team := inbox.TeamID(3)
		all := []int64{4011, 4010, 3011, 3010, 2011, 2010, 1011, 1010}
		for name, c := range map[string]struct {
			f               search.Filter
			below           int64
			talks, messages int
			want            []int64
			few             bool
		}{
			"as many as are few":    {search.Filter{Team: &team}, search.Newest, 4, 8, all, true},
			"below one":             {search.Filter{Team: &team}, 3011, 4, 8, all[3:], true},
			"too many talks":        {search.Filter{Team: &team}, search.Newest, 3, 8, nil, false},
			"a shorter way":         {search.Filter{Team: &team, Statuses: []inbox.Status{inbox.Snoozed}}, search.Newest, 3, 8, nil, true},
			"too many messages":     {search.Filter{Statuses: []inbox.Status{inbox.Pending}}, search.Newest, 4, 7, nil, false},
			"no way":                {search.Filter{}, search.Newest, 4, 8, nil, false},
			"no way to what is so":  {search.Filter{Account: 1}, search.Newest, 4, 8, nil, false},
			"no short way, closed":  {search.Filter{Statuses: []inbox.Status{inbox.Closed, inbox.Open}}, search.Newest, 4, 8, nil, false},
			"one that nobody wears": {search.Filter{Label: 9}, search.Newest, 4, 8, nil, true},
		} {
			ids, few, err := db.Few(t.Context(), actor.System(), &c.f, c.below, c.talks, c.messages)
			if err != nil || few != c.few || c.few && !slices.Equal(ids, c.want) {
				t.Errorf("%s: %v, %v, %v; want %v, %v", name, ids, few, err, c.want, c.few)
			}
		}
		var hits []int64
		for below, rounds := search.Newest, 0; below > 0 && rounds < 9; rounds++ {
			part, next, err := db.Among(t.Context(), search.Match{{"слов"}}, append(all, 7), below, 3)
			if err != nil {
				t.Fatal(err)
			}
			hits, below = append(hits, part...), next
		}
		if want := []int64{4010, 3010, 2010, 1010}; !slices.Equal(hits, want) {
			t.Errorf("among all, %v match, want %v", hits, want)
		}
	})
}
