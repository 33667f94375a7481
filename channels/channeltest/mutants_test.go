package channeltest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/fake"
)

const token = "token-of-the-account"

// mutant is the sound adapter of the fake network with one promise broken. Nil
// functions change nothing.
type mutant struct {
	channels.Adapter
	inbound func(channels.Inbound) channels.Inbound
	send    func(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error)
	run     func(ctx context.Context, a channels.Adapter, in channels.Inbound) error
	limits  func(*channels.Limits)
	open    func(channels.Account) (channels.Account, error)
	fields  func([]channels.Field)
}

func (m mutant) Run(ctx context.Context, in channels.Inbound) error {
	if m.inbound != nil {
		in = m.inbound(in)
	}
	if m.run != nil {
		return m.run(ctx, m.Adapter, in)
	}
	return m.Adapter.Run(ctx, in)
}

func (m mutant) Send(ctx context.Context, out channels.Outgoing) (channels.Sent, error) {
	if m.send != nil {
		return m.send(ctx, m.Adapter, out)
	}
	return m.Adapter.Send(ctx, out)
}

func (m mutant) Limits() channels.Limits {
	l := m.Adapter.Limits()
	l.EditWindow, l.DeleteWindow, l.Reactions = 0, 0, false // the embedded interface hides the abilities
	if m.limits != nil {
		m.limits(&l)
	}
	return l
}

// driver opens mutants.
type driver struct {
	*fake.Driver
	mutant mutant
}

func (d driver) Fields() []channels.Field {
	fields := d.Driver.Fields()
	if d.mutant.fields != nil {
		d.mutant.fields(fields)
	}
	return fields
}

func (d driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	if d.mutant.open != nil {
		var err error
		if acct, err = d.mutant.open(acct); err != nil {
			return nil, err
		}
	}
	a, err := d.Driver.Open(acct, env)
	if err != nil {
		return nil, err
	}
	m := d.mutant
	m.Adapter = a
	return m, nil
}

// inbound changes what reaches the inbox, or when.
type inbound struct {
	channels.Inbound
	deliver func(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error)
}

func (i inbound) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	return i.deliver(ctx, i.Inbound, b)
}

func delivering(f func(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error)) func(channels.Inbound) channels.Inbound {
	return func(in channels.Inbound) channels.Inbound { return inbound{in, f} }
}

func harness(m mutant) channeltest.Harness {
	faults := map[channeltest.Answer]fake.Fault{
		channeltest.LoseReply: fake.LoseReply, channeltest.Hang: fake.Hang, channeltest.TooFast: fake.TooFast,
		channeltest.Reject: fake.Rejected, channeltest.Denied: fake.Denied,
	}
	return channeltest.Harness{Virtual: true, New: func(_ testing.TB, j *channeltest.Journal) channeltest.Setup {
		n := fake.NewNetwork(fake.Messenger(), token, time.Now)
		n.SetRetryAfter(channeltest.RetryAfter)
		n.OnAcknowledge(func(body []byte) {
			var u struct{ Text string }
			if json.Unmarshal(body, &u) == nil && u.Text != "" {
				j.Acknowledged(u.Text)
			}
		})
		written := map[string]string{}
		s := channeltest.Setup{
			Driver:  driver{fake.NewDriver(n), m},
			Account: channels.Account{ID: 7, Kind: channels.KindFake, Config: map[string]string{"token": token, "secret": "secret-of-pushes"}},
			Chat:    "contact",
			Arrive:  func(text string) { written[text] = n.Write("contact", "Contact", text) },
			Again:   func(text string) { n.Again(written[text]) },
			Garbage: func(raw []byte) bool { n.Garbage(raw); return false },
			Deny:    func() { n.Deny(true) },
			Script:  func(a channeltest.Answer) { n.Script(fake.MethodSend, faults[a]) },
			Attempts: func() (list []channeltest.Attempt) {
				for _, a := range n.Attempts() {
					list = append(list, channeltest.Attempt{DedupID: a.RandomID, Chat: a.Chat, Text: a.Text})
				}
				return list
			},
		}
		for a := range faults {
			s.Answers = append(s.Answers, a)
		}
		return s
	}}
}

