package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/internal/fault"
)

// house is a service with an admin, a lead and a member of Sales, a marketer, and
// an agent of Support.
type house struct {
	*auth.Service
	store                              *authtest.Memory
	clock                              *authtest.Clock
	root, lead, seller, market, helper auth.Agent
	sales, support                     auth.Team
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{store: authtest.NewMemory(), clock: authtest.NewClock()}
	h.Service = authtest.NewService(h.store, h.clock.Now)
	h.root = authtest.SetUp(t, h.Service).Agent
	h.sales, h.support = authtest.Team(t, h.Service, "Sales"), authtest.Team(t, h.Service, "Support")
	add := func(email string, role auth.Role, teams ...auth.TeamID) auth.Agent {
		return authtest.Agent(t, h.Service, auth.NewAgent{Email: email, Role: role, TeamIDs: teams})
	}
	h.lead = add("lead@example.com", auth.RoleLead, h.sales.ID)
	h.seller = add("seller@example.com", auth.RoleAgent, h.sales.ID)
	h.market = add("market@example.com", auth.RoleMarketer)
	h.helper = add("helper@example.com", auth.RoleAgent, h.support.ID)
	return h
}

func (h *house) signIn(t *testing.T, email string) auth.SignedIn {
	t.Helper()
	in, err := h.SignIn(t.Context(), email, authtest.Password, auth.Origin{IP: "192.0.2.7", UserAgent: "Browser"})
	if err != nil {
		t.Fatalf("sign in %s: %v", email, err)
	}
	return in
}

// as is an agent's viewer as a session would give it.
func (h *house) as(t *testing.T, email string) auth.Viewer {
	t.Helper()
	p, err := h.Authenticate(t.Context(), h.signIn(t, email).Token.Reveal())
	if err != nil {
		t.Fatalf("authenticate %s: %v", email, err)
	}
	return p.Viewer
}

func ptr[T any](v T) *T { return &v }

// wants fails unless err is want; nil wants success.
func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (want == nil) != (err == nil) {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

func TestSetup(t *testing.T) {
	t.Parallel()
	clock := authtest.NewClock()
	s := authtest.NewService(authtest.NewMemory(), clock.Now)
	if needed, err := s.NeedsSetup(t.Context()); !needed || err != nil {
		t.Fatalf("NeedsSetup = %v, %v", needed, err)
	}
	_, err := s.Setup(t.Context(), auth.NewPerson{Email: "nobody", Password: "short", Language: "fr"}, auth.Origin{})
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		t.Fatalf("bad setup: %v", err)
	}
	got := []string{}
	for _, field := range f.Fields {
		got = append(got, field.Path)
	}
	if strings.Join(got, " ") != "email name language password" {
		t.Errorf("fields = %v", got)
	}
	in := authtest.SetUp(t, s)
	if in.Agent.Role != auth.RoleAdmin || in.Agent.Access.Conversations != auth.ReachAll || in.Session.ID == 0 {
		t.Errorf("signed in as %+v", in.Agent)
	}
	if !auth.CheckCSRF(in.Token.Reveal(), in.CSRF) || auth.CheckCSRF(in.Token.Reveal()+"x", in.CSRF) {
		t.Error("the CSRF token does not belong to the session")
	}
	if needed, _ := s.NeedsSetup(t.Context()); needed {
		t.Error("still needs setup")
	}
	_, err = s.Setup(t.Context(), auth.NewPerson{Name: "X", Email: "x@example.com", Password: authtest.Password}, auth.Origin{})
	wants(t, "second setup", err, auth.ErrAlreadySetUp)
}

