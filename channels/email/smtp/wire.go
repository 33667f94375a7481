package smtp

import (
	"errors"
	"net"
	"sync"
	"time"
)

// wire is a connection that knows which bytes have left, sets a deadline for every step, and bounds
// what the server may say.
type wire struct {
	net.Conn

	mu     sync.Mutex
	dead   bool          // the attempt has ended; no step may set a deadline again
	block  time.Duration // while a mail is written: how long each piece may take
	watch  bool          // whether the bytes that now leave end in the final dot
	passed bool          // they have left, as far as this machine can tell
	budget int           // how many bytes the server may still send in this step
}

// maxAnswer bounds what a server may say to one step, in bytes.
const maxAnswer = 128 << 10

// errTooMuch says that a server talked beyond all bounds.
var errTooMuch = errors.New("answer is too long")

// step begins a step that must be done within d.
func (w *wire) step(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.block, w.budget = 0, maxAnswer
	w.setDeadline(d)
}

// stream begins the writing of a mail, of which each piece must be taken within d.
func (w *wire) stream(d time.Duration) {
	w.step(d)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.block = d
}

// kill ends whatever step is going on, and those that would follow.
func (w *wire) kill() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
	_ = w.SetDeadline(time.Unix(1, 0)) // fails only when the connection is closed
}

// setDeadline is called with the lock held.
func (w *wire) setDeadline(d time.Duration) {
	if !w.dead {
		_ = w.SetDeadline(time.Now().Add(d)) // fails only when the connection is closed
	}
}

// last runs write, which writes the end of a mail, and tells whether all of it has left. When a
// piece was not taken whole the server cannot have got the dot, which is its last byte but two.
func (w *wire) last(write func() error) (left bool, err error) {
	w.mu.Lock()
	w.watch, w.passed = true, false
	w.mu.Unlock()
	err = write()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.watch = false
	return w.passed, err
}

// Write passes bytes on. Whoever writes a mail writes nothing behind a piece that failed.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	if w.block > 0 {
		w.setDeadline(w.block)
	}
	w.mu.Unlock()
	n, err := w.Conn.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watch {
		w.passed = n == len(p)
	}
	return n, err
}

// Read never returns more than the step allows.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.budget -= n; w.budget < 0 {
		return 0, errTooMuch
	}
	return n, err
}
