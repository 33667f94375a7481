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
