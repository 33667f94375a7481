package events_test

import (
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
)

// TestWhatAnotherNodeWrites arrives without anybody waking this one.
func TestWhatAnotherNodeWrites(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.Postgres)
	here, there := open(t, storetest.At(t, place), events.Options{Poll: 100 * time.Millisecond}), open(t, storetest.At(t, place), events.Options{})
	p := here.follow(boss())
	there.conversation(10)
	p.wait(t, "the conversation", until("conversation.created"))
}
