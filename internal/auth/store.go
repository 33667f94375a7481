package auth

import (
	"context"
	"time"
)

// Store keeps the people. Package internal/store implements it in SQL; package
// authtest holds the suite that any implementation must pass and one in memory.
//
// Methods that find one row return ErrAbsent when it is not there. Lists are
// complete and ascend by id; empty ones may be nil. What is returned belongs to the caller, and what is
// passed in is not kept. Times are UTC with microseconds.
//
// Methods that change something are called inside Write alone.
type Store interface {
	// Write runs fn in one transaction that rides in fn's context: every method
	// called with that context takes part in it. It commits when fn returns nil and
	// otherwise undoes everything and returns fn's error. It may run fn again after
	// a conflict.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// LockPeople makes other transactions that call it wait until this one ends, so
	// that rules over several rows (the last admin, the first agent, a link used
	// once) hold on every database. It is called first in the transaction.
	LockPeople(ctx context.Context) error

	AgentStore
	TeamStore
	SessionStore
	LinkStore
	APIKeyStore
}

// AgentStore keeps agents and their passwords.
type AgentStore interface {
	// AnyAgent reports whether there is at least one agent.
	AnyAgent(ctx context.Context) (bool, error)
	// Agent finds an agent, with the teams.
	Agent(ctx context.Context, id AgentID) (Agent, error)
	// AgentByEmail finds an agent by the lower-case e-mail.
	AgentByEmail(ctx context.Context, email string) (Agent, error)
	// Agents lists every agent, disabled ones too.
	Agents(ctx context.Context) ([]Agent, error)
	// InsertAgent adds an agent and the memberships in TeamIDs; ErrTaken when the
	// e-mail is another's. Unknown teams are left out.
	InsertAgent(ctx context.Context, a Agent) error
	// UpdateAgent writes all fields but ID and CreatedAt, and makes the memberships
	// equal TeamIDs; ErrTaken as above, ErrAbsent when there is no such agent.
	UpdateAgent(ctx context.Context, a Agent) error
	// PasswordHash returns the stored hash, "" when the agent has none.
	PasswordHash(ctx context.Context, id AgentID) (string, error)
	// SetPasswordHash stores a hash; ErrAbsent when there is no such agent.
	SetPasswordHash(ctx context.Context, id AgentID, hash string) error
}

// TeamStore keeps teams and who is in them.
type TeamStore interface {
	// Team finds a team, with the members.
	Team(ctx context.Context, id TeamID) (Team, error)
	// Teams lists every team.
	Teams(ctx context.Context) ([]Team, error)
	// ScheduleExists tells whether there is such a schedule.
	ScheduleExists(ctx context.Context, id int64) (bool, error)
	// InsertTeam adds a team and its members; ErrTaken when the name is another's,
	// compared exactly. Unknown agents are left out.
	InsertTeam(ctx context.Context, t Team) error
	// UpdateTeam writes the name and makes the memberships equal MemberIDs;
	// ErrTaken as above, ErrAbsent when there is no such team.
	UpdateTeam(ctx context.Context, t Team) error
	// DeleteTeam removes a team, its memberships, and its place in conversations, which
	// tell by whom and when; of many, it may leave some to be done later. ErrAbsent when
	// there is no such team.
	DeleteTeam(ctx context.Context, id TeamID, by Viewer, at time.Time) error
}

// SessionStore keeps sessions.
type SessionStore interface {
	// SessionByHash finds a session and its agent, in as few round trips as it can:
	// it runs for every request of a browser.
	SessionByHash(ctx context.Context, h TokenHash) (Session, Agent, error)
	// Sessions lists an agent's sessions.
	Sessions(ctx context.Context, agent AgentID) ([]Session, error)
	// InsertSession adds a session.
	InsertSession(ctx context.Context, s Session) error
	// TouchSession moves a session's LastSeenAt and ExpiresAt; nothing happens when
	// it is gone.
	TouchSession(ctx context.Context, id SessionID, seen, expires time.Time) error
	// DeleteSession removes one session of an agent; ErrAbsent when the agent has
	// no such session.
	DeleteSession(ctx context.Context, agent AgentID, id SessionID) error
	// DeleteSessions removes all sessions of an agent but keep, which may be 0.
	DeleteSessions(ctx context.Context, agent AgentID, keep SessionID) error
}

// LinkStore keeps invitations and reset links.
type LinkStore interface {
	// InvitationByHash finds an invitation by its token.
	InvitationByHash(ctx context.Context, h TokenHash) (Invitation, error)
	// Invitations lists every invitation, accepted and expired ones too.
	Invitations(ctx context.Context) ([]Invitation, error)
	// InsertInvitation adds an invitation.
	InsertInvitation(ctx context.Context, i Invitation) error
	// AcceptInvitation sets AcceptedAt; ErrAbsent when there is none.
	AcceptInvitation(ctx context.Context, id InvitationID, at time.Time) error
	// DeleteInvitation removes an invitation; ErrAbsent when there is none.
	DeleteInvitation(ctx context.Context, id InvitationID) error

	// ResetByHash finds a reset link by its token.
	ResetByHash(ctx context.Context, h TokenHash) (Reset, error)
	// InsertReset adds a reset link and removes the agent's unused older ones.
	InsertReset(ctx context.Context, r Reset) error
	// UseReset sets UsedAt; ErrAbsent when there is none.
	UseReset(ctx context.Context, h TokenHash, at time.Time) error
}

// APIKeyStore keeps API keys.
type APIKeyStore interface {
	// APIKeyByPrefix finds a key by its prefix. It runs for every request of a
	// program.
	APIKeyByPrefix(ctx context.Context, prefix string) (APIKey, error)
	// APIKeys lists every key.
	APIKeys(ctx context.Context) ([]APIKey, error)
	// InsertAPIKey adds a key; ErrTaken when the prefix is another's.
	InsertAPIKey(ctx context.Context, k APIKey) error
	// TouchAPIKey sets LastUsedAt; nothing happens when the key is gone.
	TouchAPIKey(ctx context.Context, id APIKeyID, at time.Time) error
	// DeleteAPIKey removes a key; ErrAbsent when there is none.
	DeleteAPIKey(ctx context.Context, id APIKeyID) error
}
