package imap

import (
	"net"
	"sync"
	"time"
)

// line is a connection with a watchdog. The library knows no deadline for an answer that
// never begins, and its own would not let a long mail trickle in; so it is kept from
// setting any. While an answer is owed, every read must bring something within the quiet
// time; nothing is owed while we idle.
type line struct {
	net.Conn
	patience time.Duration // for writes

	mu    sync.Mutex
	quiet time.Duration // 0 = nothing is owed
}

func newLine(conn net.Conn, patience time.Duration) *line {
	return &line{Conn: conn, patience: patience}
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
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.patience)); err != nil {
		return 0, err
	}
	return l.Conn.Write(p)
}

// SetDeadline and its like do nothing: the watchdog is the only one who sets them.
func (*line) SetDeadline(time.Time) error      { return nil }
func (*line) SetReadDeadline(time.Time) error  { return nil }
func (*line) SetWriteDeadline(time.Time) error { return nil }
