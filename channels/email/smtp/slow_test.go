package smtp_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/smtp"
)

// sluggish is a server that reads a mail at its own pace: so many bytes, then a pause, and after some
// pauses never again.
func sluggish(conn net.Conn, pause time.Duration, pauses int) {
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 16)
	for _, answer := range []string{"220 x", "250 x", "250 x", "250 x", "354 x"} {
		if answer != "220 x" {
			if _, err := r.ReadString('\n'); err != nil {
				return
			}
		}
		if _, err := io.WriteString(conn, answer+"\r\n"); err != nil {
			return
		}
	}
	var mail strings.Builder
	for i := 0; i < pauses && !strings.HasSuffix(mail.String(), "\r\n.\r\n"); i++ {
		time.Sleep(pause)
		piece := make([]byte, 8<<10)
		n, err := io.ReadAtLeast(r, piece, 1)
		if err != nil {
			return
		}
		mail.Write(piece[:n])
	}
	if strings.HasSuffix(mail.String(), "\r\n.\r\n") {
		_, _ = io.WriteString(conn, "250 taken\r\n")
	}
	time.Sleep(24 * time.Hour)
}

// TestSlowServer lives in virtual time. Every piece of a mail has its own deadline, so that a slow
// server is waited for and a frozen one is not.
func TestSlowServer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		pause      time.Duration
		pauses     int
		kind, code string
	}{
		{"slow", 10 * time.Second, 1 << 30, "", ""},
		{"frozen", 10 * time.Second, 8, "transient", connect.CodeTimeout},
		{"frozen from the start", 0, 0, "transient", connect.CodeTimeout},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var wg sync.WaitGroup
				defer wg.Wait()
				env := environment()
				env.Files = shelf{"h": strings.Repeat("x", 60<<10)}
				env.Dial = func(context.Context, string, string) (net.Conn, error) {
					here, there := net.Pipe()
					wg.Go(func() { sluggish(there, c.pause, c.pauses) })
					return here, nil
				}
				began := time.Now()
				m := outgoing(1)
				m.Files = []channels.File{{Hash: "h", Name: "a.bin", Size: 60 << 10}}
				_, e := send(t, newSender(t, config("test", 25), env, nil), m)
				want(t, e, c.kind, c.code)
				if took := time.Since(began); e != nil && took > 4*time.Minute || e == nil && took < time.Minute {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
	if smtp.SendTimeout < 5*time.Minute {
		t.Error("an attempt may end before its verdict")
	}
}
