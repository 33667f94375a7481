package channeltest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/channels"
)

func sendChecks() []check {
	list := []check{
		{name: "refuses to send where nothing can be", run: sendsNothing, needs: func(s Setup) bool { return s.ReceivesOnly }},
		{name: "sends once and says so", run: sendsOnce, needs: sends},
		{name: "sends concurrently", run: sendsConcurrently, needs: sends},
		{name: "obeys a context that has ended", run: obeysEndedContext, needs: sends},
		{name: "repeats under the same id", run: repeatsUnderSameID, needs: func(s Setup) bool {
			return s.Attempts != nil && slices.Contains(s.Answers, LoseReply)
		}},
	}
	for _, a := range []Answer{LoseReply, Hang, Garble, TooFast, Unavailable, Unreachable, Reject, Denied} {
		list = append(list, check{
			name:  "understands the answer: " + string(a),
			run:   func(s *stage) { understands(s, a) },
			needs: func(s Setup) bool { return slices.Contains(s.Answers, a) },
		})
	}
	return list
}

// sends tells whether anything can be sent.
func sends(s Setup) bool { return !s.ReceivesOnly }

func sendsNothing(s *stage) {
	l := s.adapter.Limits()
	if l.Text.Max != 0 || l.Files.MaxCount != 0 || l.WriteFirst {
		s.Errorf("nothing can be sent, but the limits are %+v", l)
	}
	if _, err := s.send(s.outgoing("100", "hello")); err == nil || err.Kind != channels.Permanent {
		s.Errorf("Send returned %v, want %s", err, channels.Permanent)
	}
}

func sendsOnce(s *stage) {
	sent, err := s.send(s.outgoing("101", "good day"))
	if err != nil {
		s.Fatalf("send: %v", err)
	}
	if n := s.attempts(); n >= 0 && n != 1 {
		s.Fatalf("the network saw %d attempts, want 1", n)
	}
	if s.Attempts != nil {
		if got := s.Attempts()[0]; got.Text != "good day" || got.Chat != s.Chat {
			s.Errorf("the network saw %q in the chat %q", got.Text, got.Chat)
		}
	}
	if s.adapter.Limits().Receipts && s.Attempts != nil && sent.RemoteID == "" {
		s.Error("receipts are promised, but nothing names the message")
	}
}

// understands checks what an adapter makes of one answer: the truth about whether the
// contact may have got the message, after exactly one attempt.
func understands(s *stage, a Answer) {
	s.Script(a)
	timeout := s.patience()
	if a == Hang {
		timeout = 100 * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	returned := make(chan *channels.Error, 1)
	go func() {
		_, err := s.adapter.Send(ctx, s.outgoing("102", "question"))
		returned <- s.seen("Send", err)
	}()
	var err *channels.Error
	late := time.NewTimer(timeout + s.patience())
	defer late.Stop()
	select {
	case err = <-returned:
	case <-late.C:
		s.Fatalf("Send goes on %s after its context ended", s.patience())
	}
	kind, attempts := a.want()
	if err == nil {
		s.Fatalf("Send succeeded, want %s", kind)
		return // for readers who cannot know that Fatalf does not
	}
	if err.Kind != kind {
		s.Errorf("Send failed as %s (%s), want %s", err.Kind, err.Code, kind)
	}
	if n := s.attempts(); n >= 0 && n != attempts {
		s.Errorf("the network saw %d attempts, want %d", n, attempts)
	}
	if a == TooFast && err.RetryAfter != RetryAfter {
		s.Errorf("RetryAfter is %s, the network said %s", err.RetryAfter, RetryAfter)
	}
	if a == Denied && err.Scope != channels.ScopeAccount {
		s.Error("wrong credentials concern the whole account")
	}
}

func obeysEndedContext(s *stage) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.adapter.Send(ctx, s.outgoing("103", "too late"))
	e := s.seen("Send", err)
	if n := s.attempts(); n > 1 {
		s.Errorf("the network saw %d attempts, want at most 1", n)
	}
	if e != nil && e.Kind != channels.Uncertain && e.Kind != channels.Transient {
		s.Errorf("an ended context is reported as %s", e.Kind)
	}
	if s.attempts() == 0 && e == nil {
		s.Error("nothing was sent, but Send succeeded")
	}
}

func repeatsUnderSameID(s *stage) {
	if !s.adapter.Limits().SafeResend {
		s.Skip("the network does not recognise repetitions")
	}
	m := s.outgoing("104", "once")
	s.Script(LoseReply)
	if _, err := s.send(m); err == nil || err.Kind != channels.Uncertain {
		s.Fatalf("the answer was lost, Send returned %v", err)
	}
	m.Attempt = 2
	if _, err := s.send(m); err != nil {
		s.Fatalf("repeat: %v", err)
	}
	if _, err := s.send(s.outgoing("105", "once")); err != nil {
		s.Fatalf("send another: %v", err)
	}
	seen := s.Attempts()
	if len(seen) != 3 {
		s.Fatalf("the network saw %d attempts, want 3", len(seen))
	}
	if seen[0].DedupID == "" || seen[0].DedupID != seen[1].DedupID {
		s.Errorf("one message went out as %q and %q", seen[0].DedupID, seen[1].DedupID)
	}
	if seen[2].DedupID == seen[0].DedupID {
		s.Error("two messages went out under one id")
	}
}

func sendsConcurrently(s *stage) {
	const sends = 8
	s.start()
	var wg sync.WaitGroup
	for i := range sends {
		wg.Go(func() {
			if _, err := s.send(s.outgoing(fmt.Sprint(200+i), fmt.Sprint("parallel ", i))); err != nil {
				s.Errorf("send beside others: %v", err)
			}
			_ = s.adapter.Limits()
		})
	}
	s.arrive("meanwhile")
	wg.Wait()
	if n := s.attempts(); n >= 0 && n != sends {
		s.Errorf("the network saw %d attempts, want %d", n, sends)
	}
}
