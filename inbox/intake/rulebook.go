package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/fault"
	"parley/router/rules"
)

// RuleStore keeps rules. Transactions ride in the context.
type RuleStore interface {
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// IntakeRules returns all.
	IntakeRules(ctx context.Context) ([]Rule, error)
	PutIntakeRule(ctx context.Context, r *Rule) error
	DeleteIntakeRule(ctx context.Context, id RuleID) (found bool, err error)
	// LockRules makes others who change the order wait until the transaction ends.
	LockRules(ctx context.Context) error
	// RulesRevision names the present state of all rules.
	RulesRevision(ctx context.Context) (string, error)
	Assignable(ctx context.Context, id inbox.AgentID) (bool, error)
	TeamExists(ctx context.Context, id inbox.TeamID) (bool, error)
}

// ErrNoRule says that a rule does not exist.
var ErrNoRule = fault.New(fault.NotFound, "intake_rule_not_found", fault.T("Такого правила нет.", "There is no such rule."))

// Rules is what people do with rules of intake, and the book that intake reads. Safe for
// concurrent use.
type Rules struct {
	store RuleStore
	now   func() time.Time
	book  atomic.Pointer[Rulebook]

	refreshing sync.Mutex
	revision   string
}

// NewRules returns a Rules whose book is empty until Refresh.
func NewRules(store RuleStore, now func() time.Time) *Rules { return &Rules{store: store, now: now} }

// Book is what intake asks; nil is no rules.
func (r *Rules) Book() *Rulebook { return r.book.Load() }

// Refresh fills the book anew when what it was filled with is no longer so.
func (r *Rules) Refresh(ctx context.Context) error {
	r.refreshing.Lock()
	defer r.refreshing.Unlock()
	revision, err := r.store.RulesRevision(ctx)
	if err != nil || revision == r.revision {
		return err
	}
	list, err := r.store.IntakeRules(ctx)
	if err != nil {
		return err
	}
	r.book.Store(NewRulebook(list))
	r.revision = revision
	return nil
}

// List returns an account's rules in their order.
func (r *Rules) List(ctx context.Context, account channels.AccountID) ([]Rule, error) {
	list, err := r.store.IntakeRules(ctx)
	return slices.DeleteFunc(list, func(x Rule) bool { return x.AccountID != account }), err
}

// Get returns one.
func (r *Rules) Get(ctx context.Context, id RuleID) (Rule, error) {
	list, err := r.store.IntakeRules(ctx)
	if err != nil {
		return Rule{}, err
	}
	i := slices.IndexFunc(list, func(x Rule) bool { return x.ID == id })
	if i < 0 {
		return Rule{}, ErrNoRule
	}
	return list[i], nil
}

// Change changes a rule as it is, when that is still the version that the caller went by (0 = none).
func (r *Rules) Change(ctx context.Context, id RuleID, seen int64, change func(*Rule)) (after Rule, err error) {
	err = r.store.Write(ctx, func(ctx context.Context) error {
		if err := r.store.LockRules(ctx); err != nil {
			return err
		}
		x, err := r.Get(ctx, id)
		if err != nil {
			return err
		}
		now := x
		change(&x)
		refused := r.check(ctx, &x)
		if err := fault.Stale("intake_rule", seen, now, x, refused); err != nil {
			return err
		}
		x.UpdatedAt = r.now().UTC().Truncate(time.Microsecond)
		after = x
		return r.store.PutIntakeRule(ctx, &x)
	})
	if err != nil {
		return Rule{}, err
	}
	return after, r.Refresh(ctx)
}

// Add adds a rule.
func (r *Rules) Add(ctx context.Context, x Rule) (Rule, error) {
	if err := r.check(ctx, &x); err != nil {
		return Rule{}, err
	}
	x.UpdatedAt = r.now().UTC().Truncate(time.Microsecond)
	err := r.store.Write(ctx, func(ctx context.Context) error {
		ids, err := r.store.NextIDs(ctx, 1)
		if err != nil {
			return err
		}
		x.ID, x.CreatedAt = RuleID(ids[0]), x.UpdatedAt
		return r.store.PutIntakeRule(ctx, &x)
	})
	if err != nil {
		return Rule{}, fmt.Errorf("add intake rule: %w", err)
	}
	return x, r.Refresh(ctx)
}

