package rules

import (
	"context"
	"net/http"
	"slices"
	"time"

	"parley/router"
	"parley/web/rest"
)

func (r *Rules) declareTriggers(api *rest.API) {
	write := rest.Write("triggers").For(makers...)
	read := rest.Read("triggers").For(makers...)
	rest.Add(api, rest.Op{ID: "list-triggers", Method: http.MethodGet, Path: "/triggers", Need: read, Summary: "List triggers in the order in which they act"}, r.listTriggers)
	rest.Add(api, rest.Op{ID: "create-trigger", Method: http.MethodPost, Path: "/triggers", Need: write, Status: http.StatusCreated, Summary: "Add a trigger"}, r.createTrigger)
	rest.Add(api, rest.Op{ID: "try-trigger", Method: http.MethodPost, Path: "/triggers/dry-run", Need: write, Summary: "Try a trigger that was not saved on the last days; changes nothing"}, r.tryTrigger)
	rest.Add(api, rest.Op{ID: "get-trigger", Method: http.MethodGet, Path: "/triggers/{id}", Need: read, Summary: "Read a trigger"}, r.getTrigger)
	rest.Add(api, rest.Op{ID: "change-trigger", Method: http.MethodPatch, Path: "/triggers/{id}", Need: write, Summary: "Change a trigger"}, r.patchTrigger)
	rest.Add(api, rest.Op{ID: "delete-trigger", Method: http.MethodDelete, Path: "/triggers/{id}", Need: write, Summary: "Remove a trigger"}, r.deleteTrigger)
	rest.Add(api, rest.Op{ID: "dry-run-trigger", Method: http.MethodPost, Path: "/triggers/{id}/dry-run", Need: read, Summary: "Try a trigger on the last days; changes nothing"}, r.dryRun)
}

