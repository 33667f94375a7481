package imap

import (
	"net"
	"sync"
	"time"
)

// line is a connection with a watchdog. The library knows no deadline for an answer that
// never begins, and its own would not let a long mail trickle in; so it is kept from
// setting any. While an answer is owed, every read must bring something within the quiet
// time; nothing is owed while we idle. Until guard is called others set the deadlines.
type line struct {
	net.Conn
	patience time.Duration // for writes, and for answers that are owed

	mu      sync.Mutex
	guarded bool
	quiet   time.Duration // 0 = nothing is owed
}

func newLine(conn net.Conn, patience time.Duration) *line {
	return &line{Conn: conn, patience: patience}
}

// guard makes the watchdog the only one who sets deadlines.
func (l *line) guard() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.guarded = true
}

// expect says that an answer is owed from now on, rest that it has come.
func (l *line) expect() { l.owe(l.patience) }
func (l *line) rest()   { l.owe(0) }

func (l *line) owe(quiet time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quiet = quiet
	l.arm()
}

// arm moves the deadline, also of a read that waits already.
func (l *line) arm() {
	var deadline time.Time
	if l.quiet > 0 {
		deadline = time.Now().Add(l.quiet)
	}
	_ = l.Conn.SetReadDeadline(deadline) // fails on closed connections alone, which say so themselves
}

func (l *line) Read(p []byte) (int, error) {
	l.mu.Lock()
	if l.quiet > 0 {
		l.arm()
	}
	l.mu.Unlock()
	return l.Conn.Read(p)
}

func (l *line) Write(p []byte) (int, error) {
	if l.others() {
		return l.Conn.Write(p)
	}
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.patience)); err != nil {
		return 0, err
	}
	return l.Conn.Write(p)
}

// others tells whether deadlines are not ours yet.
func (l *line) others() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.guarded
}

// SetDeadline does nothing once the line is guarded, nor do its like.
func (l *line) SetDeadline(t time.Time) error {
	if l.others() {
		return l.Conn.SetDeadline(t)
	}
	return nil
}

// SetReadDeadline is as SetDeadline.
func (l *line) SetReadDeadline(t time.Time) error {
	if l.others() {
		return l.Conn.SetReadDeadline(t)
	}
	return nil
}

// SetWriteDeadline is as SetDeadline.
func (l *line) SetWriteDeadline(t time.Time) error {
	if l.others() {
		return l.Conn.SetWriteDeadline(t)
	}
	return nil
}
