package routing

import (
	"context"
	"net/http"

	"parley/inbox"
	"parley/router"
	"parley/router/clocks"
	"parley/web/rest"
	"parley/web/rules"
)

func (r *Routing) declarePolicies(api *rest.API) {
	read, write := rest.Read("sla-policies"), rest.Write("sla-policies").For(makers...)
	rest.Add(api, rest.Op{ID: "list-sla-policies", Method: http.MethodGet, Path: "/sla-policies", Need: read, Summary: "List policies of service in the order in which they are asked"}, r.listPolicies)
	rest.Add(api, rest.Op{ID: "create-sla-policy", Method: http.MethodPost, Path: "/sla-policies", Need: write, Status: http.StatusCreated, Summary: "Add a policy of service; who waits is promised at once"}, r.createPolicy)
	rest.Add(api, rest.Op{ID: "order-sla-policies", Method: http.MethodPut, Path: "/sla-policies/order", Need: write, Summary: "Put policies of service into another order, all at once"}, r.orderPolicies)
	rest.Add(api, rest.Op{ID: "get-sla-policy", Method: http.MethodGet, Path: "/sla-policies/{id}", Need: read, Summary: "Read a policy of service"}, r.getPolicy)
	rest.Add(api, rest.Op{ID: "change-sla-policy", Method: http.MethodPatch, Path: "/sla-policies/{id}", Need: write, Summary: "Change a policy of service; clocks that run follow, and who waits gets theirs"}, r.patchPolicy)
	rest.Add(api, rest.Op{ID: "delete-sla-policy", Method: http.MethodDelete, Path: "/sla-policies/{id}", Need: write, Summary: "Remove a policy of service; clocks that it set run on"}, r.deletePolicy)
}

// SLAPolicy promises by when conversations are answered and done with. Minutes are of
// the schedule's open time.
type SLAPolicy struct {
	ID                   rest.ID               `json:"id"`
	Name                 string                `json:"name"`
	Position             int64                 `json:"position"`
	ScheduleID           rest.Ref              `json:"schedule_id" doc:"null is round the clock."`
	Conditions           rules.Condition       `json:"conditions"`
	FirstResponseMinutes int                   `json:"first_response_minutes" doc:"0 is no promise, as for the others."`
	NextResponseMinutes  int                   `json:"next_response_minutes"`
	ResolutionMinutes    int                   `json:"resolution_minutes"`
	ByPriority           map[string]SLATargets `json:"by_priority" doc:"low, normal, high, urgent: targets in place of those above."`
	WarnAtPercent        int                   `json:"warn_at_percent" doc:"Share of the time after which it is urgent; 0 is never."`
	NotifyOnWarning      []clocks.Whom         `json:"notify_on_warning" enum:"assignee,head,team"`
	NotifyOnBreach       []clocks.Whom         `json:"notify_on_breach" enum:"assignee,head,team"`
	PauseOn              []clocks.Halt         `json:"pause_on" enum:"pending,snoozed,answered" doc:"What clocks stand still for; answered: it is the contact's turn, which stops the resolution."`
	Problem              string                `json:"problem" doc:"Why the policy does nothing, in the caller's language; empty when it does."`
	Version              int64                 `json:"version" doc:"Of this state; a change that names it is refused when it is another by then."`
}

// SLATargets are minutes of open time.
type SLATargets struct {
	FirstResponseMinutes int `json:"first_response_minutes,omitempty"`
	NextResponseMinutes  int `json:"next_response_minutes,omitempty"`
	ResolutionMinutes    int `json:"resolution_minutes,omitempty"`
}

func showTargets(t clocks.Targets) SLATargets {
	return SLATargets{FirstResponseMinutes: t.FirstResponse, NextResponseMinutes: t.NextResponse, ResolutionMinutes: t.Resolution}
}

func readByPriority(in map[string]SLATargets) map[inbox.Priority]clocks.Targets {
	out := map[inbox.Priority]clocks.Targets{}
	for p, t := range in {
		out[inbox.Priority(p)] = clocks.Targets{FirstResponse: t.FirstResponseMinutes, NextResponse: t.NextResponseMinutes, Resolution: t.ResolutionMinutes}
	}
	return out
}

