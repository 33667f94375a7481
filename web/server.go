package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	finding "parley/inbox/search"
	"parley/internal/auth"
	"parley/internal/blob"
	"parley/internal/telemetry"
	saved "parley/router/views"
	"parley/templates"
	"parley/templates/quickreply"
	"parley/web/alerts"
	"parley/web/approved"
	"parley/web/chat"
	"parley/web/desk"
	"parley/web/events"
	"parley/web/files"
	"parley/web/forms"
	"parley/web/letters"
	"parley/web/links"
	"parley/web/people"
	"parley/web/quickreplies"
	"parley/web/rest"
	"parley/web/routing"
	"parley/web/rules"
	"parley/web/search"
	"parley/web/site"
	"parley/web/views"
)

// Deps is what a Server is made of.
type Deps struct {
	// PublicURL is where browsers reach this installation, without a slash at the end.
	PublicURL string
	// Version of the program.
	Version string
	Log     *slog.Logger
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	Auth *auth.Service
	// Inbox, Contacts, Pipeline and Feed are what agents work with, and how open pages
	// hear of it.
	Inbox    *inbox.Service
	Contacts *contact.Service
	Pipeline *pipeline.Service
	History  *history.Service
	Feed     *events.Feed
	// Watcher hears of changes of people and teams in place of Feed; nil leaves it to Feed.
	Watcher people.Watcher
	// Rules is what happens by itself; a nil Router leaves it out.
	Rules rules.Deps
	// Views are saved views of conversations; nil is none.
	Views *saved.Service
	// Routing is who answers and by when; nil Clocks leave it out.
	Routing routing.Deps
	// Alerts is how people are told of what happens while they look elsewhere; nil leaves
	// it out.
	Alerts *alerts.Alerts
	// Accounts, Running and Received are the connected accounts: as they are kept, as
	// they run, and what came in.
	Accounts *accounts.Service
	Running  Running
	Received links.Log
	// Explain puts errors of accounts into both languages; nil leaves them English.
	Explain func(account channels.AccountID, code, text string) channels.Words
	// Templates are the texts that networks approve, and TemplateAccounts those who have
	// such; nil Templates are none.
	Templates        *templates.Service
	TemplateAccounts func() []channels.AccountID
	// QuickReplies are texts that people keep at hand; nil is none.
	QuickReplies *quickreply.Service
	// Search finds messages, people, files and numbers; nil leaves it out.
	Search *finding.Service
	// Post sends system mail, and SystemMail is by which mailbox; nil Post sends none.
	Post       people.Post
	SystemMail links.SystemMail
	// Files and Blobs keep uploads: the rows and the bytes.
	Files files.Store
	Blobs blob.Store
	// Pictures fetches what mails show from elsewhere; it refuses addresses that are not
	// public. PictureKey seals those addresses. FoldQuotes marks what a mail's HTML quotes.
	Pictures   *http.Client
	PictureKey []byte
	FoldQuotes func(html, label string) string
	// Chats, Tokens and Rates are the visitors' side of the web chat. Zero Rates are
	// webchat.DefaultRates.
	Chats  chat.Store
	Tokens *webchat.Tokens
	Rates  webchat.Rates
	// Ready answers nil when the program can store; its errors are shown to anyone.
	Ready func(ctx context.Context) error
	// Metrics counts requests and is served at /metrics; nil is neither.
	Metrics *telemetry.Metrics
	// Replays remembers answers to requests with an Idempotency-Key; nil forgets them.
	Replays rest.Replays
}

// Running is the live side of accounts; accounts.Supervisor is one.
type Running interface {
	links.Running
	chat.Running
}

// Server answers HTTP. Make one with New.
type Server struct {
	deps Deps
	app  *fiber.App
	api  *rest.API
	chat *chat.Chat // nil when there is none

	// open ends when the server begins to shut down, and streams with it; base ends once
	// the requests in progress have had their time.
	open  context.Context
	close context.CancelFunc
	base  context.Context
	stop  context.CancelFunc
}

// Bounds on what a client may make the server hold or wait for.
const (
	readTimeout    = 60 * time.Second // of a whole request, uploads included
	writeTimeout   = 5 * time.Minute  // of a whole answer; streams renew it
	idleTimeout    = 75 * time.Second
	requestTimeout = 30 * time.Second
	maxHeader      = 16 << 10
	prefetch       = 64 << 10 // longer bodies stream
)

