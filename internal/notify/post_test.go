package notify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"parley/internal/fault"
	"parley/internal/notify"
)

// office is everything around a Post, in memory.
type office struct {
	post    *notify.Post
	now     time.Time
	ready   bool
	deliver error
	sent    []notify.Letter
	jobs    []string
	resets  int
	log     bytes.Buffer
}

func (o *office) Ready(context.Context) (bool, error) { return o.ready, nil }

func (o *office) Deliver(_ context.Context, l notify.Letter) error {
	if o.deliver == nil {
		o.sent = append(o.sent, l)
	}
	return o.deliver
}

func (o *office) ResetFor(_ context.Context, email string) (name, language, token string, found bool, err error) {
	if email != "jane@example.com" {
		return "", "", "", false, nil
	}
	o.resets++
	return "Jane", "ru", fmt.Sprintf("t0ken-%d", o.resets), true, nil
}

func newOffice() *office {
	o := &office{ready: true, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	mask := func(b []byte) []byte {
		out := bytes.Clone(b)
		for i := range out {
			out[i] ^= 0x5a
		}
		return out
	}
	o.post = notify.New(notify.Options{
		Mailbox: o, People: o,
		Leave: func(_ context.Context, kind, key, payload string) error {
			if kind != notify.JobLetter || key == "" {
				return errors.New("not a letter")
			}
			o.jobs = append(o.jobs, payload)
			return nil
		},
		NextID: func(context.Context) (int64, error) { return int64(100 + len(o.jobs)), nil },
		Seal:   func(plain, use []byte) []byte { return mask(append(bytes.Clone(use), plain...)) },
		Open: func(sealed, use []byte) ([]byte, error) {
			plain, ok := bytes.CutPrefix(mask(sealed), use)
			if !ok {
				return nil, errors.New("forged")
			}
			return plain, nil
		},
		Base: func() string { return "https://desk.example" },
		Now:  func() time.Time { return o.now },
		Log:  slog.New(slog.NewTextHandler(&o.log, nil)),
	})
	return o
}

func TestLettersAreWrittenWhenTheyAreSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leave   func(*notify.Post) error
		to      string
		subject string
		link    string
		way     string // of the page, where it is not that of most letters
	}{
		"in Arabic": {func(p *notify.Post) error {
			return p.Invitation(t.Context(), "new@example.com", "", "ar", "/join#s3cret", time.Time{})
		}, "new@example.com", "أنت مدعو إلى Parley", "https://desk.example/join#s3cret", `<div lang="ar" dir="rtl"><p>يدعوك زملاؤك`},
		"told in Arabic": {func(p *notify.Post) error {
			to := notify.Colleague{Email: "a@example.com", Language: "ar"}
			return p.Tell(t.Context(), to, fault.T("Новое", "New message"), "s3cret", "/inbox/4")
		}, "a@example.com", "رسالة جديدة", "https://desk.example/inbox/4", `<div lang="ar" dir="rtl"><p dir="auto">s3cret</p>`},
		"invitation": {func(p *notify.Post) error {
			return p.Invitation(t.Context(), "new@example.com", `<b>"Bob"`, "en", "/join#s3cret", time.Time{})
		}, "new@example.com", "You are invited to Parley", "https://desk.example/join#s3cret", ""},
		"reset": {func(p *notify.Post) error {
			return p.Reset(t.Context(), "a@example.com", "A", "ru", "/reset#s3cret", time.Time{})
		},
			"a@example.com", "Новый пароль для Parley", "https://desk.example/reset#s3cret", ""},
		"forgotten": {func(p *notify.Post) error { return p.Forgot(t.Context(), "jane@example.com") },
			"jane@example.com", "Новый пароль для Parley", "https://desk.example/reset#t0ken-1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			if err := c.leave(o.post); err != nil {
				t.Fatal(err)
			}
			if len(o.sent) > 0 || strings.Contains(o.jobs[0], "s3cret") {
				t.Fatal("the link waits in the open:", o.jobs)
			}
			if err := o.post.Send(t.Context(), o.jobs[0]); err != nil {
				t.Fatal(err)
			}
			l := o.sent[0]
			if l.To != c.to || l.Subject != c.subject || !strings.Contains(l.Text, c.link+"\n") || !strings.Contains(l.HTML, `href="`+c.link+`"`) || l.ID != 100 {
				t.Errorf("%+v", l)
			}
			if !strings.HasPrefix(l.HTML, c.way) || c.way == "" && strings.Contains(l.HTML, "rtl") {
				t.Errorf("the page runs the wrong way: %s", l.HTML)
			}
			if strings.Contains(l.Text+l.HTML, "Bob") {
				t.Error("words of others are in the text")
			}
		})
	}
}

