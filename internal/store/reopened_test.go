package store_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAReopenedConversationWaitsForItsAnswer closes conversations and opens them again.
func TestAReopenedConversationWaitsForItsAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		closed, open, no := inbox.Closed, inbox.Open, false
		asked := d.row(d.anna).WaitingSince
		waits := func(when string, want bool) {
			t.Helper()
			if got := d.row(d.anna); got.Unanswered != want || want && !got.WaitingSince.Equal(asked) {
				t.Errorf("%s: unanswered %v since %v, want %v since %v", when, got.Unanswered, got.WaitingSince, want, asked)
			}
		}
		d.patch(d.anna, inbox.Patch{Status: &closed})
		waits("closed without an answer", false)
		d.add(time.Hour)
		d.patch(d.anna, inbox.Patch{Status: &open})
		waits("reopened", true)

		d.patch(d.anna, inbox.Patch{Status: &closed})
		d.patch(d.anna, inbox.Patch{Status: &open, Unanswered: &no})
		waits("reopened, and said that no answer is needed", false)

		d.patch(d.anna, inbox.Patch{Status: &closed})
		until := d.Now().Add(time.Hour)
		d.patch(d.anna, inbox.Patch{SnoozedUntil: &until})
		waits("taken out of the closing until later", true)

		d.write(d.anna, inbox.Answer{Kind: inbox.KindNote, Text: "looking"})
		d.patch(d.anna, inbox.Patch{Status: &closed})
		d.patch(d.anna, inbox.Patch{Status: &open})
		waits("reopened with a note, which is no answer", true)

		d.write(d.anna, inbox.Answer{Text: "on its way", Close: true})
		d.patch(d.anna, inbox.Patch{Status: &open})
		waits("reopened with its answer", false)
		d.patch(d.anna, inbox.Patch{Status: &closed})
		d.write(d.anna, inbox.Answer{Text: "and it has arrived"})
		waits("reopened by an answer", false)
	})
}

// TestAnUndoneCloseAndAColleaguesAnswer takes a closing back, with the wait that it ended, before and after
// somebody else has answered.
func TestAnUndoneCloseAndAColleaguesAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile *inbox.Answer
		waits     bool
	}{
		"nobody did anything": {nil, true},
		"a note":              {&inbox.Answer{Kind: inbox.KindNote, Text: "hm"}, true},
		"an answer":           {&inbox.Answer{Text: "here you are"}, false},
		"answered and closed": {&inbox.Answer{Text: "here you are", Close: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				closed, open, yes := inbox.Closed, inbox.Open, true
				d.patch(d.anna, inbox.Patch{Status: &closed})
				if c.meanwhile != nil {
					d.write(d.boris, *c.meanwhile)
				}
				d.patch(d.anna, inbox.Patch{Status: &open, Unanswered: &yes, Was: inbox.Was{Status: &closed}})
				if got := d.row(d.anna); got.Status != open || got.Unanswered != c.waits || got.WaitingSince.IsZero() == c.waits {
					t.Errorf("%s, waits %v since %v, want %v", got.Status, got.Unanswered, got.WaitingSince, c.waits)
				}
			})
		})
	}
}

// TestWhoOpensMaySayThatItWaits opens what was answered and closed, and says without having looked that it waits.
func TestWhoOpensMaySayThatItWaits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		open, yes := inbox.Open, true
		d.write(d.boris, inbox.Answer{Text: "here you are", Close: true})
		d.patch(d.anna, inbox.Patch{Status: &open, Unanswered: &yes})
		if got := d.row(d.anna); got.Status != open || !got.Unanswered {
			t.Errorf("%s, waits %v", got.Status, got.Unanswered)
		}
	})
}
