package clocks

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
)

// PolicyID identifies a policy.
type PolicyID int64

// Policy promises targets to the conversations that its conditions speak of. Of several
// the first by Position counts.
type Policy struct {
	ID          PolicyID
	Name        string
	Position    int64
	Schedule    router.ScheduleID // 0 = round the clock
	Conditions  rules.Condition
	Targets     Targets
	ByPriority  map[inbox.Priority]Targets // in place of Targets, each that is not 0
	WarnPercent int                        // share of the target; 0 = no warning
	WarnWhom    []Whom
	BreachWhom  []Whom
	PauseOn     []Halt // nil = while it is pending
	CreatedAt   time.Time
	UpdatedAt   time.Time

	// Problem says why a stored policy does nothing; it is not kept.
	Problem fault.Text
}

// Version names the state that a change goes by; the place among others is no part of it.
func (p Policy) Version() int64 {
	return fault.Fingerprint(p.Name, p.Schedule, p.Conditions, p.Targets, p.ByPriority, p.WarnPercent, p.WarnWhom, p.BreachWhom, p.PauseOn)
}

// Targets are minutes of open time; 0 = no promise.
type Targets struct {
	FirstResponse int `json:"first_response,omitempty"`
	NextResponse  int `json:"next_response,omitempty"`
	Resolution    int `json:"resolution,omitempty"`
}

// Whom names who is told.
type Whom string

// Who can be told: the assignee, the head of the team, everybody in the team.
const (
	TellAssignee Whom = "assignee"
	TellHead     Whom = "head"
	TellTeam     Whom = "team"
)

// Halt names what clocks stand still for.
type Halt string

// What clocks stand still for: the conversation is pending, or snoozed; or it is the
// contact's turn, which stops the time to be done in alone: answers wait for nobody then.
const (
	OnPending  Halt = "pending"
	OnSnoozed  Halt = "snoozed"
	OnAnswered Halt = "answered"
)

// halts tells whether a clock of a policy stands still while its conversation is so. A
// policy that is gone is one without wishes.
func (p *Policy) halts(m Metric, status inbox.Status, waiting bool) bool {
	on := []Halt{OnPending}
	if p != nil && p.PauseOn != nil {
		on = p.PauseOn
	}
	return status == inbox.Pending && slices.Contains(on, OnPending) ||
		status == inbox.Snoozed && slices.Contains(on, OnSnoozed) ||
		m == Resolution && !waiting && slices.Contains(on, OnAnswered)
}

// Bounds of a policy.
const (
	maxMinutes = 366 * 24 * 60
	maxName    = 200
)

// of returns the minutes of a metric.
func (t Targets) of(m Metric) int {
	switch m {
	case FirstResponse:
		return t.FirstResponse
	case NextResponse:
		return t.NextResponse
	case Resolution:
		return t.Resolution
	}
	return 0
}

// target is what the policy promises, 0 for nothing.
func (p *Policy) target(m Metric, priority inbox.Priority) time.Duration {
	minutes := p.ByPriority[priority].of(m)
	if minutes == 0 {
		minutes = p.Targets.of(m)
	}
	return time.Duration(minutes) * time.Minute
}

// check makes a policy storable and refuses what cannot work by itself.
func (p *Policy) check() (*rules.Rule, error) {
	var bad fault.Collector
	p.Name = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(p.Name, "\x00", ""), "")), " ")
	if p.Name == "" {
		bad.Add("name", "required", fault.T("Назовите.", "Give a name."))
	}
	if len([]rune(p.Name)) > maxName {
		bad.Add("name", "too_long", fault.T("Не длиннее 200 знаков.", "At most 200 characters."))
	}
	if p.WarnPercent < 0 || p.WarnPercent > 99 {
		bad.Add("warn_at_percent", "range", fault.T("От 1 до 99; 0 — не предупреждать.", "From 1 to 99; 0 is no warning."))
	}
	p.Targets.check("", &bad)
	promises := p.Targets != Targets{}
	for priority, t := range p.ByPriority {
		path := "by_priority." + string(priority)
		if !slices.Contains([]inbox.Priority{inbox.Low, inbox.Normal, inbox.High, inbox.Urgent}, priority) {
			bad.Add(path, "unknown", fault.T("Возможны: low, normal, high, urgent.", "One of: low, normal, high, urgent."))
		}
		t.check(path+".", &bad)
		promises = promises || t != Targets{}
	}
	if !promises {
		bad.Add("first_response_minutes", "required", fault.T("Правило ничего не обещает: задайте хотя бы один срок.", "The policy promises nothing: set at least one target."))
	}
	for path, list := range map[string][]Whom{"notify_on_warning": p.WarnWhom, "notify_on_breach": p.BreachWhom} {
		for i, w := range list {
			if !slices.Contains([]Whom{TellAssignee, TellHead, TellTeam}, w) {
				bad.Add(fmt.Sprintf("%s[%d]", path, i), "unknown", fault.T("Возможны: assignee, head, team.", "One of: assignee, head, team."))
			}
		}
	}
	if p.PauseOn == nil {
		p.PauseOn = []Halt{OnPending}
	}
	for i, on := range p.PauseOn {
		if !slices.Contains([]Halt{OnPending, OnSnoozed, OnAnswered}, on) {
			bad.Add(fmt.Sprintf("pause_on[%d]", i), "unknown", fault.T("Возможны: pending, snoozed, answered.", "One of: pending, snoozed, answered."))
		}
	}
	rule, err := router.Schema().Compile(p.Conditions, "conditions")
	if err := bad.Merge(err); err != nil {
		return nil, err
	}
	if path, never := contradiction(&p.Conditions, "conditions"); never {
		bad.Add(path, "never", fault.T("Условия исключают друг друга: под них не подойдёт ни один диалог.", "These conditions exclude each other: no conversation can meet them."))
	}
	return rule, bad.Err()
}

// check refuses targets out of bounds, and a conversation that is to be done before it
// is answered.
func (t Targets) check(path string, bad *fault.Collector) {
	for _, m := range Metrics() {
		if n := t.of(m); n < 0 || n > maxMinutes {
			bad.Add(path+string(m)+"_minutes", "range", fault.T("От одной минуты до года; 0 — без срока.", "From one minute to a year; 0 is no target."))
		}
	}
	if t.Resolution > 0 && t.Resolution < t.FirstResponse {
		bad.Add(path+"resolution_minutes", "range", fault.T("Решить раньше, чем ответить, нельзя: срок решения короче срока первого ответа.", "Nobody can be done before answering: this is shorter than the first answer's target."))
	}
}
