package authtest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/auth"
)

// Clock is a clock that tests move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a Clock that stands at a fixed time.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 3, 1, 9, 0, 0, 123456000, time.UTC)} }

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// IDs returns a source of ids from first on.
func IDs(first int64) func(context.Context) (int64, error) {
	var last atomic.Int64
	last.Store(first - 1)
	return func(context.Context) (int64, error) { return last.Add(1), nil }
}

// NewService makes a Service over a store whose hashes cost nearly nothing.
func NewService(store auth.Store, now func() time.Time) *auth.Service {
	return auth.New(auth.Options{
		Store: store, NextID: IDs(1000), Now: now, Hasher: CheapHasher(),
		Nouns: []string{"agents", "conversations", "api-keys"},
	})
}

// CheapHasher makes a Hasher for tests: right, and much too fast.
func CheapHasher() *auth.Hasher {
	return auth.NewHasher(auth.Params{MemoryKiB: 64, Passes: 1, Threads: 1}, 4)
}

// Password passes the policy for everyone in these tests.
const Password = "correct horse battery"

// SetUp makes the first administrator, root@example.com, and returns them signed
// in.
func SetUp(t *testing.T, s *auth.Service) auth.SignedIn {
	t.Helper()
	in, err := s.Setup(t.Context(), auth.NewPerson{
		Name: "Root", Email: "root@example.com", Password: Password, Language: "en",
	}, auth.Origin{IP: "192.0.2.1", UserAgent: "test"})
	if err != nil {
		t.Fatalf("set up: %v", err)
	}
	return in
}

// Agent makes an agent with Password.
func Agent(t *testing.T, s *auth.Service, in auth.NewAgent) auth.Agent {
	t.Helper()
	if in.Password == "" {
		in.Password = Password
	}
	if in.Name == "" {
		in.Name = "Somebody"
	}
	a, err := s.CreateAgent(t.Context(), auth.System(), in)
	if err != nil {
		t.Fatalf("make agent %s: %v", in.Email, err)
	}
	return a
}

// Team makes a team.
func Team(t *testing.T, s *auth.Service, name string, members ...auth.AgentID) auth.Team {
	t.Helper()
	team, err := s.CreateTeam(t.Context(), auth.System(), auth.NewTeam{Name: name, MemberIDs: members})
	if err != nil {
		t.Fatalf("make team %s: %v", name, err)
	}
	return team
}
