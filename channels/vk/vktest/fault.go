package vktest

import (
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"
)

type faultKind int

const (
	none faultKind = iota
	loseReply
	hang
	garble
	tooFast
	unavailable
	refuse
)

// Fault is how the server misbehaves on one call. The zero value is none.
type Fault struct {
	kind faultKind
	code int
	wait time.Duration
}

// LoseReply does what was asked, and hangs up instead of saying so.
func LoseReply() Fault { return Fault{kind: loseReply} }

// Hang gives no answer until the caller gives up.
func Hang() Fault { return Fault{kind: hang} }

// Garble does what was asked and answers with nonsense.
func Garble() Fault { return Fault{kind: garble} }

// TooFast answers 429 with a wait, as what stands before VK's API may.
func TooFast(wait time.Duration) Fault { return Fault{kind: tooFast, wait: wait} }

// Unavailable answers 503.
func Unavailable() Fault { return Fault{kind: unavailable} }

// Refuse answers with one of VK's errors.
func Refuse(code int) Fault { return Fault{kind: refuse, code: code} }

// Script sets the faults of the next calls of a method, one each; "longpoll" is the asking for
// events, "upload" the sending of files.
func (s *Server) Script(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// Unreachable makes the next calls through Client fail before they leave, or no longer.
func (s *Server) Unreachable(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = on
}

// Deny refuses the community's token from now on.
func (s *Server) Deny() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied = true
	s.key = "session-key-denied"
	s.wake()
}

// Block makes sends to a peer fail with an error; 0 = no longer.
func (s *Server) Block(peer int64, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked[peer] = code
}

// Forget makes events that nobody has asked for go, as they do after a while: the next poll fails
// with 1.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgot = s.lastID
	s.queue = nil
	s.wake()
}

// RenewKey makes the session's key void: the next poll fails with 2.
func (s *Server) RenewKey() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = "session-key-" + strconv.FormatInt(s.newID(), 10)
	s.wake()
}

// fault takes the next scripted fault of a method. A send that is refused does not count as made.
func (s *Server) fault(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue := s.faults[method]
	if len(queue) == 0 {
		return Fault{}
	}
	s.faults[method] = queue[1:]
	return queue[0]
}

// before plays the faults by which nothing is done; it reports whether to go on.
func (s *Server) before(w http.ResponseWriter, r *http.Request, f Fault) bool {
	switch f.kind {
	case hang:
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
	case tooFast:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.wait/time.Second)))
		http.Error(w, "slow down", http.StatusTooManyRequests)
	case unavailable:
		http.Error(w, "back soon", http.StatusServiceUnavailable)
	default:
		return true
	}
	return false
}

// after plays the faults that spoil the answer to what was done.
func (s *Server) after(w http.ResponseWriter, r *http.Request, f Fault) bool {
	switch f.kind {
	case loseReply:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	case garble:
		_, _ = w.Write([]byte("<html><body>ok</body></html>"))
	default:
		return true
	}
	return false
}

// wire is a network that can be cut.
type wire struct{ s *Server }

// RoundTrip implements http.RoundTripper.
func (c wire) RoundTrip(r *http.Request) (*http.Response, error) {
	c.s.mu.Lock()
	away := c.s.away
	c.s.mu.Unlock()
	if away {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	}
	return c.s.web.Client().Transport.RoundTrip(r) //nolint:wrapcheck // it stands for the network
}
