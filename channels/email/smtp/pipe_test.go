package smtp_test

import (
	"context"
	"net"
	"sync"

	"parley/channels"
	"parley/channels/email/smtp"
)

// virtual leads to the server without a network, for tests that live in virtual time.
func (s *server) virtual() (smtp.Config, channels.Env) {
	env := environment()
	env.Dial = func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go s.serve(newBuffered(there))
		return here, nil
	}
	return config("127.0.0.1", 25), env
}

// buffered is an end of a pipe whose writer does not wait for the reader, as on a network.
type buffered struct {
	net.Conn
	queue chan []byte
	once  sync.Once
}

func newBuffered(conn net.Conn) *buffered {
	b := &buffered{Conn: conn, queue: make(chan []byte, 1000)}
	go func() {
		defer conn.Close()
		for p := range b.queue {
			if _, err := conn.Write(p); err != nil {
				for range b.queue { // until the server closes
				}
				return
			}
		}
	}()
	return b
}

// Write is called by one goroutine, and not after Close.
func (b *buffered) Write(p []byte) (int, error) {
	b.queue <- append([]byte(nil), p...)
	return len(p), nil
}

// Close lets what was written arrive.
func (b *buffered) Close() error {
	b.once.Do(func() { close(b.queue) })
	return nil
}
