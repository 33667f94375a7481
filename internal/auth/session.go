package auth

import (
	"time"

	"parley/internal/secret"
)

// SessionID identifies a session; 0 is none. It is no secret: the token is.
type SessionID int64

// Session is one signed-in browser.
type Session struct {
	ID         SessionID
	AgentID    AgentID
	Hash       TokenHash
	CreatedAt  time.Time
	LastSeenAt time.Time // true to a minute
	ExpiresAt  time.Time // moves on with use
	IP         string    // of the last sign-in; may be empty
	UserAgent  string    // at most 300 bytes
}

// How long a session lives: SessionIdle after its last use, and never longer
// than SessionLife. Use is written down at most once per touchEvery.
const (
	SessionIdle = 14 * 24 * time.Hour
	SessionLife = 90 * 24 * time.Hour
	touchEvery  = time.Minute
)

// expiry is when a session made and last used at these times ends.
func expiry(created, used time.Time) time.Time {
	idle, life := used.Add(SessionIdle), created.Add(SessionLife)
	if idle.Before(life) {
		return idle
	}
	return life
}

// Origin is where a request comes from, as far as it can be believed.
type Origin struct {
	IP        string
	UserAgent string
}

// SignedIn is the outcome of every way to sign in.
type SignedIn struct {
	// Token goes into the cookie and nowhere else.
	Token secret.String
	// CSRF goes to the page; see CSRFToken.
	CSRF    string
	Session Session
	Agent   Agent
	// Teams are the agent's own.
	Teams []Team
}