// TestSuiteSeesBrokenPromises breaks one promise at a time and expects the check that
// guards it to fail.
func TestSuiteSeesBrokenPromises(t *testing.T) {
	t.Parallel()
	var count atomic.Int64
	for _, c := range []struct {
		promise string
		mutant  mutant
		check   string
	}{
		{"acknowledge after the commit", mutant{inbound: delivering(ackFirst)}, "acknowledges after the commit alone"},
		{"treat an error as not acknowledged", mutant{inbound: delivering(ignoreError)}, "delivers again what was refused"},
		{"leave to the next owner what was refused", mutant{inbound: delivering(ignoreError)}, "takes nothing from its next owner"},
		{"not acknowledge what a crash cut short", mutant{inbound: delivering(ackFirst)}, "survives a crash between commit and acknowledgement"},
		{"give redeliveries their key", mutant{inbound: delivering(func(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error) {
			return in.Deliver(ctx, rekeyed(b, func(channels.Event) string { return fmt.Sprint("n", count.Add(1)) }))
		})}, "gives redeliveries the same key"},
		{"tell equal messages apart", mutant{inbound: delivering(func(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error) {
			return in.Deliver(ctx, rekeyed(b, func(ev channels.Event) string {
				if ev.Message == nil {
					return string(ev.Key)
				}
				return ev.Message.Text
			}))
		})}, "gives equal messages keys of their own"},
		{"report", mutant{inbound: func(in channels.Inbound) channels.Inbound { return silent{in} }}, "reports that it is connected"},
		{"end with the context", mutant{run: func(_ context.Context, a channels.Adapter, in channels.Inbound) error {
			ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			return a.Run(ctx, in)
		}}, "ends with its context"},
		{"return the port's error", mutant{run: func(ctx context.Context, a channels.Adapter, in channels.Inbound) error {
			if err := a.Run(ctx, in); err != nil {
				return errors.New("denied")
			}
			return nil
		}}, "asks for sign-in when it is denied"},
		{"keep rubbish", mutant{inbound: delivering(func(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error) {
			b.Events = slices.DeleteFunc(slices.Clone(b.Events), func(ev channels.Event) bool { return ev.Problem != "" })
			return in.Deliver(ctx, b)
		})}, "survives rubbish"},
		{"send once", mutant{send: func(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
			_, _ = a.Send(ctx, m)
			return a.Send(ctx, m)
		}}, "sends once and says so"},
		{"not retry", mutant{send: retry}, "understands the answer: too fast"},
		{"pass the network's wait on", mutant{send: recast(func(e *channels.Error) { e.RetryAfter = 0 })}, "understands the answer: too fast"},
		{"admit uncertainty", mutant{send: recast(func(e *channels.Error) { e.Kind = channels.Transient })}, "understands the answer: lose reply"},
		{"tell never from later", mutant{send: recast(func(e *channels.Error) { e.Kind = channels.Transient })}, "understands the answer: reject"},
		{"blame the account", mutant{send: recast(func(e *channels.Error) { e.Scope = channels.ScopeChat })}, "understands the answer: denied"},
		{"obey the deadline", mutant{send: func(_ context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			return a.Send(ctx, m)
		}}, "understands the answer: hang"},
		{"repeat under one id", mutant{send: func(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
			m.Key = fmt.Sprint(m.Key, m.Attempt)
			return a.Send(ctx, m)
		}}, "repeats under the same id"},
		{"hide secrets", mutant{send: recast(func(e *channels.Error) { e.Err = errors.New("wrong token " + token) })}, "understands the answer: denied"},
		{"have the abilities it claims", mutant{limits: func(l *channels.Limits) { l.Reactions = true }}, "has abilities and limits that agree"},
		{"have sensible limits", mutant{limits: func(l *channels.Limits) { l.Text.Unit = "words" }}, "has limits that make sense"},
		{"count in its unit", mutant{limits: func(l *channels.Limits) { l.Text.Unit = channels.UnitBytes }, send: unchecked}, "refuses what is over a limit"},
		{"ignore what does not apply", mutant{open: func(a channels.Account) (channels.Account, error) {
			if len(a.Config["secret"]) < 8 {
				return a, &channels.ConfigError{Field: "secret", RU: "Слишком короткий.", EN: "Too short."}
			}
			return a, nil
		}}, "asks for what applies and ignores the rest"},
		{"ask for what applies", mutant{open: func(a channels.Account) (channels.Account, error) {
			a.Config = maps.Clone(a.Config)
			a.Config["secret"] = "made up for whoever forgot it"
			return a, nil
		}}, "asks for what applies and ignores the rest"},
		{"have words for its options", mutant{fields: func(f []channels.Field) { f[1].Options[0].Label.RU = "" }}, "describes its configuration"},
		{"wait for what can be", mutant{fields: func(f []channels.Field) { f[2].When.Values = []string{"pigeon"} }}, "describes its configuration"},
		{"wait for what stands before", mutant{fields: func(f []channels.Field) { f[1], f[2] = f[2], f[1] }}, "describes its configuration"},
	} {
		t.Run(c.promise, func(t *testing.T) {
			t.Parallel()
			if channeltest.Fails(t, harness(mutant{}), c.check) {
				t.Fatal("the check fails with the sound adapter")
			}
			if !channeltest.Fails(t, harness(c.mutant), c.check) {
				t.Errorf("%q passes although the adapter does not %s", c.check, c.promise)
			}
		})
	}
}

// ackFirst lets the adapter go on at once; the commit follows, if it does.
func ackFirst(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error) {
	go func() { _, _ = in.Deliver(ctx, b) }()
	return make([]channels.Outcome, len(b.Events)), nil
}

func ignoreError(ctx context.Context, in channels.Inbound, b channels.Batch) ([]channels.Outcome, error) {
	outcomes, _ := in.Deliver(ctx, b)
	return outcomes, nil
}

func rekeyed(b channels.Batch, key func(channels.Event) string) channels.Batch {
	b.Events = slices.Clone(b.Events)
	for i := range b.Events {
		b.Events[i].Key = channels.EventKey(key(b.Events[i]))
	}
	return b
}

// silent never reports.
type silent struct{ channels.Inbound }

func (silent) Report(context.Context, channels.Status) {}

func retry(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
	sent, err := a.Send(ctx, m)
	if err != nil {
		return a.Send(ctx, m)
	}
	return sent, nil
}

// recast changes the errors of Send.
func recast(f func(*channels.Error)) func(context.Context, channels.Adapter, channels.Outgoing) (channels.Sent, error) {
	return func(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
		sent, err := a.Send(ctx, m)
		if err == nil {
			return sent, nil
		}
		e := *channels.AsError(err)
		f(&e)
		return sent, &e
	}
}

// unchecked lets everything out that the network itself would take.
func unchecked(ctx context.Context, a channels.Adapter, m channels.Outgoing) (channels.Sent, error) {
	if m.Text == "" || len(m.Files) > 0 {
		return channels.Sent{}, &channels.Error{Kind: channels.Permanent, Code: "refused", Text: "refused"}
	}
	return a.Send(ctx, m)
}

func TestWholeSuiteIsKnown(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range channeltest.CheckNames() {
		if seen[name] {
			t.Errorf("two checks are called %q", name)
		}
		seen[name] = true
	}
}
