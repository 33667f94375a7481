package testenv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Sink is a running smtp-sink, Postfix's test server: it accepts mails, or misbehaves as its options
// say, and keeps what it accepted in files.
type Sink struct {
	// Host and Port are where it listens, on the loopback.
	Host string
	Port int

	keeper *keeper
	dumps  string
}

// SunkMail is one transaction as the sink saw it.
type SunkMail struct {
	From string   // the argument of MAIL, as sent
	To   []string // the arguments of RCPT, as sent
	Data string   // the mail's header and body, with LF for line ends
}

// SMTPSink starts a server of the test's own with options of smtp-sink(1), such as "-r", "RCPT". It
// stops when t ends.
func SMTPSink(t testing.TB, options ...string) *Sink {
	t.Helper()
	const tries = 3 // a free port may be taken between looking and listening
	for try := 1; ; try++ {
		s, err := startSink(t.Context(), options)
		if err == nil {
			t.Cleanup(func() {
				if err := s.keeper.stop(); err != nil {
					t.Error(err)
				}
			})
			return s
		}
		if try == tries || errors.Is(err, ErrNotInstalled) {
			giveUp(t, err)
		}
	}
}

func startSink(ctx context.Context, options []string) (*Sink, error) {
	program, err := sinkProgram()
	if err != nil {
		return nil, err
	}
	user, err := serverAccount()
	if err != nil {
		return nil, err
	}
	dir, err := user.folder("parley-smtp-sink-")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// An address of its own keeps one that starts at the same time, and got the same port, apart.
	host := fmt.Sprintf("127.%d.%d.%d", 1+rand.IntN(250), rand.IntN(250), 1+rand.IntN(250))
	s := &Sink{Host: host, Port: port, dumps: filepath.Join(dir, "mails")}
	argv := append([]string{program, "-4", "-d", filepath.Join(s.dumps, "mail.")}, options...)
	argv = append(argv, s.Host+":"+strconv.Itoa(port), "100")
	if s.keeper, err = keep(dir, "KILL", user, argv...); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	ready, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := s.keeper.awaitReady(ready, s.ping); err != nil {
		return nil, errors.Join(fmt.Errorf("start smtp-sink: %w", err), s.keeper.stop())
	}
	return s, nil
}

// sinkProgram finds smtp-sink: Debian keeps it in a folder that only root's path holds.
func sinkProgram() (string, error) {
	for _, name := range []string{"smtp-sink", "/usr/sbin/smtp-sink"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("find smtp-sink: %w; install the package postfix", ErrNotInstalled)
}

func (s *Sink) ping(ctx context.Context) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return err
	}
	return conn.Close()
}

// Mails returns the transactions that reached their final dot, in no order. What the sink refused at
// the dot is among them.
func (s *Sink) Mails(t testing.TB) []SunkMail {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dumps, "mail.*"))
	if err != nil {
		t.Fatal(err)
	}
	var mails []SunkMail
	for _, file := range files {
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a transaction that was given up in this moment
		}
		if err != nil {
			t.Fatal(err)
		}
		if mail, ok := parseDump(string(text)); ok {
			mails = append(mails, mail)
		}
	}
	return mails
}

// parseDump divides a file of the sink into its notes, the Received header that ends them, and the
// mail. A file without a mail is a transaction that was given up.
func parseDump(text string) (SunkMail, bool) {
	var m SunkMail
	for {
		line, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return m, false
		}
		text = rest
		switch name, value, _ := strings.Cut(line, ": "); name {
		case "X-Mail-Args":
			m.From = value
		case "X-Rcpt-Args":
			m.To = append(m.To, value)
		case "Received":
			for strings.HasPrefix(text, "\t") || strings.HasPrefix(text, " ") {
				if _, text, ok = strings.Cut(text, "\n"); !ok {
					return m, false
				}
			}
			m.Data = strings.TrimSuffix(text, "\n")
			return m, m.Data != ""
		}
	}
}
