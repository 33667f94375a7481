package assign_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"parley/inbox"
	"parley/router/assign"
)

// counted is a store in which nothing is due, and which counts how often it is asked.
type counted struct {
	assign.Store
	routed bool
	asked  int
}

func (c *counted) HandsOut(context.Context) (bool, error) {
	c.asked++
	return c.routed, nil
}

func (c *counted) DueAbsences(context.Context, time.Time) ([]assign.Absence, error) {
	c.asked++
	return nil, nil
}

func (c *counted) AutoAway(context.Context, time.Time) ([]inbox.AgentID, error) {
	c.asked++
	return nil, nil
}

func (c *counted) DueOffers(context.Context, time.Time, int) ([]assign.Offer, error) {
	return nil, nil
}

func (c *counted) AnyUnassigned(context.Context) (bool, error) { return false, nil }

func (c *counted) Board(context.Context, time.Time) (*assign.Board, error) {
	return &assign.Board{}, nil
}

// TestChatCostsNothingWithoutRouting lets visitors write for ten seconds where no team
// hands out, and then where one does.
func TestChatCostsNothingWithoutRouting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &counted{}
		s := assign.New(assign.Options{Store: store, Now: time.Now})
		w := assign.NewWaker(s)
		w.Start()
		defer w.Stop()
		synctest.Wait()
		waiting := &inbox.Conversation{ID: 1, Status: inbox.Open, TeamID: 1, Unanswered: true}
		chat := func() {
			for range 1000 {
				s.Listen(&inbox.Changes{Conversations: []*inbox.Conversation{waiting}})
				if s.Stirred() {
					w.Wake()
				}
				time.Sleep(10 * time.Millisecond)
			}
			synctest.Wait()
		}
		chat()
		if store.asked > 3*6 {
			t.Errorf("asked %d times in ten seconds", store.asked)
		}
		store.routed = true
		w.Wake() // somebody has set a team up
		synctest.Wait()
		store.asked = 0
		chat()
		if store.asked < 100 || store.asked > 600 {
			t.Errorf("with routing asked %d times", store.asked)
		}
	})
}

// TestWhatStirs says after which changes handing out is worth a look.
func TestWhatStirs(t *testing.T) {
	t.Parallel()
	open := inbox.Conversation{ID: 1, Status: inbox.Open, TeamID: 1, Unanswered: true}
	held, ofNoTeam, answered := open, open, open
	held.AssigneeID, ofNoTeam.TeamID, answered.Unanswered = 7, 0, false
	for _, c := range []struct {
		name  string
		c     inbox.Conversation
		entry string
		want  bool
	}{
		{"waits", open, "", true},
		{"is held", held, "", false},
		{"is of no team", ofNoTeam, "", false},
		{"was answered", answered, "", false},
		{"is closed", held, "status", true},
		{"goes to somebody else", held, "assignment", true},
		{"is given a label", held, "label", false},
	} {
		s := assign.New(assign.Options{})
		ch := &inbox.Changes{Conversations: []*inbox.Conversation{&c.c}}
		if c.entry != "" {
			ch.Timeline = []inbox.Entry{{ConversationID: 1, Type: c.entry}}
		}
		s.Listen(ch)
		if got := s.Stirred(); got != c.want || s.Stirred() {
			t.Errorf("what %s: stirred %v, want %v once", c.name, got, c.want)
		}
	}
}
