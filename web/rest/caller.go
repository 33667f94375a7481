package rest

import (
	"context"

	"parley/inbox/actor"
	"parley/internal/auth"
)

// Caller is who called an operation.
type Caller struct {
	// Viewer is what the rooms filter by and put changes down to.
	actor.Viewer
	// Auth is the same caller for package auth: role, session, scopes.
	Auth auth.Viewer
	// Language of answers: "ru", "en" or "ar".
	Language string
	// Origin is where the request came from.
	Origin auth.Origin
	// RequestID names the request in logs and problems.
	RequestID string

	session string // the token of the session's cookie
}

// CSRF returns the token that writes under the caller's session must carry, "" when
// there is no session.
func (c Caller) CSRF() string {
	if c.session == "" {
		return ""
	}
	return auth.CSRFToken(c.session)
}

// owner names the caller as the owner of idempotency keys.
func (c Caller) owner() string {
	switch {
	case c.Auth.Key != 0:
		return "key:" + string(IDOf(c.Auth.Key))
	case c.Auth.AgentID != 0:
		return "agent:" + string(IDOf(c.Auth.AgentID))
	default:
		return ""
	}
}

type callerKey struct{}

// CallerOf returns who called, for code below a handler. Outside a request it is the
// zero Caller, which sees and may do nothing.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// ViewerOf is an auth.Viewer as the rooms know it.
func ViewerOf(v auth.Viewer) actor.Viewer {
	out := actor.Viewer{
		AgentID: int64(v.AgentID), Name: v.Name, Accounts: v.Accounts,
		Cause: actor.Cause{Kind: actor.Agent, ID: int64(v.AgentID)},
	}
	if v.AgentID == 0 {
		out.Cause = actor.Cause{Kind: actor.API, ID: int64(v.Key)}
	}
	switch v.Reach {
	case auth.ReachAll:
		out.Scope = actor.All
	case auth.ReachTeam:
		out.Scope = actor.Team
	case auth.ReachOwn:
		out.Scope = actor.Own
	}
	for _, t := range v.Teams {
		out.Teams = append(out.Teams, int64(t))
	}
	return out
}
