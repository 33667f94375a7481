package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// SignIn checks an e-mail and a password and opens a session. It answers
// ErrBadCredentials, ErrDisabled (only to who knows the password), ErrThrottled
// with the time to wait, and ErrBusy. An e-mail nobody has takes as long as a
// wrong password.
func (s *Service) SignIn(ctx context.Context, email, password string, from Origin) (SignedIn, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if len(email) > maxEmail || len(password) > 4*MaxPassword {
		return SignedIn{}, ErrBadCredentials
	}
	attempt, err := s.attempt(email, from.IP)
	if err != nil {
		return SignedIn{}, err
	}
	agent, err := s.store.AgentByEmail(ctx, email)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return SignedIn{}, said(err, "find agent", nil, nil)
	}
	// Of nobody, agent 0, the hash is "": the same queries and the same work.
	rehash, err := s.checkPassword(ctx, agent.ID, password)
	if err != nil {
		if !errors.Is(err, ErrBadCredentials) {
			attempt.none()
		}
		return SignedIn{}, err
	}
	attempt.none()
	if agent.Disabled {
		return SignedIn{}, ErrDisabled
	}
	in, err := s.newSession(ctx, agent.ID, from)
	if err != nil {
		return SignedIn{}, err
	}
	newHash := ""
	if rehash {
		if newHash, err = s.hasher.Hash(ctx, password); err != nil {
			return SignedIn{}, said(err, "hash password", nil, nil)
		}
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if rehash {
			if err := s.store.SetPasswordHash(ctx, agent.ID, newHash); err != nil {
				return err
			}
		}
		return s.store.InsertSession(ctx, in.Session)
	})
	if err != nil {
		return SignedIn{}, said(err, "open session", nil, nil)
	}
	return s.signedIn(ctx, in)
}

// checkPassword answers ErrBadCredentials unless the password is the agent's.
func (s *Service) checkPassword(ctx context.Context, agent AgentID, password string) (rehash bool, err error) {
	stored, err := s.store.PasswordHash(ctx, agent)
	if err != nil {
		return false, said(err, "read password hash", nil, nil)
	}
	ok, rehash, err := s.hasher.Verify(ctx, stored, password)
	if err != nil {
		return false, said(err, "check password", nil, nil)
	}
	if !ok {
		return false, ErrBadCredentials
	}
	return rehash, nil
}

// attempt is one try at a password, taken from both buckets.
type attempt struct {
	s              *Service
	email, network string
}

func (s *Service) attempt(email, ip string) (attempt, error) {
	now, net := s.now(), network(ip)
	if wait := s.byNetwork.Take(net, now); wait > 0 {
		return attempt{}, ErrThrottled.After(roundUp(wait))
	}
	if wait := s.byEmail.Take(email, now); wait > 0 {
		return attempt{}, ErrThrottled.After(roundUp(wait))
	}
	return attempt{s: s, email: email, network: net}, nil
}

// none gives the try back: the password was right, or was not looked at.
func (a attempt) none() {
	a.s.byEmail.Return(a.email)
	a.s.byNetwork.Return(a.network)
}

// roundUp makes whole seconds, the unit of Retry-After.
func roundUp(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

// newSession prepares a session that is not stored yet.
func (s *Service) newSession(ctx context.Context, agent AgentID, from Origin) (SignedIn, error) {
	sid, err := id[SessionID](ctx, s)
	if err != nil {
		return SignedIn{}, err
	}
	token, now, from := newToken(), s.now(), cleanOrigin(from)
	return SignedIn{
		Token: token,
		CSRF:  CSRFToken(token.Reveal()),
		Session: Session{
			ID: sid, AgentID: agent, Hash: HashToken(token.Reveal()),
			CreatedAt: now, LastSeenAt: now, ExpiresAt: expiry(now, now),
			IP: from.IP, UserAgent: from.UserAgent,
		},
	}, nil
}

// signedIn completes the outcome with the agent as stored.
func (s *Service) signedIn(ctx context.Context, in SignedIn) (SignedIn, error) {
	var err error
	if in.Agent, err = s.store.Agent(ctx, in.Session.AgentID); err != nil {
		return SignedIn{}, said(err, "read agent", nil, nil)
	}
	in.Teams, err = s.teamsOf(ctx, in.Agent)
	return in, err
}

func (s *Service) teamsOf(ctx context.Context, a Agent) ([]Team, error) {
	if len(a.TeamIDs) == 0 {
		return nil, nil
	}
	all, err := s.store.Teams(ctx)
	if err != nil {
		return nil, said(err, "list teams", nil, nil)
	}
	return slices.DeleteFunc(all, func(t Team) bool { return !slices.Contains(a.TeamIDs, t.ID) }), nil
}
