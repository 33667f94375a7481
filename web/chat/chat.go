package chat

import (
	"context"
	"log/slog"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/live"
	"parley/web/files"
	"parley/web/rest"
)

// Running finds accounts as they run; accounts.Supervisor is one.
type Running interface {
	Find(id channels.AccountID) (accounts.Account, channels.Adapter, bool)
	Inbound(id channels.AccountID) (channels.Inbound, bool)
}

// Store reads what visitors read.
type Store interface {
	// ChatMessages returns what a visitor reads of their chat, ascending over all
	// episodes, after a message or from the beginning.
	ChatMessages(ctx context.Context, account channels.AccountID, chat string, after inbox.MessageID, limit int) (items []inbox.Message, more bool, err error)
	// ChatMessage returns one message of a chat, if its visitor reads it.
	ChatMessage(ctx context.Context, account channels.AccountID, chat string, id inbox.MessageID) (inbox.Message, bool, error)
	// ChatFile returns a file that a visitor uploaded or that hangs on their chat.
	ChatFile(ctx context.Context, account channels.AccountID, chat string, id inbox.FileID) (inbox.File, bool, error)
	// AccountFile returns a file of any chat of an account.
	AccountFile(ctx context.Context, account channels.AccountID, id inbox.FileID) (inbox.File, bool, error)
	// ChatFeed calls fn for the feed's lines about a chat's messages between two places.
	ChatFeed(ctx context.Context, account channels.AccountID, chat string, after, upTo int64, limit int, fn func(id int64, typ string, message inbox.MessageID) error) error
	// FeedOldest is the first place that the feed still knows.
	FeedOldest(ctx context.Context) (int64, error)
}

// Desk hears of visitors who are typing. It must not block.
type Desk interface {
	VisitorTyping(ctx context.Context, account channels.AccountID, chat, name, text string)
}

// Deps is what a Chat is made of. Online and Desk may be nil.
type Deps struct {
	PublicURL string
	Log       *slog.Logger
	Now       func() time.Time
	Accounts  *accounts.Service
	Running   Running
	Store     Store
	Keeper    *files.Keeper
	Tokens    *webchat.Tokens
	Rates     webchat.Rates
	Hub       *live.Hub
	Desk      Desk
	// Online tells whether somebody is there to answer the chats of an account.
	Online func(ctx context.Context, account channels.AccountID) bool
}

// Chat serves visitors. Make one with New.
type Chat struct {
	Deps
	limits *limits
}

// New makes a Chat.
func New(d Deps) *Chat {
	return &Chat{Deps: d, limits: newLimits(d.Rates, d.Now)}
}

// Declare adds the operations to an API.
func (c *Chat) Declare(api *rest.API) {
	c.declareVisitors(api)
	c.declareMessages(api)
	c.declareAmendments(api)
	c.declareReceipts(api)
	c.declareFiles(api)
	c.declareEvents(api)
}

// site is an account's chat, found by its id.
type site struct {
	id      channels.AccountID
	account *webchat.Account
	active  bool
}

// find returns an account's chat; one that is archived or no web chat is not there.
func (c *Chat) find(id channels.AccountID) (site, bool) {
	kept, adapter, ok := c.Running.Find(id)
	account, isChat := adapter.(*webchat.Account)
	if !ok || !isChat || kept.Archived {
		return site{}, false
	}
	return site{id: id, account: account, active: kept.Active()}, true
}

// FrameAncestors returns the sources that may embed an account's chat.
func (c *Chat) FrameAncestors(_ context.Context, id int64) ([]string, bool) {
	s, ok := c.find(channels.AccountID(id))
	if !ok {
		return nil, false
	}
	return s.account.Config().Sites.FrameAncestors(), true
}

// Demo returns the account that the sample shop shows: the first that runs.
func (c *Chat) Demo(ctx context.Context) (int64, bool) {
	all, err := c.Accounts.List(ctx, actor.System())
	if err != nil {
		c.Log.ErrorContext(ctx, "accounts not listed", "error", err)
		return 0, false
	}
	for _, a := range all {
		if a.Kind == channels.KindWebchat && a.Active() {
			return int64(a.ID), true
		}
	}
	return 0, false
}

// InChat is embedded in the inputs of operations on one account.
type InChat struct {
	Account rest.ID `path:"account"`
}

// ByVisitor is embedded in the inputs of operations of one visitor.
type ByVisitor struct {
	InChat
	Authorization string `header:"Authorization" required:"false" hidden:"true"`
}

// site finds the account of a request.
func (c *Chat) site(in InChat) (site, error) {
	s, ok := c.find(rest.Num[channels.AccountID](in.Account))
	if !ok {
		return site{}, accounts.ErrNotFound
	}
	return s, nil
}

// visitor finds who calls, by their token.
func (c *Chat) visitor(in ByVisitor) (site, webchat.Visitor, error) {
	s, err := c.site(in.InChat)
	if err != nil {
		return s, webchat.Visitor{}, err
	}
	v, err := c.Tokens.Open(s.id, rest.BearerOf(in.Authorization), c.Now())
	if err != nil {
		return s, v, errNoVisitor
	}
	return s, v, nil
}
