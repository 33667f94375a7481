package router

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// Why a run or a step ended otherwise than it was meant to.
var (
	changedMeanwhile = fault.T("Остановлено: триггер тем временем выключили, изменили или удалили.", "Stopped: the trigger was switched off, changed or deleted meanwhile.")
	notNeeded        = fault.T("Остановлено: продолжать уже не нужно.", "Stopped: there is no need to go on.")
	noConversation   = fault.New(fault.Conflict, "no_conversation", fault.T("Действию нужен диалог, а здесь его нет.", "The action needs a conversation, and there is none."))
	nobodyToTell     = fault.New(fault.Conflict, "nobody_to_tell", fault.T("Некого оповестить: ответственного нет.", "There is nobody to tell: nobody is responsible."))
	labelMissing     = fault.New(fault.Conflict, "label_missing", fault.T("Такой метки больше нет.", "There is no such label any more."))
)

// act does the actions of a trigger from one on, in their order. A refused one is noted
// in the run and does not keep the others from being done; any other error ends the
// whole transaction, which is tried again.
func (w *work) act(ctx context.Context, t *compiled, r *Run, s *Snapshot, ev *Event, from int) error {
	v := actor.Viewer{Scope: actor.All, Cause: r.cause(), Name: t.Name}
	for i := from; i < len(t.Actions); i++ {
		a := &t.Actions[i]
		if a.Type == Wait {
			w.wait(a, r, ev, i)
			break
		}
		p := performer{Engine: w.Engine, v: v, of: s, automatic: true}
		if a.Type == Webhook {
			p.call = &Call{Trigger: t.ID, Run: r.ID, Step: i, URL: a.URL, Event: *ev, Of: s, At: w.now}
		}
		step, err := p.step(ctx, a)
		if err != nil {
			return err
		}
		r.Steps = append(r.Steps, step)
		if s.Conversation != nil {
			w.changed[s.Conversation.ID]++
		}
	}
	r.conclude()
	return nil
}

// wait leaves the rest of a run for later.
func (w *work) wait(a *Action, r *Run, ev *Event, i int) {
	r.Steps = append(r.Steps, Step{Type: Wait, Outcome: Waiting})
	next := *ev
	next.Trigger, next.Run, next.After = r.TriggerID, r.ID, i+1
	next.At = w.now.Add(time.Duration(a.Minutes) * time.Minute)
	w.out.FollowUps = append(w.out.FollowUps, followUp(next.jobKey(), []Event{next}))
}

// performer does single actions on a conversation, for a trigger or for a person who
// uses a macro, and keeps the snapshot true as far as later actions look at it.
type performer struct {
	*Engine
	v         actor.Viewer
	of        *Snapshot
	automatic bool  // no person is behind it
	call      *Call // of a webhook
}

// step does one action and says what came of it. Its error is none of the action's own.
func (p *performer) step(ctx context.Context, a *Action) (Step, error) {
	out := Step{Type: a.Type, Outcome: Done}
	detail, err := p.perform(ctx, a)
	f, refused := fault.As(err)
	switch {
	case refused:
		out.Outcome, out.Code, out.Problem = Failed, f.Code, f.Text
		if len(f.Fields) > 0 {
			out.Code, out.Problem = f.Fields[0].Code, f.Fields[0].Text
		}
	case err != nil:
		return out, err
	}
	out.Detail = short(detail)
	return out, nil
}

