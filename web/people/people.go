package people

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"parley/internal/auth"
	"parley/web/rest"
)

// People declares the operations of this package.
type People struct {
	auth      *auth.Service
	publicURL string
	secure    bool // the cookie travels over https alone
	version   string
	watcher   Watcher
	post      Post
}

// Post sends system mail; notify.Post is one. Paths are below the installation's address.
type Post interface {
	// Ready tells whether there is a mailbox to send by.
	Ready(ctx context.Context) (bool, error)
	// Invitation and Reset leave a letter with a link, to be sent as soon as can be while the
	// link works.
	Invitation(ctx context.Context, to, name, language, path string, until time.Time) error
	Reset(ctx context.Context, to, name, language, path string, until time.Time) error
	// Forgot leaves a letter for whoever has an address, if anybody does.
	Forgot(ctx context.Context, to string) error
}

// Mail makes a Post send the links that are made here. It is called before requests come.
func (p *People) Mail(post Post) { p.post = post }

// mailable tells whether links can be sent.
func (p *People) mailable(ctx context.Context) (bool, error) {
	if p.post == nil {
		return false, nil
	}
	return p.post.Ready(ctx)
}

// New makes a People. The public URL has no slash at the end.
func New(a *auth.Service, publicURL, version string) *People {
	return &People{auth: a, publicURL: publicURL, secure: len(publicURL) > 8 && publicURL[:8] == "https://", version: version, watcher: nobody{}}
}

// Declare adds the operations to an API.
func (p *People) Declare(api *rest.API) {
	p.declareSetup(api)
	p.declareSession(api)
	p.declareSessions(api)
	p.declareInvitations(api)
	p.declareResets(api)
	p.declareAgents(api)
	p.declareTeams(api)
	p.declareKeys(api)
}

// Agent is an agent as callers see them.
type Agent struct {
	ID        rest.ID       `json:"id"`
	Email     string        `json:"email"`
	Name      string        `json:"name"`
	Role      auth.Role     `json:"role" enum:"admin,lead,agent,marketer"`
	Language  string        `json:"language" enum:"ru,en,ar"`
	Capacity  int           `json:"capacity" doc:"Open conversations at most; 0 is no limit."`
	Presence  auth.Presence `json:"presence" enum:"online,away,busy,offline"`
	Skills    []string      `json:"skills"`
	TeamIDs   []rest.ID     `json:"team_ids"`
	Access    Access        `json:"access"`
	Disabled  bool          `json:"disabled"`
	CreatedAt time.Time     `json:"created_at"`
	Signature string        `json:"signature" doc:"Stands under the agent's mails; sanitised HTML."`
}

// Access is what an agent sees.
type Access struct {
	Conversations auth.Reach `json:"conversations" required:"false" enum:"all,team,own" doc:"team: own ones, own teams' and those of no team."`
	AccountIDs    []rest.ID  `json:"account_ids" required:"false" maxItems:"1000" doc:"Channels; empty is all."`
}

// Team is a team as callers see it.
type Team struct {
	ID        rest.ID   `json:"id"`
	Name      string    `json:"name"`
	MemberIDs []rest.ID `json:"member_ids"`
	Strategy  string    `json:"strategy" enum:"even_turns,least_busy,strict_order,all_at_once,manual"`
	Timeout   int       `json:"timeout_seconds" doc:"After which who does not answer loses a conversation; 0 is never."`
	Overflow  rest.Ref  `json:"overflow_team_id" doc:"Gets what nobody in the team answers."`
	Head      rest.Ref  `json:"head_id" doc:"Gets what nobody else answers, and is told of missed deadlines."`
	Sticky    bool      `json:"sticky_owner" doc:"The contact's own agent comes first, if there."`
	Order     []rest.ID `json:"order" doc:"Of strict_order; who is not in it comes after."`
	Schedule  rest.Ref  `json:"schedule_id" doc:"When the team works: outside of it nothing is handed out, and no timeout runs. null is always."`
	CreatedAt time.Time `json:"created_at"`
	Version   int64     `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

// Session is who is signed in.
type Session struct {
	CSRF  string `json:"csrf_token" doc:"Send it back as X-CSRF-Token with every write."`
	Agent Agent  `json:"agent"`
	Teams []Team `json:"teams" doc:"The agent's own."`
}

func showAgent(a auth.Agent) Agent {
	return Agent{
		ID: rest.IDOf(a.ID), Email: a.Email, Name: a.Name, Role: a.Role, Language: a.Language, Capacity: a.Capacity,
		Presence: a.Presence, Skills: append([]string{}, a.Skills...), TeamIDs: rest.IDsOf(a.TeamIDs),
		Access:   Access{Conversations: a.Access.Conversations, AccountIDs: rest.IDsOf(a.Access.AccountIDs)},
		Disabled: a.Disabled, CreatedAt: rest.Time(a.CreatedAt), Signature: a.Signature,
	}
}

func (a Access) access() auth.Access {
	return auth.Access{Conversations: a.Conversations, AccountIDs: rest.Nums[int64](a.AccountIDs)}
}

func showTeam(t auth.Team) Team {
	return Team{
		ID: rest.IDOf(t.ID), Name: t.Name, MemberIDs: rest.IDsOf(t.MemberIDs), CreatedAt: rest.Time(t.CreatedAt), Version: t.Version(),
		Strategy: cmp.Or(t.Routing.Strategy, auth.StrategyManual), Timeout: int(t.Routing.Timeout.Seconds()), Overflow: rest.RefOf(t.Routing.Overflow), Head: rest.RefOf(t.Routing.Head),
		Sticky: !t.Routing.Unsticky, Order: rest.IDsOf(t.Routing.Order), Schedule: rest.RefOf(t.Routing.Schedule),
	}
}

// signedIn is the answer to every way to sign in.
type signedIn struct {
	SetCookie string `header:"Set-Cookie"`
	Body      Session
}

func (p *People) signedIn(in auth.SignedIn) *signedIn {
	return &signedIn{
		SetCookie: p.cookie(in.Token.Reveal(), auth.SessionLife),
		Body:      Session{CSRF: in.CSRF, Agent: showAgent(in.Agent), Teams: rest.Map(in.Teams, showTeam)},
	}
}

// cookie keeps a session's token; a life of 0 takes it back.
func (p *People) cookie(token string, life time.Duration) string {
	c := http.Cookie{
		Name: rest.SessionCookie, Value: token, Path: "/", HttpOnly: true, Secure: p.secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(life / time.Second),
	}
	if life == 0 {
		c.MaxAge = -1
	}
	return c.String()
}
