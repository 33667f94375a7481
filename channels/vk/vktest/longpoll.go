package vktest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxPage is how many events one poll answers with.
const maxPage = 100

func (s *Server) pollServer(p url.Values) (any, int) {
	if number(p.Get("group_id")) != s.options.Group {
		return nil, 203
	}
	return object{"key": s.key, "server": s.web.URL + "/longpoll", "ts": strconv.FormatInt(s.lastID, 10)}, 0
}

// offer makes an event of the community and tells it.
func (s *Server) offer(kind string, about any) []byte {
	e := object{
		"type": kind, "object": about, "group_id": s.options.Group, "v": "5.199",
		"event_id": "event-" + strconv.FormatInt(s.newID(), 10),
	}
	if s.options.Secret != "" {
		e["secret"] = s.options.Secret
	}
	body, err := json.Marshal(e)
	if err != nil {
		panic("vktest: an event is no JSON: " + err.Error()) // of maps, texts and numbers
	}
	s.enqueue(body)
	return body
}

func (s *Server) enqueue(body []byte) {
	s.queue = append(s.queue, event{number: s.newID(), body: body})
	s.wake()
}

// longPoll serves a question for events.
func (s *Server) longPoll(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	f := s.fault("longpoll")
	if !s.before(w, r, f) || !s.after(w, r, f) {
		return
	}
	wait := time.Duration(number(q.Get("wait"))) * time.Second
	if s.options.Wait > 0 {
		wait = min(wait, s.options.Wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	late := false
	for {
		body, changed := s.answerPoll(q, late)
		if body != nil {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = w.Write(body)
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			late = true
		case <-r.Context().Done():
			return
		case <-s.closed:
			return
		}
	}
}

// answerPoll is the answer to a poll, nil while there is none to give.
func (s *Server) answerPoll(q url.Values, late bool) (body []byte, changed chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ts := number(q.Get("ts"))
	switch {
	case q.Get("act") != "a_check":
		return []byte(`{"failed":4}`), nil
	case q.Get("key") != s.key:
		return []byte(`{"failed":2}`), nil
	case ts < s.forgot:
		return reply(object{"failed": 1, "ts": s.lastID}), nil
	case ts > s.lastID:
		return []byte(`{"failed":3}`), nil
	}
	s.acknowledge(func(e event) bool { return e.number <= ts })
	if len(s.garbage) > 0 {
		body, s.garbage = s.garbage[0], s.garbage[1:]
		return body, nil
	}
	updates, last := []json.RawMessage{}, ts
	for _, e := range s.queue {
		if e.number > ts && len(updates) < maxPage {
			updates, last = append(updates, e.body), e.number
		}
	}
	if len(updates) == 0 && !late {
		return nil, s.changed
	}
	return reply(object{"ts": strconv.FormatInt(last, 10), "updates": updates}), nil
}

func reply(v object) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte(`{"failed":3}`)
	}
	return b
}

// acknowledge drops events from the queue.
func (s *Server) acknowledge(done func(e event) bool) {
	var left []event
	for _, e := range s.queue {
		switch {
		case !done(e):
			left = append(left, e)
		case s.acked != nil:
			s.acked(e.body)
		}
	}
	s.queue = left
}

// Again offers an event's body once more.
func (s *Server) Again(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.enqueue(body)
}

// Garbage offers bytes in the place of an event, or, where no JSON can hold them, in the place of a
// whole answer. It reports which.
func (s *Server) Garbage(raw []byte) (whole bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if json.Valid(raw) {
		s.enqueue(raw)
		return false
	}
	s.garbage = append(s.garbage, raw)
	s.wake()
	return true
}
