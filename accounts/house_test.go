package accounts_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/secret"
)

// kindTest is the network of these tests: its accounts do what a script says.
const kindTest channels.Kind = "test"

// puppet is a driver whose accounts' Run, Test and Receive are functions of the test.
type puppet struct {
	mu      sync.Mutex
	run     map[channels.AccountID]func(ctx context.Context, in channels.Inbound) error
	lives   map[channels.AccountID]int // how often Run was called
	at      map[channels.AccountID][]time.Time
	open    func(channels.Account) error
	test    func() error
	wrap    func(*doll, channels.Env) channels.Adapter // gives accounts further abilities
	configs []map[string]string                        // of every Open
}

func newPuppet() *puppet {
	return &puppet{run: map[channels.AccountID]func(context.Context, channels.Inbound) error{}, lives: map[channels.AccountID]int{}, at: map[channels.AccountID][]time.Time{}}
}

func (*puppet) Kind() channels.Kind { return kindTest }

func (*puppet) Title() channels.Words { return channels.Words{RU: "Проба", EN: "Trial"} }

func (*puppet) Fields() []channels.Field {
	return []channels.Field{
		{Name: "host", Type: channels.FieldText, Required: true},
		{Name: "password", Type: channels.FieldSecret, Required: true},
		{Name: "extra", Type: channels.FieldSecret},
		{Name: "port", Type: channels.FieldNumber, Default: "993"},
		{Name: "tls", Type: channels.FieldBool, Default: "true"},
		{Name: "mode", Type: channels.FieldChoice, Options: options("poll", "push"), Default: "poll"},
		{Name: "push_key", Type: channels.FieldSecret, Required: true, When: channels.Condition{Field: "mode", Values: []string{"push"}}},
		{Name: "push_port", Type: channels.FieldNumber, When: channels.Condition{Field: "mode", Values: []string{"push"}}},
		{Name: "color", Type: channels.FieldColor},
		{Name: "boxes", Type: channels.FieldList},
		{Name: "languages", Type: channels.FieldList, Options: options("ru", "en"), Default: "ru,en"},
	}
}

func (p *puppet) Open(a channels.Account, env channels.Env) (channels.Adapter, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.configs = append(p.configs, a.Config)
	if p.open != nil {
		if err := p.open(a); err != nil {
			return nil, err
		}
	}
	d := &doll{p: p, id: a.ID}
	if p.wrap != nil {
		return p.wrap(d, env), nil
	}
	return d, nil
}

// script sets what Run of an account does; without a script it connects and waits.
func (p *puppet) script(id channels.AccountID, run func(ctx context.Context, in channels.Inbound) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run[id] = run
}

func (p *puppet) count(id channels.AccountID) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lives[id]
}

func (p *puppet) starts(id channels.AccountID) []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]time.Time(nil), p.at[id]...)
}

func (p *puppet) lastConfig() map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.configs[len(p.configs)-1]
}

// doll is an account of a puppet.
type doll struct {
	p  *puppet
	id channels.AccountID
}

func (d *doll) Run(ctx context.Context, in channels.Inbound) error {
	d.p.mu.Lock()
	d.p.lives[d.id]++
	d.p.at[d.id] = append(d.p.at[d.id], time.Now())
	run := d.p.run[d.id]
	d.p.mu.Unlock()
	if run != nil {
		return run(ctx, in)
	}
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

func (*doll) Send(context.Context, channels.Outgoing) (channels.Sent, error) {
	return channels.Sent{}, nil
}

func (*doll) Limits() channels.Limits {
	return channels.Limits{Text: channels.TextLimit{Max: 10, Unit: channels.UnitRunes}}
}

func (d *doll) Test(context.Context) error {
	if d.p.test == nil {
		return nil
	}
	return d.p.test()
}

func (d *doll) Receive(_ context.Context, r channels.Request, _ channels.Inbound) (channels.Response, error) {
	if string(r.Body) == "poison" {
		panic("what an adapter chokes on")
	}
	return channels.Response{Status: 200, Body: r.Body}, nil
}

// inbox is an Inbound that stores nothing.
type inbox struct {
	report func(context.Context, channels.Status)
}

func (inbox) Cursor(context.Context, string) (string, error) { return "", nil }
func (inbox) Deliver(context.Context, channels.Batch) ([]channels.Outcome, error) {
	return nil, errors.New("nothing is stored here")
}
func (i inbox) Report(ctx context.Context, s channels.Status) { i.report(ctx, s) }

// lines is a log in memory.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// house is a node: a service and a supervisor over a store.
type house struct {
	*accounts.Service
	sup    *accounts.Supervisor
	store  accounts.Store
	puppet *puppet
	log    *lines

	mu      sync.Mutex
	changed []channels.AccountID
	fenced  map[channels.AccountID][]channels.Fence // of all sides of the inbox that were made
}

func (h *house) fences(id channels.AccountID) []channels.Fence {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.fenced[id])
}

func newHouse(store accounts.Store, p *puppet) *house { return leasedHouse(store, p, nil) }

// leasedHouse is one of several houses, which run what leases say.
func leasedHouse(store accounts.Store, p *puppet, leases accounts.Leases) *house {
	h := &house{store: store, puppet: p, log: &lines{}, fenced: map[channels.AccountID][]channels.Fence{}}
	env := channels.Env{Log: slog.New(slog.NewTextHandler(h.log, nil)), Now: time.Now}
	drivers := accounts.NewDrivers(p)
	box := secret.New(secret.Key{1})
	h.sup = accounts.NewSupervisor(accounts.SupervisorOptions{
		Store: store, Drivers: drivers, Box: box, Env: env,
		Leases: leases,
		Inbound: func(id channels.AccountID, fence channels.Fence, report func(context.Context, channels.Status)) channels.Inbound {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.fenced[id] = append(h.fenced[id], fence)
			return inbox{report}
		},
		Changed: func(id channels.AccountID) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.changed = append(h.changed, id)
		},
		Jitter: func() float64 { return 1 },
	})
	h.Service = accounts.New(accounts.Options{
		Store: store, Drivers: drivers, Box: box, Env: env, Runner: h.sup,
		Teams: func(_ context.Context, id int64) (bool, error) { return id == 5, nil },
	})
	return h
}

// start runs the supervisor until the test ends. In a bubble.
func (h *house) start(t *testing.T) {
	t.Helper()
	if err := h.sup.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.sup.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// connect creates an account.
func (h *house) connect(t *testing.T, name string) channels.AccountID {
	t.Helper()
	a, err := h.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: name, Config: valid()})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

const password = "pass-word-of-the-mailbox"

// options are values that may be chosen.
func options(values ...string) []channels.Option {
	var list []channels.Option
	for _, v := range values {
		list = append(list, channels.Option{Value: v, Label: channels.Words{RU: v, EN: v}})
	}
	return list
}

func valid() map[string]any { return map[string]any{"host": "mail.example", "password": password} }

func admin() actor.Viewer {
	return actor.Viewer{AgentID: 1, Scope: actor.All, Cause: actor.Cause{Kind: actor.Agent, ID: 1}}
}

// expect lets everything happen that can without time passing, then compares the
// account's state in memory and in the store.
func (h *house) expect(t *testing.T, m *memory, id channels.AccountID, want channels.StateName) {
	t.Helper()
	synctest.Wait()
	a, _, _ := h.sup.Find(id)
	stored, _ := m.state(id)
	if a.State != want || stored != want {
		t.Errorf("state is %q in memory and %q in the store, want %q", a.State, stored, want)
	}
}