// Order puts an account's rules into another order, all at once. The order that the caller
// saw must be that of now.
func (r *Rules) Order(ctx context.Context, account channels.AccountID, was, ids []RuleID) error {
	err := r.store.Write(ctx, func(ctx context.Context) error {
		if err := r.store.LockRules(ctx); err != nil {
			return err
		}
		list, err := r.List(ctx, account)
		if err != nil {
			return err
		}
		have := make([]RuleID, len(list))
		for i := range list {
			have[i] = list[i].ID
		}
		if err := rules.CheckOrder(have, was, ids); err != nil {
			return err
		}
		for i := range list {
			x := &list[i]
			x.Position = int64(slices.Index(ids, x.ID) + 1)
			if err := r.store.PutIntakeRule(ctx, x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.Refresh(ctx)
}

// Delete removes one.
func (r *Rules) Delete(ctx context.Context, id RuleID) error {
	err := r.store.Write(ctx, func(ctx context.Context) error {
		found, err := r.store.DeleteIntakeRule(ctx, id)
		if err == nil && !found {
			err = ErrNoRule
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.Refresh(ctx)
}

const maxReject = 1000 // characters of the text that the sender gets

// check makes a rule storable and refuses what cannot work.
func (r *Rules) check(ctx context.Context, x *Rule) error {
	var bad fault.Collector
	x.Name = strings.Join(strings.Fields(contact.Storable(x.Name)), " ")
	if n := len([]rune(x.Name)); n == 0 || n > 200 {
		bad.Add("name", "required", fault.T("Назовите правило, не длиннее 200 знаков.", "Give the rule a name of at most 200 characters."))
	}
	if x.Then.Priority != "" && !slices.Contains([]inbox.Priority{inbox.Low, inbox.Normal, inbox.High, inbox.Urgent}, x.Then.Priority) {
		bad.Add("then.priority", "choice", fault.T("Возможны: low, normal, high, urgent.", "One of: low, normal, high, urgent."))
	}
	if x.Then.RequestType = contact.Storable(x.Then.RequestType); len([]rune(x.Then.RequestType)) > 100 {
		bad.Add("then.request_type", "too_long", fault.T("Не длиннее 100 знаков.", "At most 100 characters."))
	}
	if x.Then.Reject = strings.TrimSpace(contact.Storable(x.Then.Reject)); len([]rune(x.Then.Reject)) > maxReject {
		bad.Add("then.reject", "too_long", fault.T("Не длиннее 1000 знаков.", "At most 1000 characters."))
	}
	if (x.Then.Ignore || x.Then.Reject != "") && x.Then != (Then{Ignore: x.Then.Ignore}) && x.Then != (Then{Reject: x.Then.Reject}) {
		bad.Add("then", "alone", fault.T("Отклонить или оставить без внимания можно только целиком: уберите остальное.", "What is rejected or ignored opens nothing: take the rest away."))
	}
	if x.Then == (Then{}) {
		bad.Add("then", "required", fault.T("Правило ничего не меняет: выберите, что сделать.", "The rule changes nothing: choose what it does."))
	}
	_, err := ruleSchema.Compile(x.Conditions, "conditions")
	if err = bad.Merge(err); err != nil {
		return err
	}
	if x.Then.Team != 0 {
		if ok, err := r.store.TeamExists(ctx, x.Then.Team); err != nil {
			return err
		} else if !ok {
			bad.Add("then.team_id", "gone", fault.T("Такой группы больше нет.", "There is no such team any more."))
		}
	}
	if x.Then.Assignee != 0 {
		if ok, err := r.store.Assignable(ctx, x.Then.Assignee); err != nil {
			return err
		} else if !ok {
			bad.Add("then.assignee_id", "gone", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."))
		}
	}
	return bad.Err()
}