// short bounds what a log keeps of a text.
func short(text string) string {
	const most = 200
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// perform does an action in the room that owns it.
func (p *performer) perform(ctx context.Context, a *Action) (detail string, err error) {
	switch a.Type {
	case Webhook:
		return a.URL, p.outside.Call(ctx, *p.call)
	case Notify:
		return p.notify(ctx, a)
	case CreateLead:
		return p.lead(ctx)
	case CreateRequest:
		return p.request(ctx, a)
	}
	if p.of.Conversation == nil {
		return "", noConversation
	}
	switch a.Type {
	case Reply, Note:
		return p.write(ctx, a)
	case SendTemplate:
		return p.send(ctx, a)
	case Assign:
		return "", p.patch(ctx, assignment(a))
	case SetPriority:
		if p.of.Conversation.Priority == a.Priority {
			return string(a.Priority), nil // it is as it shall be
		}
		return string(a.Priority), p.patch(ctx, inbox.Patch{Priority: &a.Priority})
	case SetStatus:
		patch := inbox.Patch{Status: &a.Status}
		if a.Status == inbox.Snoozed {
			until := p.now().Add(time.Duration(a.Minutes) * time.Minute)
			patch.SnoozedUntil = &until
		}
		return string(a.Status), p.patch(ctx, patch)
	case AddLabel, RemoveLabel:
		return strconv.FormatInt(int64(a.Label), 10), p.label(ctx, a)
	}
	return "", nil
}

// assignment is the patch of an Assign: to whom it names, or to nobody.
func assignment(a *Action) (p inbox.Patch) {
	if a.Team != 0 {
		p.Team = &a.Team
	}
	if a.Agent != 0 || a.Team == 0 {
		p.Assignee = &a.Agent
	}
	return p
}

func (p *performer) patch(ctx context.Context, patch inbox.Patch) error {
	row, err := p.desk.Patch(ctx, p.v, p.of.Conversation.ID, patch)
	if err != nil {
		return err
	}
	p.of.Conversation, p.of.Labels = &row.Conversation, row.Labels
	return nil
}

func (p *performer) label(ctx context.Context, a *Action) error {
	labels := slices.Clone(p.of.Labels)
	have := slices.Index(labels, a.Label)
	switch {
	case a.Type == AddLabel && have < 0:
		labels = append(labels, a.Label)
	case a.Type == RemoveLabel && have >= 0:
		labels = slices.Delete(labels, have, have+1)
	default:
		return nil
	}
	err := p.patch(ctx, inbox.Patch{Labels: &labels})
	if f, ok := fault.As(err); ok && len(f.Fields) > 0 && f.Fields[0].Path == "labels" {
		return labelMissing
	}
	return err
}

func (p *performer) write(ctx context.Context, a *Action) (string, error) {
	answer := inbox.Answer{
		Kind: inbox.KindMessage, Text: p.of.word(a.Text), DraftVersion: madeOfNone(),
		Automatic: p.automatic && p.of.AccountKind == "email", // chats tell by the cause
	}
	if a.Type == Note {
		answer.Kind, answer.Automatic = inbox.KindNote, false
	}
	m, err := p.desk.Write(ctx, p.v, p.of.Conversation.ID, answer)
	return m.Text, err
}

// madeOfNone says of what an action writes that it is made of no draft: what the person who uses a macro has begun to
// write stays.
func madeOfNone() *int64 { return new(int64) }

func (p *performer) lead(ctx context.Context) (string, error) {
	if p.of.Conversation == nil {
		return "", noConversation
	}
	nobody := int64(0)
	owner := &nobody
	if p.of.Conversation.AssigneeID != 0 {
		assignee := int64(p.of.Conversation.AssigneeID)
		owner = &assignee
	}
	row, err := p.pipeline.CreateLead(ctx, p.v, pipeline.NewLead{ConversationID: int64(p.of.Conversation.ID), OwnerID: owner, Source: p.of.AccountKind})
	if errors.Is(err, pipeline.ErrLeadOpen) {
		return "", nil // what was wanted is there
	}
	if err != nil {
		return "", err
	}
	p.of.Lead = &row.Lead
	return strconv.FormatInt(int64(row.ID), 10), nil
}

func (p *performer) request(ctx context.Context, a *Action) (string, error) {
	if p.of.Conversation == nil {
		return "", noConversation
	}
	if r := p.of.Request; r != nil && r.Status.Active() {
		return "№ " + strconv.FormatInt(r.Number, 10), nil // what was wanted is there
	}
	n := pipeline.NewRequest{ConversationID: int64(p.of.Conversation.ID)}
	if a.Request != "" {
		n.Type = &a.Request
	}
	row, err := p.pipeline.CreateRequest(ctx, p.v, n)
	if err != nil {
		return "", err
	}
	p.of.Request = &row.Request
	return "№ " + strconv.FormatInt(row.Number, 10), nil
}

// notify tells colleagues: those named, else whoever is responsible.
func (p *performer) notify(ctx context.Context, a *Action) (string, error) {
	n := Telling{Agent: a.Agent, Team: a.Team, Text: p.of.word(a.Text)}
	if c := p.of.Conversation; c != nil {
		n.Conversation, n.Number = c.ID, c.Number
		if n.Agent == 0 && n.Team == 0 {
			n.Agent, n.Team = c.AssigneeID, c.TeamID
		}
	}
	if n.Agent == 0 && n.Team == 0 {
		return "", nobodyToTell
	}
	heard, err := p.outside.Tell(ctx, n)
	if err == nil && heard == 0 {
		err = nobodyToTell
	}
	return n.Text, err
}
