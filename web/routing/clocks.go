package routing

import (
	"context"
	"net/http"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
	"parley/router/sla"
	"parley/web/desk"
	"parley/web/rest"
)

func (r *Routing) declareClocks(api *rest.API) {
	read := rest.Read("conversations")
	rest.Add(api, rest.Op{ID: "list-clocks", Method: http.MethodGet, Path: "/conversations/{id}/clocks", Need: read, Summary: "Every clock that a conversation has had, oldest first"}, r.listClocks)
	rest.Add(api, rest.Op{ID: "explain-clock", Method: http.MethodGet, Path: "/conversations/{id}/clocks/{metric}/why", Need: read, Summary: "Why a deadline is when it is: policy, schedule, every pause"}, r.why)
	rest.Add(api, rest.Op{ID: "report-waiting-pauses", Method: http.MethodGet, Path: "/reports/waiting-pauses", Need: rest.Read("reports").For(makers...), Summary: "Clocks that were stopped while the contact waited for an answer"}, r.waitingPauses)
}

// Clock is a promise of service to a conversation.
type Clock struct {
	ID            rest.ID       `json:"id"`
	Metric        clocks.Metric `json:"metric" enum:"first_response,next_response,resolution"`
	State         clocks.State  `json:"state" enum:"running,paused,met,breached"`
	PolicyID      rest.ID       `json:"policy_id"`
	PolicyName    string        `json:"policy_name" doc:"As it was when the clock was set."`
	ScheduleID    rest.Ref      `json:"schedule_id"`
	TargetMinutes int           `json:"target_minutes"`
	StartedAt     time.Time     `json:"started_at"`
	DueAt         *time.Time    `json:"due_at" doc:"null while it is paused."`
	WarnedAt      *time.Time    `json:"warned_at"`
	BreachedAt    *time.Time    `json:"breached_at"`
	EndedAt       *time.Time    `json:"ended_at"`
	EndedBy       clocks.End    `json:"ended_by" enum:",answered,not_needed,closed,spam"`
	Pauses        []ClockPause  `json:"pauses"`
}

// ClockPause is a time in which a clock stood still.
type ClockPause struct {
	From    time.Time  `json:"from"`
	To      *time.Time `json:"to"`
	By      desk.Cause `json:"by"`
	Waiting bool       `json:"waiting" doc:"The contact waited for us when it began."`
}

func showPause(p clocks.Pause) ClockPause {
	return ClockPause{From: rest.Time(p.From), To: rest.TimeOrNull(p.To), By: desk.ShowCause(p.By, ""), Waiting: p.Waiting}
}

func showClock(c clocks.Clock) Clock {
	return Clock{
		ID: rest.IDOf(c.ID), Metric: c.Metric, State: c.State, PolicyID: rest.IDOf(c.Policy), PolicyName: c.PolicyName, ScheduleID: rest.RefOf(c.Schedule),
		TargetMinutes: int(c.Target.Minutes()), StartedAt: rest.Time(c.StartedAt), DueAt: rest.TimeOrNull(c.DueAt), WarnedAt: rest.TimeOrNull(c.WarnedAt),
		BreachedAt: rest.TimeOrNull(c.BreachedAt), EndedAt: rest.TimeOrNull(c.EndedAt), EndedBy: c.End, Pauses: rest.Map(c.Pauses, showPause),
	}
}

func (r *Routing) listClocks(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[rest.Page[Clock]], error) {
	list, err := r.clocks.Clocks(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", showClock), nil
}

// ClockWhy explains a clock.
type ClockWhy struct {
	Clock         Clock      `json:"clock"`
	PolicyChanged bool       `json:"policy_changed" doc:"The policy was changed or removed since."`
	ScheduleName  string     `json:"schedule_name" doc:"Empty is round the clock."`
	TimeZone      string     `json:"time_zone"`
	WarnAt        *time.Time `json:"warn_at"`
	SpentSeconds  int64      `json:"spent_seconds" doc:"Open time that has passed."`
	LeftSeconds   int64      `json:"left_seconds" doc:"Below 0 when it is late."`
	Spans         []OpenSpan `json:"spans" doc:"The hours that count, up to the deadline."`
	More          bool       `json:"more" doc:"There are further spans."`
}

// OpenSpan is time that counts.
type OpenSpan struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

func (r *Routing) why(ctx context.Context, who rest.Caller, in *struct {
	ByID
	Metric  clocks.Metric `path:"metric" enum:"first_response,next_response,resolution"`
	ClockID rest.ID       `query:"clock" required:"false" doc:"An earlier clock; the last of the metric when absent."`
}) (*rest.Body[ClockWhy], error) {
	w, err := r.clocks.Explain(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), in.Metric, rest.Num[clocks.ClockID](in.ClockID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(ClockWhy{
		Clock: showClock(w.Clock), PolicyChanged: w.Changed, ScheduleName: w.ScheduleName, TimeZone: w.TimeZone, WarnAt: rest.TimeOrNull(w.WarnAt),
		SpentSeconds: int64(w.Spent.Seconds()), LeftSeconds: int64(w.Left.Seconds()), More: w.More,
		Spans: rest.Map(w.Spans, func(s sla.Span) OpenSpan { return OpenSpan{rest.Time(s.From), rest.Time(s.To)} }),
	}), nil
}

// WaitingPause is a clock that was stopped while the contact waited.
type WaitingPause struct {
	ConversationID     rest.ID       `json:"conversation_id"`
	ConversationNumber int64         `json:"conversation_number"`
	Metric             clocks.Metric `json:"metric"`
	From               time.Time     `json:"from"`
	To                 *time.Time    `json:"to"`
	By                 desk.Cause    `json:"by"`
}

func (r *Routing) waitingPauses(ctx context.Context, who rest.Caller, in *struct {
	rest.Paging
	From time.Time `query:"from" required:"false"`
	To   time.Time `query:"to" required:"false"`
}) (*rest.Body[rest.Page[WaitingPause]], error) {
	page, err := r.clocks.WaitingPauses(ctx, who.Viewer, in.From, in.To, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, func(p clocks.PauseRow) WaitingPause {
		return WaitingPause{
			ConversationID: rest.IDOf(p.Conversation), ConversationNumber: p.Number, Metric: p.Metric, From: rest.Time(p.From), To: rest.TimeOrNull(p.To),
			By: desk.ShowCause(actor.Cause{Kind: p.By.Kind, ID: p.By.ID}, p.ByName),
		}
	}), nil
}