func TestNobodyLearnsWhoHasAnAddress(t *testing.T) {
	t.Parallel()
	o := newOffice()
	for _, address := range []string{"jane@example.com", "nobody@example.com"} {
		if err := o.post.Forgot(t.Context(), address); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.jobs) != 2 || len(strings.ReplaceAll(o.jobs[1], "nobody", "jane")) != len(o.jobs[0]) {
		t.Errorf("they are treated differently: %v", o.jobs)
	}
	if err := o.post.Send(t.Context(), o.jobs[1]); err != nil || len(o.sent) != 0 {
		t.Errorf("sent %v, %v", o.sent, err)
	}
}

func TestWhatBecomesOfALetter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*office)
		again  bool
		logged bool
	}{
		"sent":             {func(*office) {}, false, false},
		"no mailbox":       {func(o *office) { o.ready = false }, true, false},
		"later":            {func(o *office) { o.deliver = fmt.Errorf("busy: %w", notify.ErrLater) }, true, false},
		"refused for good": {func(o *office) { o.deliver = errors.New("refused") }, false, true},
		"too old":          {func(o *office) { o.now = o.now.Add(25 * time.Hour) }, false, true},
		"altered":          {func(o *office) { o.jobs[0] = strings.Replace(o.jobs[0], `"id":100`, `"id":101`, 1) }, true, false},
		"malformed":        {func(o *office) { o.jobs[0] = `{"to":"jane@example.com"` }, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			if err := o.post.Reset(t.Context(), "jane@example.com", "Jane", "en", "/reset#s3cret", o.now.Add(24*time.Hour)); err != nil {
				t.Fatal(err)
			}
			c.change(o)
			err := o.post.Send(t.Context(), o.jobs[0])
			if (err != nil) != c.again {
				t.Errorf("again: %v", err)
			}
			if (o.log.Len() > 0) != c.logged {
				t.Errorf("log: %s", o.log.String())
			}
			if text := fmt.Sprint(err) + o.log.String(); strings.Contains(text, "s3cret") || strings.Contains(text, "jane@") {
				t.Errorf("told: %s", text)
			}
		})
	}
}

func TestNoLinkIsMadeThatCannotBeSent(t *testing.T) {
	t.Parallel()
	o := newOffice()
	o.ready = false
	if err := o.post.Forgot(t.Context(), "jane@example.com"); err != nil {
		t.Fatal(err)
	}
	if err := o.post.Send(t.Context(), o.jobs[0]); !errors.Is(err, notify.ErrLater) || o.resets != 0 {
		t.Errorf("%d links, %v", o.resets, err)
	}
}

// TestAnInvitationWaitsForDays has no mailbox for five days; the link works for seven.
func TestAnInvitationWaitsForDays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		without time.Duration
		sent    int
	}{
		"a mailbox on the fifth day": {5 * 24 * time.Hour, 1},
		"none while the link works":  {8 * 24 * time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			begun := o.now
			if err := o.post.Invitation(t.Context(), "new@example.com", "", "en", "/join#s3cret", begun.Add(7*24*time.Hour)); err != nil {
				t.Fatal(err)
			}
			tries := 0
			for {
				o.ready = o.now.Sub(begun) >= c.without
				err := o.post.Send(t.Context(), o.jobs[0])
				if tries++; err == nil {
					break
				}
				again := o.post.Again(o.jobs[0])
				if rest := again.Sub(o.now); !errors.Is(err, notify.ErrLater) || rest < 30*time.Second || rest > 15*time.Minute {
					t.Fatalf("%v, again after %s", err, rest)
				}
				o.now = again
			}
			if len(o.sent) != c.sent || tries < 400 || tries > 1000 {
				t.Errorf("sent %d after %d tries", len(o.sent), tries)
			}
		})
	}
}
