package smtp_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/smtp"
	"parley/internal/testenv"
)

// TestSink lets Postfix's test server misbehave in every way that it knows.
func TestSink(t *testing.T) {
	t.Parallel()
	const command, verdict = "transient", "uncertain"
	for _, c := range []struct {
		options    string
		kind, code string
	}{
		{"", "", ""},
		{"-e", "", ""},
		{"-p", "", ""},
		{"-8 -E", "", ""},
		{"-P", "", ""},
		{"-W .:1", "", ""},
		{"-H 1", "", ""},
		{"-r CONNECT", command, connect.CodeBusy},
		{"-r EHLO,HELO", command, connect.CodeBusy},
		{"-r MAIL", command, smtp.CodeLater},
		{"-r RCPT", command, smtp.CodeLater},
		{"-r DATA", command, smtp.CodeLater},
		{"-r .", command, smtp.CodeLater},
		{"-f CONNECT", command, connect.CodeBusy},
		{"-f EHLO,HELO", command, connect.CodeBusy},
		{"-f EHLO", "", ""},
		{"-f MAIL", "permanent", smtp.CodeSender},
		{"-f RCPT", "permanent", smtp.CodeRecipient},
		{"-f DATA", "permanent", smtp.CodeContent},
		{"-f .", "permanent", smtp.CodeContent},
		{"-q CONNECT", command, connect.CodeHungUp},
		{"-q EHLO", command, connect.CodeHungUp},
		{"-q MAIL", command, smtp.CodeLost},
		{"-q RCPT", command, smtp.CodeLost},
		{"-q DATA", command, smtp.CodeLost},
		{"-q .", verdict, smtp.CodeUnconfirmed},
		{"-Q CONNECT", command, connect.CodeBusy},
		{"-Q EHLO", command, connect.CodeBusy},
		{"-Q MAIL", command, smtp.CodeLater},
		{"-Q RCPT", command, smtp.CodeLater},
		{"-Q DATA", command, smtp.CodeLater},
		{"-Q .", command, smtp.CodeLater},
		{"-p -W MAIL:60", command, connect.CodeTimeout},
		{"-p -W RCPT:60", command, connect.CodeTimeout},
		{"-w 60", command, connect.CodeTimeout},
		{"-W .:60", verdict, smtp.CodeUnconfirmed},
		{"-A 0", "permanent", smtp.CodeContent},
	} {
		t.Run("smtp-sink "+c.options, func(t *testing.T) {
			t.Parallel()
			sink := testenv.SMTPSink(t, strings.Fields(c.options)...)
			config := config(sink.Host, sink.Port)
			if strings.HasSuffix(c.options, "60") {
				config.Waits = smtp.Waits{Command: 3 * time.Second, Verdict: 3 * time.Second}
			}
			sender := newSender(t, config, environment(), nil)
			_, e := send(t, sender, outgoing(1, "ann@example.net", "bob@example.net"))
			want(t, e, c.kind, c.code)
			if e == nil {
				mails := sink.Mails(t)
				if len(mails) != 1 || len(mails[0].To) != 2 || !strings.Contains(mails[0].Data, "Good day") {
					t.Errorf("the sink holds %+v", mails)
				}
			}
		})
	}
}

// TestSinkTakesManyMails sends over few connections and finds each mail once.
func TestSinkTakesManyMails(t *testing.T) {
	t.Parallel()
	const mails = 300
	sink := testenv.SMTPSink(t)
	sender := newSender(t, config(sink.Host, sink.Port), environment(), nil)
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for i := worker; i < mails; i += 6 {
				if _, e := send(t, sender, outgoing(int64(i+1))); e != nil {
					t.Errorf("mail %d: %v", i, e)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]int{}
	for _, m := range sink.Mails(t) {
		_, id, _ := strings.Cut(m.Data, "Message-ID: ")
		id, _, _ = strings.Cut(id, "\n")
		seen[id]++
	}
	if len(seen) != mails {
		t.Errorf("%d different mails arrived", len(seen))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
}

// zeroes are files of any size that look, while they are read, at how much memory is in use.
type zeroes struct {
	opened int
	most   uint64
}

func (z *zeroes) Put(context.Context, string, string, io.Reader, int64) (channels.File, error) {
	return channels.File{}, errors.New("nothing is put while sending")
}

func (z *zeroes) Open(_ context.Context, f channels.File) (io.ReadCloser, error) {
	z.opened++
	return io.NopCloser(io.LimitReader(z, f.Size)), nil
}

func (z *zeroes) Read(p []byte) (int, error) {
	clear(p)
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	z.most = max(z.most, now.HeapInuse)
	return len(p), nil
}

// TestLargeAttachment sends 25 MB, signed, and looks at how much memory is in use at most. It does not
// run in parallel with other tests, whose memory it would see.
func TestLargeAttachment(t *testing.T) {
	sink := testenv.SMTPSink(t)
	env, files := environment(), new(zeroes)
	env.Files = files
	config := config(sink.Host, sink.Port)
	config.DKIM = smtp.DKIM{Selector: "s1", Key: ed25519Key(t)}
	sender := newSender(t, config, env, nil)
	m := outgoing(1)
	m.Files = []channels.File{{Name: "big.zip", Type: "application/zip", Size: 25 << 20}}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	_, e := send(t, sender, m)
	want(t, e, "", "")
	if files.most > before.HeapInuse+8<<20 {
		t.Errorf("sending 25 MB took the heap from %d to %d KB", before.HeapInuse>>10, files.most>>10)
	}
	if mails := sink.Mails(t); len(mails) != 1 || len(mails[0].Data) < 25<<20*4/3 {
		t.Errorf("%d mails arrived", len(mails))
	}
	if files.opened != 2 { // to sign and to send
		t.Errorf("the file was opened %d times", files.opened)
	}
}
