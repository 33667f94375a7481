package channeltest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"parley/channels"
)

func inboundChecks() []check {
	return []check{
		{name: "acknowledges after the commit alone", run: acknowledgesAfterCommit},
		{name: "delivers again what was refused", run: deliversAgain},
		{name: "survives a crash between commit and acknowledgement", run: survivesCrash},
		{name: "gives redeliveries the same key", run: sameKeyAgain},
		{name: "gives equal messages keys of their own", run: ownKeys},
		{name: "takes nothing from its next owner", run: twoOwners, needs: func(s Setup) bool { return s.Push == nil }},
		{name: "reports that it is connected", run: reportsConnected},
		{name: "ends with its context", run: endsWithContext},
		{name: "asks for sign-in when it is denied", run: asksForSignIn, needs: func(s Setup) bool { return s.Deny != nil }},
		{name: "survives rubbish", run: survivesRubbish, needs: func(s Setup) bool { return s.Garbage != nil }},
	}
}

func acknowledgesAfterCommit(s *stage) {
	s.rec.Next(Hold)
	s.start()
	s.Arrive("held")
	s.until("the delivery", func() bool { return s.journal.Count(StepOffered, "held") > 0 })
	s.settle()
	if s.journal.Count(StepAcknowledged, "held") > 0 {
		s.Error("acknowledged while Deliver had not returned")
	}
	s.rec.Release()
	s.until("the acknowledgement", func() bool { return s.journal.Count(StepAcknowledged, "held") > 0 })
	for i := range 3 {
		s.arrive(fmt.Sprint("free ", i))
	}
	for _, text := range []string{"held", "free 0", "free 1", "free 2"} {
		s.keptFirst(text)
	}
}

// keptFirst checks that a message was committed, once, before it was acknowledged.
func (s *stage) keptFirst(text string) {
	s.Helper()
	if n := s.journal.Count(StepCommitted, text); n != 1 {
		s.Errorf("%q was committed %d times, want once", text, n)
	}
	if !s.journal.Before(StepCommitted, StepAcknowledged, text) {
		s.Errorf("%q was acknowledged before it was committed", text)
	}
}

func deliversAgain(s *stage) {
	s.rec.Next(Refuse, Refuse)
	s.start()
	s.arrive("unwelcome")
	if n := s.journal.Count(StepRefused, "unwelcome"); n < 2 {
		s.Errorf("refused %d times, want at least 2", n)
	}
	s.keptFirst("unwelcome")
}

func survivesCrash(s *stage) {
	s.rec.Next(Die)
	s.start()
	s.Arrive("half done")
	s.until("the commit", func() bool { return s.journal.Count(StepCommitted, "half done") > 0 })
	s.stop()
	if s.journal.Count(StepAcknowledged, "half done") > 0 {
		s.Error("acknowledged although Deliver failed")
	}
	s.open() // the process starts anew
	s.start()
	s.until("the acknowledgement after the restart", func() bool { return s.journal.Count(StepAcknowledged, "half done") > 0 })
	s.arrive("after the crash")
	s.keptFirst("half done")
	s.keptFirst("after the crash")
}

func sameKeyAgain(s *stage) {
	texts := []string{"one", "two", "three"}
	s.start()
	for _, text := range texts {
		s.arrive(text)
	}
	for round := range 2 {
		for _, text := range slices.Backward(texts) {
			s.Again(text)
			s.until("another acknowledgement of "+text, func() bool { return s.journal.Count(StepAcknowledged, text) >= round+2 })
		}
	}
	for _, text := range texts {
		s.keptFirst(text)
	}
}

func ownKeys(s *stage) {
	s.start()
	s.arrive("yes")
	s.arrive("yes")
	if n := s.journal.Count(StepCommitted, "yes"); n != 2 {
		s.Errorf("the same words written twice were kept %d times, want 2", n)
	}
}

// twoOwners has another node run the account while the first, as after a freeze, goes on: the inbox refuses what
// the first one hands in. Nothing of that may be acknowledged, or the second would never see it. Pushes are left
// out: they may enter at any node.
func twoOwners(s *stage) {
	first := &lapsing{Inbound: s.rec}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.seen("Run", s.adapter.Run(ctx, first))
	}()
	defer func() {
		cancel()
		<-ended
	}()
	s.arrive("to the first owner")
	first.lapsed.Store(true)
	s.open()
	s.start()
	texts := []string{"to the first owner"}
	for i := range 5 {
		text := fmt.Sprint("to the second owner ", i)
		s.arrive(text)
		texts = append(texts, text)
	}
	for _, text := range texts {
		s.keptFirst(text)
	}
}

// lapsing is the inbox of an owner that may have lost its account.
type lapsing struct {
	channels.Inbound
	lapsed atomic.Bool
}

// Deliver implements channels.Inbound.
func (l *lapsing) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	if l.lapsed.Load() {
		return nil, ErrRefused
	}
	return l.Inbound.Deliver(ctx, b)
}

func reportsConnected(s *stage) {
	s.start()
	s.arrive("hello")
	s.until("the report that the account is connected", func() bool {
		return slices.ContainsFunc(s.rec.Statuses(), func(st channels.Status) bool { return st.State == channels.StateConnected })
	})
}

func endsWithContext(s *stage) {
	s.start()
	s.arrive("first")
	s.stop()
	s.open()
	s.start()
	s.arrive("second")
	s.stop()
	// A context that has ended already must not start anything.
	s.open()
	s.start()
	s.stop()
}

func asksForSignIn(s *stage) {
	s.start()
	s.arrive("while welcome")
	s.Deny()
	s.until("Run to give up", func() bool { return s.journal.Count("parked", "") > 0 })
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last.Kind != channels.AuthFailed {
		s.Errorf("denied, Run returned %s, want %s", s.last.Kind, channels.AuthFailed)
	}
}

func survivesRubbish(s *stage) {
	s.start()
	for i, raw := range rubbish() {
		before := s.journal.Count(StepQuarantined, "")
		if !s.Garbage(raw) {
			s.until(fmt.Sprintf("rubbish %d in quarantine", i), func() bool { return s.journal.Count(StepQuarantined, "") > before })
		}
		s.arrive(fmt.Sprint("after rubbish ", i))
	}
	for _, ev := range s.rec.Events() {
		if ev.Problem != "" && len(ev.Raw) == 0 {
			s.Errorf("%q went to quarantine without its bytes", ev.Problem)
		}
	}
}

// rubbish returns bytes that no honest network sends. None is empty: an empty payload
// leaves nothing to keep.
func rubbish() [][]byte {
	return [][]byte{
		[]byte("{"),
		[]byte("null"),
		[]byte("42"),
		[]byte(`"text"`),
		[]byte("[[[[]]]]"),
		[]byte(`{"message":7,"id":{"a":[]},"update_id":"x","type":[]}`),
		[]byte("<html><body>502 Bad Gateway</body></html>"),
		{0x00, 0xff, 0xfe, 0x80, 0x0a},
		[]byte(strings.Repeat("[", 20_000)),
		[]byte(strings.Repeat(`{"a":`, 20_000)),
		bytes.Repeat([]byte("long "), 300_000),
	}
}
