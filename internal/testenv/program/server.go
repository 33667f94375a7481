package program

import (
	"context"
	"net"
	"net/http"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Server is a running `parley serve`.
type Server struct {
	// URL is its address, without a slash at the end.
	URL string
	// Started is how long it took from the start of the process until it could store.
	Started time.Duration

	cmd   *exec.Cmd
	log   *tail
	ended chan struct{}
}

// Serve starts the program on the address and waits until it can store. The server is killed when the
// test ends.
func (p *Program) Serve(t testing.TB, env []string, address string) *Server {
	t.Helper()
	return p.serve(t, env, address, func(status int) bool { return status == http.StatusOK })
}

// ServeUnready is Serve for a program that has reason to say that it is not ready, such as a clock that is wrong: it
// waits until there is an answer.
func (p *Program) ServeUnready(t testing.TB, env []string, address string) *Server {
	t.Helper()
	return p.serve(t, env, address, func(int) bool { return true })
}

func (p *Program) serve(t testing.TB, env []string, address string, enough func(status int) bool) *Server {
	t.Helper()
	s := &Server{URL: "http://" + address, log: new(tail), ended: make(chan struct{})}
	s.cmd = p.Command(context.Background(), env, "serve", "--listen", address)
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.ended)
		_ = s.cmd.Wait() // its status is that of a killed process
	}()
	t.Cleanup(s.Kill)

	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !s.ready(t.Context(), enough) {
		select {
		case <-tick.C:
		case <-s.ended:
			t.Fatalf("the server ended at start:\n%s", s.log)
		case <-deadline:
			s.Kill()
			t.Fatalf("the server is not ready after 30 s:\n%s", s.log)
		}
	}
	s.Started = time.Since(began)
	return s
}

func (s *Server) ready(ctx context.Context, enough func(status int) bool) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	return res.Body.Close() == nil && enough(res.StatusCode)
}

// Kill ends the server with SIGKILL, which it cannot notice, and waits until it is gone.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill() // it may have ended already
	<-s.ended
}

// Terminate sends SIGTERM, waits until the server is gone and returns its exit status.
func (s *Server) Terminate(t testing.TB) int {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-s.ended
	return s.cmd.ProcessState.ExitCode()
}

// Ended is closed once the process is gone.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// PID is the process's id.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Log is the end of what the server wrote.
func (s *Server) Log() string { return s.log.String() }

// FreeAddress is a loopback address that nothing listens on.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
