package views

import (
	"slices"
	"strings"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
)

// ID identifies a view.
type ID int64

// View is a list of conversations under a name. Rows look alike in every list of the desk,
// so a view has an order and no columns of its own.
type View struct {
	ID         ID
	Name       string
	Scope      router.Scope
	Owner      inbox.AgentID // who made it or made it their own, and alone sees one that is Mine
	Team       inbox.TeamID  // of one for a Team
	Conditions rules.Condition
	Sort       inbox.Sort
	// Problem says why the view no longer shows what was meant; the zero Text is no reason.
	Problem   fault.Text
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Bounds of what is kept.
const (
	MaxOwn    = 50  // views that are one person's own
	MaxShared = 100 // views for teams and for everybody, together
	maxName   = 80  // characters: they stand in the desk's navigation
)

// What is refused.
var (
	ErrNoView  = fault.New(fault.NotFound, "view_not_found", fault.T("Такого списка нет.", "There is no such view."))
	errTooMany = fault.New(fault.Conflict, "too_many_views", fault.T("Списков уже слишком много: удалите ненужные.", "There are too many views already: remove what nobody needs."))
)

// Version names the state that a change goes by.
func (w View) Version() int64 {
	return fault.Fingerprint(w.Name, w.Scope, w.Team, w.Conditions, w.Sort)
}

// sees tells whether a viewer may use the view.
func (w *View) sees(v actor.Viewer) bool {
	switch w.Scope {
	case router.Mine:
		return v.AgentID != 0 && int64(w.Owner) == v.AgentID
	case router.Team:
		return v.Scope == actor.All || slices.Contains(v.Teams, int64(w.Team))
	}
	return true
}

// check makes a view storable and refuses what cannot work. It does not look into other
// rooms.
func (w *View) check(v actor.Viewer) (*rules.Rule, error) {
	var bad fault.Collector
	w.Name = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(w.Name, "\x00", ""), "")), " ")
	if w.Name == "" {
		bad.Add("name", "required", fault.T("Назовите список.", "Give the view a name."))
	}
	if len([]rune(w.Name)) > maxName {
		bad.Add("name", "too_long", fault.T("Не длиннее 80 знаков.", "At most 80 characters."))
	}
	switch {
	case !slices.Contains([]router.Scope{router.Mine, router.Team, router.All}, w.Scope):
		bad.Add("scope", "choice", fault.T("Возможны: mine, team, all.", "One of: mine, team, all."))
	case w.Scope == router.Mine && v.AgentID == 0:
		bad.Add("scope", "person", fault.T("У ключа нет своих списков: выберите team или all.", "A key has no views of its own: choose team or all."))
	case w.Scope == router.Team && w.Team == 0:
		bad.Add("team_id", "required", fault.T("Укажите группу.", "Say which team."))
	case w.Scope != router.Team:
		w.Team = 0
	}
	rule, err := w.compile(&bad)
	if err != nil {
		return nil, err
	}
	return rule, bad.Err()
}

// compile checks what a view shows, apart from its name and its readers.
func (w *View) compile(bad *fault.Collector) (*rules.Rule, error) {
	if w.Sort == "" {
		w.Sort = inbox.Newest
	}
	if !slices.Contains([]inbox.Sort{inbox.Newest, inbox.Oldest, inbox.Due}, w.Sort) {
		bad.Add("sort", "choice", fault.T("Возможны: newest, oldest, due.", "One of: newest, oldest, due."))
	}
	rule, err := schema.Compile(w.Conditions, "conditions")
	return rule, bad.Merge(err)
}
