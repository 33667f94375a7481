package people

import (
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

// OpenSession is one browser that is signed in.
type OpenSession struct {
	ID         rest.ID   `json:"id"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at"`
	IP         string    `json:"ip"`
	UserAgent  string    `json:"user_agent"`
	Current    bool      `json:"current"`
}

func (p *People) declareSessions(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-sessions", Method: http.MethodGet, Path: "/sessions", Need: rest.Read("session").Person(),
		Summary: "Where one is signed in",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[OpenSession]], error) {
		all, err := p.auth.Sessions(ctx, who.Auth)
		if err != nil {
			return nil, err
		}
		return rest.Slice(all, *in, func(s auth.Session) auth.SessionID { return s.ID }, func(s auth.Session) OpenSession {
			return OpenSession{
				ID: rest.IDOf(s.ID), CreatedAt: rest.Time(s.CreatedAt), LastSeenAt: rest.Time(s.LastSeenAt),
				IP: s.IP, UserAgent: s.UserAgent, Current: s.ID == who.Auth.Session,
			}
		})
	})
	rest.Add(api, rest.Op{
		ID: "end-session", Method: http.MethodDelete, Path: "/sessions/{id}", Need: rest.Write("session").Person(),
		Summary: "Sign one of one's browsers out",
	}, func(ctx context.Context, who rest.Caller, in *byID) (*rest.None, error) {
		return nil, p.told(p.auth.RevokeSession(ctx, who.Auth, rest.Num[auth.SessionID](in.ID)))
	})
}

// byID is the input of operations on one object.
type byID struct {
	ID rest.ID `path:"id"`
}
