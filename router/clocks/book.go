package clocks

import (
	"cmp"
	"slices"
	"strconv"
	"sync/atomic"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
	"parley/router/sla"
)

// Book holds the policies, compiled, and the schedules. What reads it never waits.
type Book struct{ page atomic.Pointer[page] }

// page is one state of the book. It does not change.
type page struct {
	revision  string
	policies  []compiled // in the order in which they are asked
	schedules map[router.ScheduleID]named
	calendar  rules.Calendar
}

type compiled struct {
	Policy
	rule *rules.Rule
}

type named struct {
	router.Schedule
	made *sla.Schedule
}

// NewBook returns an empty one.
func NewBook() *Book {
	b := &Book{}
	b.page.Store(&page{})
	return b
}

// Revision is what the book was filled with.
func (b *Book) Revision() string { return b.page.Load().revision }

// fill puts a new state in place of the old one. Policies that do not compile, or whose
// schedule is gone, are left out.
func (b *Book) fill(revision string, policies []Policy, schedules []router.Schedule) {
	p := &page{revision: revision, schedules: map[router.ScheduleID]named{}, calendar: router.NewCalendar(schedules)}
	for _, s := range schedules {
		if made, err := sla.NewSchedule(s.TimeZone, s.Intervals, s.Holidays); err == nil {
			p.schedules[s.ID] = named{s, made}
		}
	}
	sortPolicies(policies)
	for i := range policies {
		rule, err := policies[i].check()
		if err == nil && p.scheduled(policies[i].Schedule) {
			p.policies = append(p.policies, compiled{policies[i], rule})
		}
	}
	b.page.Store(p)
}

func sortPolicies(list []Policy) {
	slices.SortFunc(list, func(a, b Policy) int { return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID)) })
}

func (p *page) scheduled(id router.ScheduleID) bool { return id == 0 || p.schedules[id].made != nil }

// hours returns the business time of a schedule. One that is gone is round the clock:
// a promise that was made is kept.
func (p *page) hours(id router.ScheduleID) hours { return hours{p.schedules[id].made} }

// choose returns the first policy that speaks of a conversation, nil when none does.
func (p *page) choose(facts *rules.Facts) *Policy {
	for i := range p.policies {
		if p.policies[i].rule.Match(facts) {
			return &p.policies[i].Policy
		}
	}
	return nil
}

// policy finds one by id, nil when it is gone.
func (p *page) policy(id PolicyID) *Policy {
	for i := range p.policies {
		if p.policies[i].ID == id {
			return &p.policies[i].Policy
		}
	}
	return nil
}

// diagnose says why a stored policy does nothing.
func (p *page) diagnose(list []Policy) {
	for i := range list {
		x := &list[i]
		if _, err := x.check(); err != nil {
			if f, ok := fault.As(err); ok && len(f.Fields) > 0 {
				x.Problem = f.Fields[0].Text
			}
			continue
		}
		if !p.scheduled(x.Schedule) {
			x.Problem = fault.T("Расписания этого правила больше нет.", "The schedule of this policy is gone.")
			continue
		}
		for j := range list[:i] {
			if before := &list[j]; before.Problem.EN == "" && before.Conditions.Zero() {
				x.Problem = fault.T("До этого правила очередь не дойдёт: «"+before.Name+"» стоит раньше и подходит ко всем диалогам.",
					"This policy is never reached: “"+before.Name+"” stands before it and takes every conversation.")
				break
			}
		}
	}
}

// JobKey is the key under which the changes of a conversation wait for each other.
func JobKey(id inbox.ConversationID) string { return "clocks:" + strconv.FormatInt(int64(id), 10) }
