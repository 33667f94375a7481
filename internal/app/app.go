package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/duplicates"
	"parley/inbox/intake"
	"parley/inbox/search"
	"parley/internal/blob"
	"parley/internal/cluster"
	"parley/internal/config"
	"parley/internal/egress"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/notify"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/telemetry"
	"parley/router"
	"parley/router/assign"
	"parley/router/clocks"
	"parley/templates"
	"parley/templates/quickreply"
	"parley/web"
	"parley/web/events"
	"parley/web/safehtml"
)

// Options of New.
type Options struct {
	Config  config.Config
	Log     *slog.Logger
	Version string
	// Drivers are further networks, for tests.
	Drivers []channels.Driver
}

// App is one running node. New opens it, Start begins, Stop ends.
type App struct {
	*Base
	Accounts   *accounts.Service
	Supervisor *accounts.Supervisor
	Inbox      *inbox.Service
	Templates  *templates.Service
	Replies    *quickreply.Service // kept at hand
	Intake     *intake.Service
	Search     *search.Service
	Router     *router.Service
	Clocks     *clocks.Service
	Assign     *assign.Service
	Bell       *notify.Bell
	Outbox     *outbox.Dispatcher
	Jobs       *jobs.Runner
	Blobs      *blob.Disk
	Metrics    *telemetry.Metrics
	Feed       *events.Feed
	Web        *web.Server

	link        *live.Link    // to other nodes; nil without Redis
	node        *cluster.Node // nil on SQLite, which has no other nodes
	door        *egress.Door
	glossary    channels.Glossary
	failed      chan error
	sole        io.Closer // what keeps a second server away, see beSole
	keeper      *keeper
	mail        *systemMail
	post        *notify.Post
	hooks       *notify.Hooks
	intakeRules *intake.Rules
	waker       *clocks.Waker
	handing     *assign.Waker
	indexer     *search.Indexer
	finder      *duplicates.Finder
	bound       atomic.Value // of string: where the server listens
	sender      *sender
	serve       sync.WaitGroup
}

// poll is how often a node looks for what others left, where there are others.
const poll = 500 * time.Millisecond

// New opens everything and starts nothing. A *config.Error names the setting at fault.
func New(ctx context.Context, o Options) (*App, error) {
	metrics := telemetry.NewMetrics(o.Version)
	if err := checkRedis(ctx, o.Config); err != nil {
		return nil, err
	}
	var sole io.Closer = io.NopCloser(nil)
	if o.Config.SQLite() {
		if err := makeData(o.Config.Data); err != nil {
			return nil, err
		}
		held, err := beSole(ctx, o.Config.Data, o.Log)
		if err != nil {
			return nil, err
		}
		sole = held
	}
	base, err := OpenBase(ctx, o.Config, o.Log, func(lane store.Lane, _ int, took time.Duration) {
		metrics.StoreCommit(lane.String(), took)
	})
	if err != nil {
		return nil, errors.Join(err, sole.Close())
	}
	a := &App{Base: base, Metrics: metrics, failed: make(chan error, 1), sole: sole}
	if err := a.wire(ctx, o); err != nil {
		return nil, errors.Join(err, base.Close(), sole.Close())
	}
	return a, nil
}

