package vktest

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// pushPause is how long the server waits before it pushes again what was not taken. VK waits longer.
const pushPause = 5 * time.Millisecond

// Deliver hands one push over and returns the HTTP status and the body of the answer.
type Deliver func(ctx context.Context, body []byte) (status int, answer string)

// Push calls us with every event until it was answered with "ok" or refused for good, until ctx ends.
func (s *Server) Push(ctx context.Context, deliver Deliver) {
	for ctx.Err() == nil {
		body, number, changed := s.next()
		if body == nil {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		status, answer := deliver(ctx, body)
		if status == http.StatusOK && answer == "ok" {
			s.settle(number, true)
			continue
		}
		if status == http.StatusForbidden {
			s.settle(number, false)
			continue
		}
		timer := time.NewTimer(pushPause)
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

func (s *Server) next() (body []byte, number int64, changed chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil, 0, s.changed
	}
	return s.queue[0].body, s.queue[0].number, nil
}

// settle takes an event out of the queue, as taken or as refused for good.
func (s *Server) settle(number int64, taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	this := func(e event) bool { return e.number == number }
	if taken {
		s.acknowledge(this)
		return
	}
	s.queue = slices.DeleteFunc(s.queue, this)
}
