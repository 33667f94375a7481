package store

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// shelf is a table of things that somebody keeps for themselves, for a team or for all, and the
// event by which open pages of those who may use them hear of a change.
type shelf struct{ table, event string }

var (
	viewShelf  = shelf{"views", "view.updated"}
	macroShelf = shelf{"macros", "macro.updated"}
	quickShelf = shelf{"quick_replies", "quick-reply.updated"}
)

// changeShared changes the thing with an id, and tells those who could use it and those who can.
func (db *DB) changeShared(ctx context.Context, s shelf, id int64, change func() error) error {
	before, had, _, err := db.usedBy(ctx, s, id)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, has, at, err := db.usedBy(ctx, s, id)
	if err != nil {
		return err
	}
	if !has { // nothing says when, but what happened last
		if _, err := db.one(ctx, `SELECT at FROM feed ORDER BY id DESC LIMIT 1`, nil, timeCol{&at}); err != nil {
			return fmt.Errorf("read feed: %w", err)
		}
	}
	var list []inbox.Notice
	tell := func(sight actor.Sight) {
		list = append(list, inbox.Notice{At: at, Type: s.event, ObjectID: id, Moved: sight != actor.Sight{}, Was: sight})
	}
	everybody := actor.Sight{}
	if had && (!has || after != everybody) {
		tell(before)
	}
	if has && (!had || after != before || after == everybody) {
		tell(after)
	}
	return db.Save(ctx, &inbox.Changes{Feed: list})
}

// usedBy tells who may use a thing: an agent, the members of a team, or all, who are the zero
// value, and when it was changed.
func (db *DB) usedBy(ctx context.Context, s shelf, id int64) (who actor.Sight, found bool, at time.Time, err error) {
	var scope string
	var owner, team int64
	found, err = db.one(ctx, `SELECT scope, owner_id, team_id, updated_at FROM `+s.table+` WHERE id = $1`, []any{id}, &scope, &owner, &team, timeCol{&at})
	switch router.Scope(scope) {
	case router.Mine:
		who.AgentID = owner
	case router.Team:
		who.TeamID = team
	}
	if err != nil {
		err = fmt.Errorf("read whose it is: %w", err)
	}
	return who, found, at, err
}
