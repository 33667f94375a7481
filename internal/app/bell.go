package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/jobs"
	"parley/internal/notify"
	"parley/internal/notify/webpush"
	"parley/router"
	"parley/router/alert"
	"parley/router/clocks"
	"parley/web/rest"
)

// pushTimeout bounds one attempt at a push.
const pushTimeout = 10 * time.Second

// wireBell makes how people are told: the store shows every operation's changes to package
// alert, which says who is to hear of them, and the bell tells them by jobs of its own.
func (a *App) wireBell() error {
	sender, err := webpush.NewSender(a.Box.Derive("web push sender"), a.Config.PublicURL)
	if err != nil {
		return fmt.Errorf("make sender of pushes: %w", err)
	}
	a.Bell = notify.NewBell(notify.BellOptions{
		Store: a.Store, Post: a.post, NextID: a.Store.NextID, Seal: a.Box.Seal, Open: a.Box.Open, Now: a.Now, Log: a.Log,
		Sender: sender, Client: a.door.ClientWith(pushTimeout, 0), LeaveAt: a.leaveAt, MaySee: a.maySee,
	})
	alerts := alert.New(alert.Options{Store: a.Store, Colleagues: a.colleagues, Ring: func(ctx context.Context, n alert.Alert) error {
		return a.Bell.Ring(ctx, notify.Alert{
			Agent: int64(n.Agent), Key: n.Key, Kind: notify.Kind(n.Kind), Conversation: int64(n.Conversation), Number: n.Number, Message: int64(n.Message), By: int64(n.By), At: n.At,
			As: notify.Kind(n.As), AsKey: n.AsKey,
		})
	}})
	a.Store.OnSave(alert.Listen)
	a.Jobs.Together(alert.JobEvents, byPayload(alerts.Run))
	a.Jobs.Perform(notify.JobPush, again(a.Bell.Push, "the push service asks to wait"))
	a.Jobs.Handle(notify.JobMail, again(a.Bell.Mail, "it is quiet"))
	return nil
}

// again brings the runner a room's work that says itself when it wants to be run again.
func again(work func(ctx context.Context, payload string) (time.Time, error), why string) func(context.Context, jobs.Job) error {
	return func(ctx context.Context, j jobs.Job) error {
		at, err := work(ctx, j.Payload)
		if err == nil && !at.IsZero() {
			return jobs.Later(at, why)
		}
		return err
	}
}

// leaveAt leaves a durable job behind for later.
func (a *App) leaveAt(ctx context.Context, kind, key, payload string, due time.Time) error {
	return a.Store.Write(ctx, func(ctx context.Context) error {
		return a.Store.AddJobs(ctx, []jobs.New{{Kind: kind, Key: key, Payload: payload, Due: due}})
	})
}

// colleagues are all agents who are not disabled.
func (a *App) colleagues(ctx context.Context) ([]alert.Colleague, error) {
	list, err := a.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]alert.Colleague, 0, len(list))
	for i := range list {
		if p := &list[i]; !p.Disabled {
			out = append(out, alert.Colleague{ID: inbox.AgentID(p.ID), Name: p.Name, Viewer: rest.ViewerOf(auth.ViewerOf(*p))})
		}
	}
	return out, nil
}

// maySee tells whether an agent may see a conversation as things are now.
func (a *App) maySee(ctx context.Context, agent, conversation int64) (bool, error) {
	p, err := a.Store.Agent(ctx, auth.AgentID(agent))
	if errors.Is(err, auth.ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find agent to tell: %w", err)
	}
	_, found, err := a.Store.ConversationRow(ctx, rest.ViewerOf(auth.ViewerOf(p)), inbox.ConversationID(conversation))
	return found, err
}

// deadlines is how clocks tell colleagues: not by mail alone, as triggers are asked to, but
// as each of them wishes.
type deadlines struct{ app *App }

var _ clocks.Outside = deadlines{}

// Tell implements clocks.Outside. Who may not see the conversation hears nothing of it.
func (d deadlines) Tell(ctx context.Context, n router.Telling) (heard int, err error) {
	who := []auth.AgentID{auth.AgentID(n.Agent)}
	if n.Agent == 0 {
		team, err := d.app.Store.Team(ctx, auth.TeamID(n.Team))
		if err != nil && !errors.Is(err, auth.ErrAbsent) {
			return 0, fmt.Errorf("find team: %w", err)
		}
		who = team.MemberIDs
	}
	for _, id := range who {
		if sees, err := d.app.maySee(ctx, int64(id), int64(n.Conversation)); err != nil {
			return heard, err
		} else if !sees {
			continue
		}
		err := d.app.Bell.Ring(ctx, notify.Alert{
			Agent: int64(id), Key: n.Key, Kind: notify.Kind(n.About), Conversation: int64(n.Conversation), Number: n.Number, At: n.At,
		})
		if err != nil {
			return heard, err
		}
		heard++
	}
	return heard, nil
}