// New makes a Server with all its routes. It listens when Listen is called. It fails
// when an embedded front end is broken.
func New(d Deps) (*Server, error) {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	s := &Server{deps: d}
	s.base, s.stop = context.WithCancel(context.Background())
	s.open, s.close = context.WithCancel(s.base)
	s.app = fiber.New(fiber.Config{
		AppName: "Parley", DisableStartupMessage: true,
		Immutable:                    true, // strings outlive their request
		StrictRouting:                true,
		CaseSensitive:                true,
		BodyLimit:                    prefetch,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		ReadBufferSize:               maxHeader,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		ErrorHandler:                 s.fail,
	})
	s.app.Use(s.begin, site.Headers(secure(d.PublicURL)))
	s.api = rest.New(s.app, rest.Options{Gate: d.Auth, Replays: d.Replays, Log: d.Log, Version: d.Version, Done: s.open.Done()})
	if err := s.routes(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// routes declares everything. Each package adds its part here.
func (s *Server) routes() error {
	d := s.deps
	p := people.New(d.Auth, d.PublicURL, d.Version)
	p.Mail(d.Post)
	p.Declare(s.api)
	switch {
	case d.Watcher != nil:
		p.Watch(d.Watcher)
	case d.Feed != nil:
		p.Watch(d.Feed)
	}
	if d.Feed != nil {
		var originals desk.Files
		if d.Files != nil {
			originals = files.NewKeeper(d.Files, d.Blobs, d.Now)
		}
		var narrow desk.Views
		if d.Views != nil {
			narrow = d.Views
		}
		desk.New(desk.Deps{Views: narrow, Inbox: d.Inbox, Contacts: d.Contacts, Pipeline: d.Pipeline, History: d.History, Live: d.Feed, Files: originals, Explain: d.Explain, Used: s.countReplies}).Declare(s.api)
		letters.New(letters.Deps{Messages: d.Inbox, Fold: d.FoldQuotes, Client: d.Pictures, Key: d.PictureKey, Log: d.Log}).Declare(s.api)
		d.Feed.Declare(s.api)
	}
	if d.Rules.Router != nil {
		rules.New(d.Rules).Declare(s.api)
	}
	if d.Views != nil {
		views.New(d.Views).Declare(s.api)
	}
	if d.Routing.Clocks != nil {
		routing.New(d.Routing).Declare(s.api)
	}
	if d.Alerts != nil {
		d.Alerts.Declare(s.api)
	}
	if d.QuickReplies != nil {
		quickreplies.New(d.QuickReplies).Declare(s.api)
	}
	if d.Search != nil {
		search.New(d.Search).Declare(s.api)
	}
	if d.Templates != nil {
		approved.New(approved.Deps{Templates: d.Templates, Accounts: d.TemplateAccounts, Explain: d.Explain}).Declare(s.api)
	}
	var keeper *files.Keeper
	if d.Files != nil {
		keeper = files.NewKeeper(d.Files, d.Blobs, d.Now)
		files.Declare(s.api, keeper)
	}
	if d.Accounts != nil {
		l := links.New(d.Accounts, d.Running, d.Received, d.PublicURL)
		l.Mail(d.SystemMail)
		l.Explain(d.Explain)
		if keeper != nil {
			l.Files(keeper)
		}
		l.Declare(s.api)
		l.Route(s.app)
		sent, err := forms.New(forms.Deps{PublicURL: d.PublicURL, Log: d.Log, Now: d.Now, API: s.api, Running: d.Running})
		if err != nil {
			return err
		}
		sent.Route(s.app)
	}
	if d.Chats != nil {
		s.declareChat(keeper)
	}

	o := site.Options{API: s.api, Ready: d.Ready}
	if d.Metrics != nil {
		o.Metrics = d.Metrics.Handler()
	}
	if s.chat != nil {
		o.Chats = s.chat
	}
	pages, err := site.New(o)
	if err != nil {
		return err
	}
	pages.Route(s.app)
	return nil
}

func (s *Server) declareChat(keeper *files.Keeper) {
	d := s.deps
	if d.Rates == (webchat.Rates{}) {
		d.Rates = webchat.DefaultRates()
	}
	s.chat = chat.New(chat.Deps{
		PublicURL: d.PublicURL, Log: d.Log, Now: d.Now, Accounts: d.Accounts, Running: d.Running, Store: d.Chats, Keeper: keeper,
		Tokens: d.Tokens, Rates: d.Rates, Hub: d.Feed.Visitors(), Desk: d.Feed, Online: d.Feed.Online,
	})
	s.chat.Route(s.app)
	s.chat.Declare(s.api)
}

// VisitorTyping shows the visitor of a chat that an agent is writing. It is a
// webchat.TypingFunc.
func (s *Server) VisitorTyping(account channels.AccountID, thread, name string) {
	if s.chat != nil {
		s.chat.Typing(account, thread, name)
	}
}

// API is where further operations may be declared before Listen.
func (s *Server) API() *rest.API { return s.api }

// countReplies counts quick replies that a message was sent with. The message is sent; a count that fails is
// only noted.
func (s *Server) countReplies(ctx context.Context, v actor.Viewer, ids []int64) {
	if s.deps.QuickReplies == nil {
		return
	}
	list := make([]quickreply.ID, len(ids))
	for i, id := range ids {
		list[i] = quickreply.ID(id)
	}
	if err := s.deps.QuickReplies.Used(ctx, v, list); err != nil {
		s.deps.Log.WarnContext(ctx, "count quick replies", "error", err)
	}
}

// Handler is the router below the server, for tests.
func (s *Server) Handler() *fiber.App { return s.app }

// Listen answers on a listener until Shutdown. It returns nil after a Shutdown.
func (s *Server) Listen(ln net.Listener) error {
	if err := s.app.Listener(ln); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("serve http: %w", err)
	}
	return nil
}

// Shutdown stops accepting, ends event streams, and waits for requests in progress until
// ctx ends. What is left then is cut when the process ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.close()
	defer s.stop()
	err := s.app.ShutdownWithContext(ctx)
	if errors.Is(err, context.DeadlineExceeded) { // connections that were opened and never used are no reason to fail
		s.deps.Log.Warn("connections were cut at the end of the time to shut down")
		return nil
	}
	if err != nil {
		return fmt.Errorf("shut down http: %w", err)
	}
	return nil
}
