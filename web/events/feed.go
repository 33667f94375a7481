package events

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/live"
	"parley/internal/notify"
	"parley/web/desk"
)

// Store is what this package needs of the database. The lists come in no order;
// objects that are gone are left out. Nothing is filtered: the streams do.
type Store interface {
	// FeedAfter returns the notices after an id, at most limit, in the order of commits.
	FeedAfter(ctx context.Context, id int64, limit int) ([]inbox.Fed, error)
	// FeedHead and FeedOldest return the last and the first id that is kept; 0 = none.
	FeedHead(ctx context.Context) (int64, error)
	FeedOldest(ctx context.Context) (int64, error)

	FeedConversations(ctx context.Context, ids []inbox.ConversationID) ([]inbox.Row, error)
	FeedMessages(ctx context.Context, ids []inbox.MessageID) ([]inbox.Message, error)
	// FeedContacts also returns what the conversations of each contact are seen by.
	FeedContacts(ctx context.Context, ids []contact.ID) ([]contact.Contact, map[contact.ID][]actor.Sight, error)
	FeedLeads(ctx context.Context, ids []pipeline.LeadID) ([]pipeline.LeadRow, error)
	FeedRequests(ctx context.Context, ids []pipeline.RequestID) ([]pipeline.RequestRow, error)
	FeedTold(ctx context.Context, ids []int64) ([]notify.Told, error)
	// OpenConversation finds a thread's conversation that is not closed.
	OpenConversation(ctx context.Context, account channels.AccountID, chat string) (*inbox.Conversation, bool, error)
}

// Rights tells who a listener is by now. A fault means that they may not listen any
// more, any other error that nobody knows. auth.Service.Refresh is one.
type Rights func(ctx context.Context, v auth.Viewer) (auth.Viewer, error)

// Options is what a Feed is made of.
type Options struct {
	Store  Store
	Rights Rights
	// Presence tells what an agent's own presence is set to.
	Presence func(ctx context.Context, agent int64) (auth.Presence, error)
	// Gone is told when an agent's last page was closed; nil is not.
	Gone func(ctx context.Context, agent int64)
	// Typing shows the contact of a chat that an agent is writing, where the network
	// can. It must not block; nil shows it to nobody.
	Typing func(ctx context.Context, account channels.AccountID, chat, name string)
	// Explain puts errors of messages into both languages; nil leaves them English.
	Explain desk.Explain
	// Across tells the other nodes what happens for a moment; Feed.Heard takes it there.
	// It must not block; nil where there is no way to tell them.
	Across func(topic string, body []byte)
	// Poll is how often to look for what other nodes wrote; 0 is once a second.
	Poll     time.Duration
	Observer live.Observer // may be nil
	Log      *slog.Logger  // nil discards
}

// Feed is the live side of one node. It is safe for concurrent use.
type Feed struct {
	store    Store
	rights   Rights
	presence func(ctx context.Context, agent int64) (auth.Presence, error)
	left     func(ctx context.Context, agent int64)
	typing   func(ctx context.Context, account channels.AccountID, chat, name string)
	explain  desk.Explain
	across   func(topic string, body []byte)
	poll     time.Duration
	log      *slog.Logger

	agents *live.Hub // for people and programs
	chats  *live.Hub // for visitors
	wake   chan struct{}
	here   attendance
	people broadcast

	stop    context.CancelFunc
	stopped sync.WaitGroup
}

// batch is how many notices are read, rendered and published at once. A subscriber's
// queue holds several, so that one who keeps reading is never dropped for a burst.
const (
	batch = 128
	queue = 1024
)

// New makes a Feed that will tell of everything after the present head of the feed.
func New(ctx context.Context, o Options) (*Feed, error) {
	head, err := o.Store.FeedHead(ctx)
	if err != nil {
		return nil, fmt.Errorf("open event feed: %w", err)
	}
	f := &Feed{
		store: o.Store, rights: o.Rights, presence: o.Presence, left: o.Gone, typing: o.Typing, explain: o.Explain, across: o.Across, poll: o.Poll, log: o.Log,
		agents: live.NewHub(head, o.Observer), chats: live.NewHub(head, o.Observer), wake: make(chan struct{}, 1),
	}
	if f.poll <= 0 {
		f.poll = time.Second
	}
	if f.log == nil {
		f.log = slog.New(slog.DiscardHandler)
	}
	if f.typing == nil {
		f.typing = func(context.Context, channels.AccountID, string, string) {}
	}
	f.here.tell, f.here.changed = f.tellPresence, make(chan struct{}, 1)
	f.people.init()
	return f, nil
}

// Start begins to follow the feed.
func (f *Feed) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	f.stop = cancel
	f.stopped.Go(func() { f.follow(ctx) })
	if f.across != nil {
		f.stopped.Go(func() { f.tellHere(ctx) })
	}
}

// Stop ends the following and every stream.
func (f *Feed) Stop() {
	if f.stop != nil {
		f.stop()
	}
	f.here.close()
	f.stopped.Wait()
	f.agents.Close()
	f.chats.Close()
}

// Visitors is the hub of what visitors of the web chat may hear of: events of messages
// that are part of their threads. Their audience has the method ForVisitor.
func (f *Feed) Visitors() *live.Hub { return f.chats }

// Wake says that there is something new in the feed. It never waits.
func (f *Feed) Wake() {
	select {
	case f.wake <- struct{}{}:
	default: // a look is due already
	}
}

// follow reads the feed until ctx ends: when woken, and by itself now and then.
func (f *Feed) follow(ctx context.Context) {
	look := time.NewTicker(f.poll)
	defer look.Stop()
	for {
		more, err := f.step(ctx)
		if err != nil && ctx.Err() == nil {
			f.log.ErrorContext(ctx, "event feed not read", "error", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-look.C:
		}
	}
}

// step publishes the next batch and tells whether there may be more.
func (f *Feed) step(ctx context.Context) (more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	rows, err := f.store.FeedAfter(ctx, f.agents.Position(), batch)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	last := rows[len(rows)-1].ID
	if visitors, agents := f.chats.SkipTo(last), f.agents.SkipTo(last); visitors && agents {
		return len(rows) == batch, nil // nothing is rendered for nobody
	}
	list, err := f.render(ctx, rows)
	if err != nil {
		return false, err
	}
	f.chats.Publish(forVisitors(list)...)
	f.agents.Publish(list...)
	f.chats.Advance(last)
	f.agents.Advance(last)
	return len(rows) == batch, nil
}
