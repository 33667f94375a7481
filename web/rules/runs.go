package rules

import (
	"context"
	"net/http"
	"time"

	"parley/inbox"
	"parley/router"
	"parley/router/rules"
	"parley/web/rest"
)

func (r *Rules) declareRuns(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-trigger-runs", Method: http.MethodGet, Path: "/triggers/{id}/runs", Need: rest.Read("triggers").For(makers...), Summary: "What a trigger did and why, the newest first",
	}, func(ctx context.Context, who rest.Caller, in *listOf) (*rest.Body[rest.Page[Run]], error) {
		return r.runs(ctx, who, router.RunFilter{Trigger: rest.Num[router.TriggerID](in.ID), Cursor: in.Cursor, Limit: in.Limit})
	})
	rest.Add(api, rest.Op{
		ID: "list-conversation-runs", Method: http.MethodGet, Path: "/conversations/{id}/runs", Need: rest.Read("conversations"), Summary: "What triggers did in a conversation and why, the newest first",
	}, func(ctx context.Context, who rest.Caller, in *listOf) (*rest.Body[rest.Page[Run]], error) {
		return r.runs(ctx, who, router.RunFilter{Conversation: rest.Num[inbox.ConversationID](in.ID), Cursor: in.Cursor, Limit: in.Limit})
	})
	rest.Add(api, rest.Op{
		ID: "get-trigger-run", Method: http.MethodGet, Path: "/trigger-runs/{id}", Need: rest.Read("conversations"), Summary: "One run of a trigger, as timelines name it",
	}, func(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Run], error) {
		run, err := r.router.RunOf(ctx, who.Viewer, rest.Num[router.RunID](in.ID))
		if err != nil {
			return nil, err
		}
		return rest.Reply(showRun(who)(run)), nil
	})
}

type listOf struct {
	ByID
	rest.Paging
}

func (r *Rules) runs(ctx context.Context, who rest.Caller, f router.RunFilter) (*rest.Body[rest.Page[Run]], error) {
	page, err := r.router.Runs(ctx, who.Viewer, f)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, showRun(who)), nil
}

// Run is one time that a trigger acted.
type Run struct {
	ID             rest.ID           `json:"id"`
	TriggerID      rest.ID           `json:"trigger_id"`
	ConversationID rest.Ref          `json:"conversation_id"`
	Event          string            `json:"event" doc:"Names the event; a trigger runs once for each."`
	At             time.Time         `json:"at"`
	Depth          int               `json:"depth" doc:"How many automatic causes led here."`
	Outcome        router.Outcome    `json:"outcome" enum:"done,failed,waiting,stopped,refused"`
	Problem        string            `json:"problem" doc:"Why it was refused or stopped, in the caller's language."`
	Why            rules.Explanation `json:"why"`
	Steps          []RunStep         `json:"steps"`
}

// RunStep is what came of one action.
type RunStep struct {
	Type    router.ActionType `json:"type"`
	Outcome router.Outcome    `json:"outcome" doc:"Empty in a dry run."`
	Code    string            `json:"code"`
	Problem string            `json:"problem" doc:"Why it failed, in the caller's language."`
	Detail  string            `json:"detail" doc:"What was, or would be, written or made."`
}

func showRun(who rest.Caller) func(router.Run) Run {
	return func(r router.Run) Run {
		return Run{
			ID: rest.IDOf(r.ID), TriggerID: rest.IDOf(r.TriggerID), ConversationID: rest.RefOf(r.Conversation), Event: r.Event, At: rest.Time(r.At), Depth: r.Depth,
			Outcome: r.Outcome, Problem: r.Problem.In(who.Language), Why: r.Why, Steps: rest.Map(r.Steps, showStep(who)),
		}
	}
}

func showStep(who rest.Caller) func(router.Step) RunStep {
	return func(s router.Step) RunStep {
		return RunStep{Type: s.Type, Outcome: s.Outcome, Code: s.Code, Problem: s.Problem.In(who.Language), Detail: s.Detail}
	}
}

// DryRun is a trigger tried on what happened.
type DryRun struct {
	Looked  int     `json:"looked" doc:"Events that it looked at."`
	Matched int     `json:"matched"`
	More    bool    `json:"more" doc:"There were more events than it looks at."`
	Trials  []Trial `json:"trials" doc:"The newest first: at most 100 that match and 100 that do not."`
}

// Trial is what a trigger would have done with one event.
type Trial struct {
	Event          string            `json:"event"`
	ConversationID rest.Ref          `json:"conversation_id"`
	MessageID      rest.Ref          `json:"message_id"`
	At             time.Time         `json:"at"`
	Contact        string            `json:"contact" doc:"Name of whose event it was; empty: unknown."`
	Text           string            `json:"text" doc:"Of the message, shortened."`
	Matched        bool              `json:"matched"`
	Why            rules.Explanation `json:"why"`
	Steps          []RunStep         `json:"steps"`
}

// dryDays is over how many days a dry run looks when nobody says.
const dryDays = 7

func (r *Rules) dryRun(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body *struct {
		Days int `json:"days" required:"false"`
	}
}) (*rest.Body[DryRun], error) {
	t, err := r.router.Trigger(ctx, rest.Num[router.TriggerID](in.ID))
	if err != nil {
		return nil, err
	}
	days := dryDays
	if in.Body != nil && in.Body.Days != 0 {
		days = in.Body.Days
	}
	return r.try(ctx, who, t, days)
}

func (r *Rules) tryTrigger(ctx context.Context, who rest.Caller, in *struct {
	Body struct {
		Days    int        `json:"days" required:"false"`
		Trigger NewTrigger `json:"trigger"`
	}
}) (*rest.Body[DryRun], error) {
	if in.Body.Days == 0 {
		in.Body.Days = dryDays
	}
	return r.try(ctx, who, in.Body.Trigger.read(), in.Body.Days)
}

func (r *Rules) try(ctx context.Context, who rest.Caller, t router.Trigger, days int) (*rest.Body[DryRun], error) {
	d, err := r.router.DryRun(ctx, who.Viewer, t, days)
	if err != nil {
		return nil, err
	}
	return rest.Reply(DryRun{Looked: d.Looked, Matched: d.Matched, More: d.More, Trials: rest.Map(d.Trials, func(t router.Trial) Trial {
		return Trial{
			Event: t.Event.Key, ConversationID: rest.RefOf(t.Event.Conversation), MessageID: rest.RefOf(t.Event.Message), At: rest.Time(t.Event.At),
			Contact: t.Contact, Text: t.Text, Matched: t.Matched, Why: t.Why, Steps: rest.Map(t.Steps, showStep(who)),
		}
	})}), nil
}