func showPolicy(who rest.Caller) func(clocks.Policy) SLAPolicy {
	return func(p clocks.Policy) SLAPolicy {
		out := SLAPolicy{
			ID: rest.IDOf(p.ID), Name: p.Name, Position: p.Position, ScheduleID: rest.RefOf(p.Schedule), Conditions: rules.Condition{Condition: p.Conditions},
			FirstResponseMinutes: p.Targets.FirstResponse, NextResponseMinutes: p.Targets.NextResponse, ResolutionMinutes: p.Targets.Resolution,
			ByPriority: map[string]SLATargets{}, WarnAtPercent: p.WarnPercent, NotifyOnWarning: orEmpty(p.WarnWhom), NotifyOnBreach: orEmpty(p.BreachWhom), PauseOn: orEmpty(p.PauseOn),
			Problem: p.Problem.In(who.Language), Version: p.Version(),
		}
		for priority, t := range p.ByPriority {
			out.ByPriority[string(priority)] = showTargets(t)
		}
		return out
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (r *Routing) orderPolicies(ctx context.Context, _ rest.Caller, in *struct{ Body rules.NewOrder }) (*rest.None, error) {
	return nil, r.clocks.OrderPolicies(ctx, rest.Nums[clocks.PolicyID](in.Body.Was), rest.Nums[clocks.PolicyID](in.Body.IDs))
}

func (r *Routing) listPolicies(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[SLAPolicy]], error) {
	list, err := r.clocks.Policies(ctx)
	if err != nil {
		return nil, err
	}
	return rest.Placed(list, *in, showPolicy(who))
}

// defaultWarning is the share of the time after which a new policy warns.
const defaultWarning = 80

// NewSLAPolicy is a policy of service to add.
type NewSLAPolicy struct {
	Name                 string                `json:"name" maxLength:"400"`
	Position             int64                 `json:"position,omitempty" doc:"Behind all others when absent."`
	ScheduleID           rest.Maybe[rest.ID]   `json:"schedule_id" required:"false"`
	Conditions           rules.Condition       `json:"conditions,omitempty" required:"false"`
	FirstResponseMinutes int                   `json:"first_response_minutes,omitempty"`
	NextResponseMinutes  int                   `json:"next_response_minutes,omitempty"`
	ResolutionMinutes    int                   `json:"resolution_minutes,omitempty"`
	ByPriority           map[string]SLATargets `json:"by_priority,omitempty"`
	WarnAtPercent        *int                  `json:"warn_at_percent,omitempty" doc:"80 when absent."`
	NotifyOnWarning      *[]clocks.Whom        `json:"notify_on_warning,omitempty" maxItems:"3" doc:"The assignee when absent."`
	NotifyOnBreach       *[]clocks.Whom        `json:"notify_on_breach,omitempty" maxItems:"3" doc:"The assignee and the head when absent."`
	PauseOn              *[]clocks.Halt        `json:"pause_on,omitempty" maxItems:"3" doc:"pending when absent."`
}

func (r *Routing) createPolicy(ctx context.Context, who rest.Caller, in *struct{ Body NewSLAPolicy }) (*rest.Body[SLAPolicy], error) {
	b := &in.Body
	p := clocks.Policy{
		Name: b.Name, Position: b.Position, Schedule: rest.Num[router.ScheduleID](b.ScheduleID.Value), Conditions: b.Conditions.Condition,
		Targets:    clocks.Targets{FirstResponse: b.FirstResponseMinutes, NextResponse: b.NextResponseMinutes, Resolution: b.ResolutionMinutes},
		ByPriority: readByPriority(b.ByPriority), WarnPercent: defaultWarning,
		WarnWhom: []clocks.Whom{clocks.TellAssignee}, BreachWhom: []clocks.Whom{clocks.TellAssignee, clocks.TellHead},
	}
	set(&p.WarnPercent, b.WarnAtPercent)
	set(&p.WarnWhom, b.NotifyOnWarning)
	set(&p.BreachWhom, b.NotifyOnBreach)
	set(&p.PauseOn, b.PauseOn)
	p, err := r.clocks.AddPolicy(ctx, p)
	if err != nil {
		return nil, err
	}
	return rest.Reply(showPolicy(who)(p)), nil
}

func (r *Routing) getPolicy(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[SLAPolicy], error) {
	p, err := r.clocks.Policy(ctx, rest.Num[clocks.PolicyID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showPolicy(who)(p)), nil
}

// SLAPolicyPatch is what to change of a policy.
type SLAPolicyPatch struct {
	Name                 *string                `json:"name,omitempty" maxLength:"400"`
	Position             *int64                 `json:"position,omitempty"`
	ScheduleID           rest.Maybe[rest.ID]    `json:"schedule_id" required:"false"`
	Conditions           *rules.Condition       `json:"conditions,omitempty"`
	FirstResponseMinutes *int                   `json:"first_response_minutes,omitempty"`
	NextResponseMinutes  *int                   `json:"next_response_minutes,omitempty"`
	ResolutionMinutes    *int                   `json:"resolution_minutes,omitempty"`
	ByPriority           *map[string]SLATargets `json:"by_priority,omitempty"`
	WarnAtPercent        *int                   `json:"warn_at_percent,omitempty"`
	NotifyOnWarning      *[]clocks.Whom         `json:"notify_on_warning,omitempty" maxItems:"3"`
	NotifyOnBreach       *[]clocks.Whom         `json:"notify_on_breach,omitempty" maxItems:"3"`
	PauseOn              *[]clocks.Halt         `json:"pause_on,omitempty" maxItems:"3"`
	rest.Seen
}

func (b *SLAPolicyPatch) apply(p *clocks.Policy) {
	set(&p.Name, b.Name)
	set(&p.Position, b.Position)
	set(&p.Schedule, rest.NumPtr[router.ScheduleID](b.ScheduleID))
	if b.Conditions != nil {
		p.Conditions = b.Conditions.Condition
	}
	set(&p.Targets.FirstResponse, b.FirstResponseMinutes)
	set(&p.Targets.NextResponse, b.NextResponseMinutes)
	set(&p.Targets.Resolution, b.ResolutionMinutes)
	if b.ByPriority != nil {
		p.ByPriority = readByPriority(*b.ByPriority)
	}
	set(&p.WarnPercent, b.WarnAtPercent)
	set(&p.WarnWhom, b.NotifyOnWarning)
	set(&p.BreachWhom, b.NotifyOnBreach)
	set(&p.PauseOn, b.PauseOn)
}

func (r *Routing) patchPolicy(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Body SLAPolicyPatch
}) (*rest.Body[SLAPolicy], error) {
	p, err := r.clocks.ChangePolicy(ctx, rest.Num[clocks.PolicyID](in.ID), in.Body.Version, in.Body.apply)
	return rest.Changed(p, err, showPolicy(who))
}

func (r *Routing) deletePolicy(ctx context.Context, _ rest.Caller, in *ByID) (*rest.None, error) {
	return nil, r.clocks.DeletePolicy(ctx, rest.Num[clocks.PolicyID](in.ID))
}