// wire makes the rooms, lower ones first.
func (a *App) wire(ctx context.Context, o Options) error {
	var err error
	if a.Blobs, err = blob.OpenDisk(a.Config.Blobs); err != nil {
		return &config.Error{Flag: "blobs", Env: "PARLEY_BLOBS", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	a.door = egress.New(egress.Options{Allow: a.Config.EgressAllow, Log: a.Log})
	shelf := &fileShelf{a.Blobs}
	env := channels.Env{Log: a.Log, Now: a.Now, HTTP: a.door.ClientWith(0, maxFetched), Dial: a.door.Dial, Files: shelf}
	drivers := a.drivers(o.Drivers)
	a.glossary = drivers.Glossary(outbox.Phrases(), accounts.Phrases(), intake.Phrases(), inbox.Phrases())

	a.intakeRules = intake.NewRules(a.Store, a.Now)
	a.Intake = intake.New(intake.Options{Store: a.Store, Log: a.Log, Now: a.Now, Observe: a.Metrics.IntakeBatch, Rules: a.intakeRules.Book})
	if err := a.wireLink(); err != nil {
		return err
	}
	a.wireNode()
	a.Supervisor = accounts.NewSupervisor(accounts.SupervisorOptions{
		Store: a.Store, Drivers: drivers, Box: a.Box, Env: env, Inbound: a.Intake.Fenced, Leases: a.leases(),
		Changed: func(channels.AccountID) {
			a.sender.wake()
			a.wakeOthers(topicAccounts)
		},
	})
	a.Accounts = accounts.New(accounts.Options{
		Store: a.Store, Drivers: drivers, Box: a.Box, Env: env, Runner: a.Supervisor,
		Teams: func(ctx context.Context, id int64) (bool, error) { return a.Store.TeamExists(ctx, inbox.TeamID(id)) },
	})
	a.Auth.OnSetup(a.named)
	a.Replies = quickreply.New(a.Store, a.Now)
	a.Templates = templates.New(a.Store, templateNetwork{a.Supervisor}, a.Now)
	a.Inbox = inbox.New(a.Store, a.Supervisor.Limits, a.Now, a.Log, inbox.WithHTML(safehtml.Compose), inbox.WithForwarded(safehtml.Forward), a.withTemplates(), inbox.WithStanding(standing(a.Supervisor)))
	a.Jobs = jobs.NewRunner(jobs.Options{Store: a.Store, Log: a.Log, Now: a.Now, Right: a.clockRight, Poll: a.pollOthers()})
	a.Jobs.Handle(inbox.JobWithdraw, func(ctx context.Context, j jobs.Job) error { return a.Inbox.TakeBack(ctx, j.Payload) })
	a.Jobs.Handle(inbox.JobRelease, func(ctx context.Context, j jobs.Job) error { return a.Inbox.Release(ctx, j.Payload) })
	a.Jobs.Handle(intake.JobParked, func(ctx context.Context, j jobs.Job) error { return a.Intake.TakeParked(ctx, j.Payload) })
	a.Jobs.Handle(inbox.JobReject, func(ctx context.Context, j jobs.Job) error { return a.Inbox.Reject(ctx, j.Payload) })
	a.Jobs.Handle(inbox.JobWake, func(ctx context.Context, j jobs.Job) error { return a.Inbox.Wake(ctx, j.Payload) })
	a.Jobs.Handle(store.JobLeaveTeam, func(ctx context.Context, j jobs.Job) error { return a.Store.LeaveTeam(ctx, j.Payload, a.Now()) })
	a.Outbox = outbox.New(outbox.Options{
		Sources: []outbox.Source{a.Store.Outbox(), a.Store.Amending()}, Log: a.Log, Now: a.Now, Poll: a.pollOthers(), Drain: 4 * time.Second, Lease: a.lease(),
		Sending: func(id channels.AccountID, e *channels.Error) { a.sender.sending(id, e) },
		Observe: func(_ channels.AccountID, v outbox.Outcome, _ time.Duration) { a.Metrics.OutboxAttempt(v.String()) },
	})
	a.sender = newSender(a.Outbox, a.Supervisor)
	a.wirePost()
	a.wireRouter()
	a.wireClocks()
	a.wireAssign()
	if err := a.wireBell(); err != nil {
		return err
	}
	a.wireSearch()
	a.wireMedia(shelf)
	a.keeper = newKeeper(a)
	return a.wireWeb(ctx, o)
}

// pollOthers is how often to look for other nodes' work; SQLite has no other nodes.
func (a *App) pollOthers() time.Duration {
	if a.Config.SQLite() {
		return 0
	}
	return poll
}

// Start begins to work and returns the address that answers.
func (a *App) Start(ctx context.Context) (address string, err error) {
	ln, err := net.Listen("tcp", a.Config.Listen)
	if err != nil {
		return "", errors.Join(&config.Error{Flag: "listen", Env: "PARLEY_LISTEN", Problem: "cannot be used: " + a.Config.Listen + " is in use or not ours (" + reason(err) + ")",
			Remedy: "stop the other program or choose another address"}, a.Close())
	}
	if _, err := a.EnsureWebchat(ctx); err != nil {
		return "", errors.Join(err, ln.Close(), a.Close())
	}
	a.bound.Store("http://" + ln.Addr().String())
	a.Store.OnWake(a.woken)
	if err := a.refreshRules(ctx); err != nil {
		return "", errors.Join(err, ln.Close(), a.Close())
	}
	if err := a.Store.FreeOutbox(ctx); err != nil {
		return "", errors.Join(fmt.Errorf("end claims of an earlier process: %w", err), ln.Close(), a.Close())
	}
	if err := a.joinNodes(ctx); err != nil {
		return "", errors.Join(err, ln.Close(), a.Close())
	}
	a.Intake.Start()
	if err := a.Supervisor.Start(ctx); err != nil {
		a.Intake.Stop()
		return "", errors.Join(err, a.leaveNodes(ctx), ln.Close(), a.Close())
	}
	a.Outbox.Start()
	a.sender.start()
	a.Jobs.Start()
	a.waker.Start()
	a.handing.Start()
	a.keeper.start()
	a.indexer.Start()
	a.finder.Start()
	a.Feed.Start()
	if a.link != nil {
		a.link.Start()
	}
	a.serve.Go(func() {
		if err := a.Web.Listen(ln); err != nil {
			a.failed <- fmt.Errorf("serve: %w", err)
		}
	})
	if a.Config.PublicURL != "" {
		return a.Config.PublicURL, nil
	}
	return "http://" + ln.Addr().String(), nil
}

// Failed yields an error when the server cannot go on.
func (a *App) Failed() <-chan error { return a.failed }

// woken passes on what a commit left for others.
func (a *App) woken(topic store.Topic) {
	if topic&store.OutboxQueued != 0 {
		a.Outbox.Wake()
	}
	if topic&store.JobsQueued != 0 {
		a.Jobs.Wake()
	}
	if topic&store.FeedWritten != 0 {
		a.Feed.Wake()
		a.indexer.Wake()
		a.finder.Wake()
		if a.Assign.Stirred() {
			a.handing.Wake()
		}
	}
	a.passOn(topic)
}

// Stop ends everything in the reverse order of Start. ctx bounds the requests in
// progress; the rooms below have moments of their own, so that a slow request does not
// take the database away from under them.
func (a *App) Stop(ctx context.Context) error {
	err := a.Web.Shutdown(ctx)
	a.serve.Wait()
	a.Feed.Stop()
	a.indexer.Stop()
	a.finder.Stop()
	a.keeper.stop()
	a.handing.Stop()
	a.waker.Stop()
	a.Jobs.Stop()
	a.sender.stop()
	a.Outbox.Stop()
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	err = errors.Join(err, a.Supervisor.Stop(rest))
	a.Intake.Stop()
	err = errors.Join(err, a.leaveNodes(ctx))
	a.stopLink()
	return errors.Join(err, a.Close(), a.sole.Close())
}