func TestFirstAgentIsAdmin(t *testing.T) {
	t.Parallel()
	s := authtest.NewService(authtest.NewMemory(), nil)
	_, err := s.CreateAgent(t.Context(), auth.System(), auth.NewAgent{Email: "a@example.com", Name: "A"})
	if fault.CodeOf(err) != "no_admin" {
		t.Errorf("a first agent who is no admin: %v", err)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	in, err := h.SignIn(ctx, "  Seller@Example.com ", authtest.Password, auth.Origin{
		IP: "192.0.2.7", UserAgent: "Brow\x00ser" + strings.Repeat("я", 400),
	})
	if err != nil {
		t.Fatal(err)
	}
	if in.Agent.ID != h.seller.ID || len(in.Teams) != 1 || in.Teams[0].Name != "Sales" {
		t.Errorf("signed in as %+v of %+v", in.Agent, in.Teams)
	}
	if ua := in.Session.UserAgent; len(ua) > 300 || !strings.HasPrefix(ua, "Browserя") {
		t.Errorf("user agent of %d bytes: %.20q", len(ua), ua)
	}
	disabled := true
	if _, err := h.UpdateAgent(ctx, auth.System(), h.helper.ID, auth.AgentPatch{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, email, password string
		want                  error
	}{
		{"wrong password", "seller@example.com", authtest.Password + "x", auth.ErrBadCredentials},
		{"unknown e-mail", "nobody@example.com", authtest.Password, auth.ErrBadCredentials},
		{"empty", "", "", auth.ErrBadCredentials},
		{"huge", "seller@example.com", strings.Repeat("x", 1<<20), auth.ErrBadCredentials},
		{"disabled, right password", "helper@example.com", authtest.Password, auth.ErrDisabled},
		{"disabled, wrong password", "helper@example.com", "wrong", auth.ErrBadCredentials},
	} {
		_, err := h.SignIn(ctx, c.email, c.password, auth.Origin{})
		wants(t, c.name, err, c.want)
	}
}

func TestSignInIsThrottled(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try := func(email, password, ip string) error {
		_, err := h.SignIn(t.Context(), email, password, auth.Origin{IP: ip})
		return err
	}
	for i := range 10 {
		h.signIn(t, "seller@example.com") // successes do not count
		if err := try("seller@example.com", "wrong", "192.0.2.1"); !errors.Is(err, auth.ErrBadCredentials) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	err := try("seller@example.com", authtest.Password, "198.51.100.9")
	wants(t, "eleventh attempt", err, auth.ErrThrottled)
	if f, _ := fault.As(err); f.RetryAfter != 15*time.Second {
		t.Errorf("RetryAfter = %v", f.RetryAfter)
	}
	wants(t, "another agent", try("helper@example.com", authtest.Password, "192.0.2.1"), nil)
	h.clock.Add(15 * time.Second)
	wants(t, "after the wait", try("seller@example.com", authtest.Password, "192.0.2.1"), nil)

	for i := range 60 {
		err = try("x"+string(rune('a'+i))+"@example.com", "wrong", "203.0.113.5")
	}
	wants(t, "many e-mails from one address", err, auth.ErrThrottled)
	wants(t, "another address", try("helper@example.com", authtest.Password, "203.0.113.6"), nil)
}

func TestSignInRehashes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before, _ := h.store.PasswordHash(t.Context(), h.seller.ID)
	stronger := auth.New(auth.Options{
		Store: h.store, NextID: authtest.IDs(5000), Now: h.clock.Now,
		Hasher: auth.NewHasher(auth.Params{MemoryKiB: 128, Passes: 1, Threads: 1}, 1),
	})
	for range 2 {
		if _, err := stronger.SignIn(t.Context(), "seller@example.com", authtest.Password, auth.Origin{}); err != nil {
			t.Fatal(err)
		}
	}
	after, _ := h.store.PasswordHash(t.Context(), h.seller.ID)
	if after == before || !strings.Contains(after, "m=128") {
		t.Errorf("hash is still %.30q", after)
	}
}

func TestSessionLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	in := h.signIn(t, "seller@example.com")
	token := in.Token.Reveal()
	alive := func() bool {
		_, err := h.Authenticate(ctx, token)
		if err != nil && !errors.Is(err, auth.ErrUnauthenticated) {
			t.Fatalf("authenticate: %v", err)
		}
		return err == nil
	}
	stored := func() auth.Session {
		s, _, err := h.store.SessionByHash(ctx, auth.HashToken(token))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := stored().LastSeenAt
	h.clock.Add(59 * time.Second)
	if !alive() || !stored().LastSeenAt.Equal(first) {
		t.Error("touched within a minute, or dead")
	}
	h.clock.Add(time.Second)
	if !alive() || !stored().LastSeenAt.Equal(h.clock.Now()) || !stored().ExpiresAt.Equal(h.clock.Now().Add(auth.SessionIdle)) {
		t.Error("not touched after a minute")
	}
	start := h.clock.Now()
	for h.clock.Now().Sub(start) < 85*24*time.Hour { // used every ten days it lives on
		h.clock.Add(10 * 24 * time.Hour)
		if life := h.clock.Now().Sub(in.Session.CreatedAt); alive() != (life < auth.SessionLife) {
			t.Fatalf("after %v: alive %v", life, alive())
		}
	}
	if alive() {
		t.Error("outlived its whole life")
	}
	token = h.signIn(t, "seller@example.com").Token.Reveal()
	h.clock.Add(auth.SessionIdle)
	if alive() {
		t.Error("outlived its idle time")
	}
	for _, bad := range []string{"", "x", strings.Repeat("x", 43), in.Token.String()} {
		_, err := h.Authenticate(ctx, bad)
		wants(t, "token "+bad, err, auth.ErrUnauthenticated)
	}
}

func TestSessionsOfOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	a, b, other := h.as(t, "seller@example.com"), h.as(t, "seller@example.com"), h.as(t, "helper@example.com")
	list, err := h.Sessions(ctx, a)
	if err != nil || len(list) != 2 {
		t.Fatalf("Sessions = %+v, %v", list, err)
	}
	wants(t, "another's session", h.RevokeSession(ctx, a, other.Session), auth.ErrNoSession)
	wants(t, "own session", h.RevokeSession(ctx, a, b.Session), nil)
	wants(t, "gone session", h.RevokeSession(ctx, a, b.Session), auth.ErrNoSession)
	wants(t, "sign out", h.SignOut(ctx, a), nil)
	wants(t, "sign out again", h.SignOut(ctx, a), nil)
	if list, _ = h.Sessions(ctx, a); len(list) != 0 {
		t.Errorf("left: %+v", list)
	}
	if list, _ = h.Sessions(ctx, other); len(list) != 1 {
		t.Errorf("another's: %+v", list)
	}
	_, err = h.Sessions(ctx, auth.System())
	wants(t, "sessions of nobody", err, auth.ErrForbidden)
}

func TestDisablingEndsSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := context.Background()
	token := h.signIn(t, "seller@example.com").Token.Reveal()
	if err := h.DisableAgent(ctx, h.as(t, "root@example.com"), h.seller.ID); err != nil {
		t.Fatal(err)
	}
	_, err := h.Authenticate(ctx, token)
	wants(t, "a disabled agent's session", err, auth.ErrUnauthenticated)
	if left, _ := h.store.Sessions(ctx, h.seller.ID); len(left) != 0 {
		t.Errorf("%d sessions left", len(left))
	}
}
