package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/internal/jobs"
	"parley/internal/notify"
	"parley/router"
	"parley/web/desk"
	"parley/web/rest"
)

// webhookTimeout bounds one attempt at a webhook.
const webhookTimeout = 10 * time.Second

// wireRouter makes what happens by itself: the store shows the book every operation's
// changes, and the runner brings the engine what the book left.
func (a *App) wireRouter() {
	a.hooks = notify.NewHooks(notify.HookOptions{
		Store: a.Store, Leave: a.leave, NextID: a.Store.NextID, Client: a.door.ClientWith(webhookTimeout, 0), Now: a.Now, Log: a.Log,
		Secret: func(trigger int64) []byte { return []byte(a.webhookSecret(router.TriggerID(trigger))) },
	})
	book := router.NewBook()
	a.Store.OnSave(book.Listen)
	a.Router = router.New(router.Options{
		Store: a.Store, Book: book, Desk: a.Inbox, Pipeline: pipeline.New(a.Store, a.Now),
		Outside: &outside{app: a}, Window: a.window, Template: a.approved, Now: a.Now, Log: a.Log,
	})
	a.Jobs.Together(router.JobEvents, byPayload(a.Router.Run))
	a.Jobs.Perform(notify.JobWebhook, func(ctx context.Context, j jobs.Job) error { return a.hooks.Send(ctx, j.Payload) })
}

// window tells how long an account takes free answers after the contact wrote.
func (a *App) window(id channels.AccountID) time.Duration {
	l, _ := a.Supervisor.Limits(id)
	return l.Window
}

// byPayload brings jobs that share a transaction to a room that knows only what they say.
func byPayload(run func(ctx context.Context, payloads []string) error) jobs.Many {
	return func(ctx context.Context, list []jobs.Job) error {
		payloads := make([]string, len(list))
		for i, j := range list {
			payloads[i] = j.Payload
		}
		return run(ctx, payloads)
	}
}

// refreshRules reads what people set up, as far as it is not known.
func (a *App) refreshRules(ctx context.Context) error {
	return errors.Join(a.Router.Refresh(ctx), a.Clocks.Refresh(ctx), a.intakeRules.Refresh(ctx))
}

// seesAccount refuses an account that the viewer does not see.
func (a *App) seesAccount(ctx context.Context, v actor.Viewer, id channels.AccountID) error {
	_, err := a.Accounts.Get(ctx, v, id)
	return err
}

// leave leaves a durable job behind.
func (a *App) leave(ctx context.Context, kind, key, payload string) error {
	return a.Store.Write(ctx, func(ctx context.Context) error {
		return a.Store.AddJobs(ctx, []jobs.New{{Kind: kind, Key: key, Payload: payload}})
	})
}

// webhookSecret is what a trigger's webhooks are signed with: whoever checks a signature
// copies it from the trigger's page.
func (a *App) webhookSecret(id router.TriggerID) string {
	return hex.EncodeToString(a.Box.Derive("webhooks of trigger " + strconv.FormatInt(int64(id), 10)))
}

// outside is how the router reaches other systems and colleagues.
type outside struct{ app *App }

var _ router.Outside = (*outside)(nil)

// signal is the body of a webhook, like an event of the live stream.
type signal struct {
	Type           router.Kind `json:"type"`
	At             time.Time   `json:"at"`
	Cause          desk.Cause  `json:"cause"`
	ConversationID rest.Ref    `json:"conversation_id"`
	Object         any         `json:"object"`
}

// Call implements router.Outside.
func (o *outside) Call(ctx context.Context, c router.Call) error {
	s := signal{
		Type: c.Event.Kind, At: c.At, ConversationID: rest.RefOf(c.Event.Conversation),
		Cause: desk.ShowCause(actor.Cause{Kind: actor.Trigger, ID: int64(c.Trigger)}, ""),
	}
	switch of := c.Of; {
	case of.Message != nil:
		s.Object = desk.ShowMessage(*of.Message, o.app.explain)
	case of.Conversation != nil:
		row := inbox.Row{Conversation: *of.Conversation, AccountKind: channels.Kind(of.AccountKind), Labels: of.Labels}
		if of.Contact != nil {
			row.ContactName = of.Contact.Name
		}
		s.Object = desk.ConversationEvent(&row)
	}
	body, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write webhook: %w", err)
	}
	return o.app.hooks.Call(ctx, notify.Delivery{TriggerID: int64(c.Trigger), RunID: int64(c.Run), URL: c.URL, Body: string(body)})
}

// Tell implements router.Outside.
func (o *outside) Tell(ctx context.Context, n router.Telling) (heard int, err error) {
	who := map[auth.AgentID]bool{}
	if n.Agent != 0 {
		who[auth.AgentID(n.Agent)] = true
	}
	if n.Agent == 0 && n.Team != 0 {
		team, err := o.app.Store.Team(ctx, auth.TeamID(n.Team))
		if err != nil && !errors.Is(err, auth.ErrAbsent) {
			return 0, fmt.Errorf("find team: %w", err)
		}
		for _, id := range team.MemberIDs {
			who[id] = true
		}
	}
	for id := range who {
		a, err := o.app.Store.Agent(ctx, id)
		if errors.Is(err, auth.ErrAbsent) || err == nil && a.Disabled {
			continue
		}
		if err != nil {
			return heard, fmt.Errorf("find agent: %w", err)
		}
		number := strconv.FormatInt(n.Number, 10)
		subject := fault.T("Parley: диалог № "+number, "Parley: conversation "+number)
		path := "/inbox/" + strconv.FormatInt(int64(n.Conversation), 10)
		text := n.Text
		if n.Words.EN != "" {
			text = n.Words.In(a.Language)
		}
		if err := o.app.post.Tell(ctx, notify.Colleague{Email: a.Email, Name: a.Name, Language: a.Language}, subject, text, path); err != nil {
			return heard, err
		}
		heard++
	}
	return heard, nil
}