// Trigger does something by itself when something happens.
type Trigger struct {
	ID            rest.ID       `json:"id"`
	Name          string        `json:"name"`
	Enabled       bool          `json:"enabled"`
	Position      int64         `json:"position" doc:"Triggers act in its order."`
	Event         router.Kind   `json:"event" enum:"message.received,message.sent,conversation.created,conversation.closed,lead.created,request.created,clock.warned,clock.breached,timer,schedule"`
	After         *TriggerAfter `json:"after" doc:"Of a timer."`
	At            *TriggerAt    `json:"at" doc:"Of a schedule."`
	Automatic     bool          `json:"automatic" doc:"It acts on what machines wrote as well."`
	Conditions    Condition     `json:"conditions"`
	Actions       []Action      `json:"actions"`
	Problem       string        `json:"problem" doc:"Why it no longer works, in the caller's language; empty: it does."`
	WebhookSecret string        `json:"webhook_secret" doc:"Its webhooks carry X-Parley-Signature: sha256=HMAC-SHA256(this text, body)."`
	CreatedAt     time.Time     `json:"created_at"`
	UpdatedAt     time.Time     `json:"updated_at"`
	Version       int64         `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

// TriggerAfter is when a timer runs out.
type TriggerAfter struct {
	Minutes int    `json:"minutes" minimum:"1"`
	Since   string `json:"since" enum:"last_inbound,last_outbound,created,window_closes,deadline" doc:"last_inbound: nobody answered for so long; last_outbound: the contact is silent for so long; created: the conversation is not closed after so long; window_closes: so long before the network stops taking free answers; deadline: so long before the nearest deadline."`
}

// TriggerAt is an hour on the wall, at which a trigger looks at every conversation that is not closed.
type TriggerAt struct {
	Days []string `json:"days" maxItems:"7" doc:"mon, tue, wed, thu, fri, sat, sun"`
	Time string   `json:"time" doc:"09:00"`
	Zone string   `json:"zone" maxLength:"100" doc:"Like Europe/Moscow."`
}

func (a *TriggerAt) read() router.At {
	if a == nil {
		return router.At{}
	}
	return router.At{Days: a.Days, Time: a.Time, Zone: a.Zone}
}

func (r *Rules) showTrigger(who rest.Caller) func(router.Trigger) Trigger {
	return func(t router.Trigger) Trigger {
		out := Trigger{
			ID: rest.IDOf(t.ID), Name: t.Name, Enabled: t.Enabled, Position: t.Position, Event: t.Event, Automatic: t.Automatic,
			Conditions: Condition{t.Conditions}, Actions: rest.Map(t.Actions, showAction), Problem: t.Problem.In(who.Language),
			CreatedAt: rest.Time(t.CreatedAt), UpdatedAt: rest.Time(t.UpdatedAt), Version: t.Version(),
		}
		if t.Event == router.Timer {
			out.After = &TriggerAfter{Minutes: t.After.Minutes, Since: string(t.After.Since)}
		}
		if t.Event == router.OnSchedule {
			out.At = &TriggerAt{Days: t.At.Days, Time: t.At.Time, Zone: t.At.Zone}
		}
		if slices.ContainsFunc(t.Actions, func(a router.Action) bool { return a.Type == router.Webhook }) {
			out.WebhookSecret = r.secret(t.ID)
		}
		return out
	}
}

func (r *Rules) listTriggers(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[Trigger]], error) {
	list, err := r.router.Triggers(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, r.showTrigger(who))
}

// NewTrigger is a trigger to add or to try.
type NewTrigger struct {
	Name       string        `json:"name" maxLength:"400"`
	Enabled    bool          `json:"enabled" required:"false"`
	Position   int64         `json:"position" required:"false" minimum:"0" doc:"0: behind all others."`
	Event      string        `json:"event"`
	After      *TriggerAfter `json:"after" required:"false"`
	At         *TriggerAt    `json:"at" required:"false"`
	Automatic  bool          `json:"automatic" required:"false"`
	Conditions Condition     `json:"conditions" required:"false"`
	Actions    []Action      `json:"actions" maxItems:"100"`
}

func (n *NewTrigger) read() router.Trigger {
	t := router.Trigger{
		Name: n.Name, Enabled: n.Enabled, Position: n.Position, Event: router.Kind(n.Event), Automatic: n.Automatic,
		Conditions: n.Conditions.Condition, Actions: readActions(n.Actions),
	}
	t.After, t.At = n.After.read(), n.At.read()
	return t
}

func (a *TriggerAfter) read() router.After {
	if a == nil {
		return router.After{}
	}
	return router.After{Minutes: a.Minutes, Since: router.Since(a.Since)}
}

func (r *Rules) createTrigger(ctx context.Context, who rest.Caller, in *struct{ Body NewTrigger }) (*rest.Body[Trigger], error) {
	t, err := r.router.AddTrigger(ctx, in.Body.read())
	if err != nil {
		return nil, err
	}
	return rest.Reply(r.showTrigger(who)(t)), nil
}

func (r *Rules) getTrigger(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[Trigger], error) {
	t, err := r.router.Trigger(ctx, rest.Num[router.TriggerID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(r.showTrigger(who)(t)), nil
}

// TriggerPatch is what shall change about a trigger.
type TriggerPatch struct {
	Name       *string       `json:"name,omitempty" maxLength:"400"`
	Enabled    *bool         `json:"enabled,omitempty"`
	Position   *int64        `json:"position,omitempty" minimum:"0"`
	Event      *string       `json:"event,omitempty"`
	After      *TriggerAfter `json:"after,omitempty"`
	At         *TriggerAt    `json:"at,omitempty"`
	Automatic  *bool         `json:"automatic,omitempty"`
	Conditions *Condition    `json:"conditions,omitempty"`
	Actions    *[]Action     `json:"actions,omitempty" maxItems:"100"`
	rest.Seen
}

func (p *TriggerPatch) apply(t *router.Trigger) {
	set(&t.Name, p.Name)
	set(&t.Enabled, p.Enabled)
	set(&t.Position, p.Position)
	set(&t.Automatic, p.Automatic)
	if p.Event != nil {
		t.Event = router.Kind(*p.Event)
	}
	if p.After != nil {
		t.After = p.After.read()
	}
	if p.At != nil {
		t.At = p.At.read()
	}
	if p.Conditions != nil {
		t.Conditions = p.Conditions.Condition
	}
	if p.Actions != nil {
		t.Actions = readActions(*p.Actions)
	}
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (r *Rules) patchTrigger(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body TriggerPatch
}) (*rest.Body[Trigger], error) {
	t, err := r.router.ChangeTrigger(ctx, rest.Num[router.TriggerID](in.ID), in.Body.Version, in.Body.apply)
	return rest.Changed(t, err, r.showTrigger(who))
}

func (r *Rules) deleteTrigger(ctx context.Context, _ rest.Caller, in *ByID) (*rest.None, error) {
	return nil, r.router.DeleteTrigger(ctx, rest.Num[router.TriggerID](in.ID))
}
