package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/assign"
	"parley/router/sla"
)

var _ assign.Store = (*DB)(nil)

const (
	// routingLock is the advisory lock of a node that hands conversations out.
	routingLock int64 = feedLock + 18

	settingWeights = "channel_weights"
	offerCols      = `conversation_id, team_id, agent_id, since, next_at, tried, visited, offered`
)

var (
	turnTable  = newTable("team_turns", "team_id, agent_id, turn", " ON CONFLICT (team_id, agent_id) DO UPDATE SET turn = excluded.turn")
	offerTable = newTable("routing_offers", offerCols, ` ON CONFLICT (conversation_id) DO UPDATE SET team_id = excluded.team_id, agent_id = excluded.agent_id,
		since = excluded.since, next_at = excluded.next_at, tried = excluded.tried, visited = excluded.visited, offered = excluded.offered`)
	offersOf   = newKeys(`SELECT `+offerCols+` FROM routing_offers WHERE conversation_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	dropOffers = newKeys(`DELETE FROM routing_offers WHERE conversation_id IN (SELECT column1 FROM %s AS v) RETURNING conversation_id`, "BIGINT")
)

// HandsOut tells whether any team hands out, or anything waits to be passed on.
func (db *DB) HandsOut(ctx context.Context) (bool, error) {
	var n int64
	found, err := db.one(ctx, `SELECT 1 FROM teams WHERE strategy NOT IN ('', 'manual') UNION ALL SELECT 1 FROM routing_offers WHERE next_at > 0 LIMIT 1`, nil, &n)
	return found, err
}

// LockRouting makes other nodes wait with handing out until the transaction ends.
func (db *DB) LockRouting(ctx context.Context) error { return db.Lock(ctx, []int64{routingLock}) }

// Weights returns what channels weigh.
func (db *DB) Weights(ctx context.Context) (assign.Weights, error) {
	w := assign.Weights{}
	value, found, err := db.Setting(ctx, settingWeights)
	if err != nil || !found {
		return w, err
	}
	return w, json.Unmarshal([]byte(value), &w)
}

// SetWeights changes what channels weigh.
func (db *DB) SetWeights(ctx context.Context, w assign.Weights) error {
	return db.SetSetting(ctx, settingWeights, jsonMap(w))
}

// LabelNames returns the names of labels.
func (db *DB) LabelNames(ctx context.Context) (map[inbox.LabelID]string, error) {
	out := map[inbox.LabelID]string{}
	err := db.each(ctx, `SELECT id, name FROM labels`, nil, func(row *sql.Rows) error {
		var id inbox.LabelID
		var name string
		err := row.Scan(&id, &name)
		out[id] = name
		return err
	})
	return out, err
}

// Board reads who is there, how busy, and how teams hand out.
func (db *DB) Board(ctx context.Context, now time.Time) (*assign.Board, error) {
	b := &assign.Board{Teams: map[inbox.TeamID]*assign.Team{}, Agents: map[inbox.AgentID]*assign.Agent{}, Now: now}
	var err error
	if b.Weights, err = db.Weights(ctx); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, *assign.Board, time.Time) error{db.boardAgents, db.boardTeams, db.boardLoads} {
		if err := read(ctx, b, now); err != nil {
			return nil, fmt.Errorf("read routing board: %w", err)
		}
	}
	return b, nil
}

func (db *DB) boardAgents(ctx context.Context, b *assign.Board, now time.Time) error {
	return db.each(ctx, `SELECT a.id, a.presence, a.capacity, a.skills, a.access_accounts,
			EXISTS (SELECT 1 FROM absences x WHERE x.agent_id = a.id AND x.from_at <= $1 AND x.to_at > $1 AND x.state <> 'over')
		FROM agents a WHERE NOT a.disabled ORDER BY a.id`, []any{micros(now)}, func(row *sql.Rows) error {
		a := &assign.Agent{}
		err := row.Scan(&a.ID, &a.Presence, &a.Capacity, jsonCol{&a.Skills}, jsonCol{&a.Accounts}, &a.Absent)
		b.Agents[a.ID] = a
		return err
	})
}

func (db *DB) boardTeams(ctx context.Context, b *assign.Board, _ time.Time) error {
	err := db.each(ctx, `SELECT t.id, t.strategy, t.timeout_seconds, t.overflow_team_id, t.head_id, t.sticky, t.member_order,
			COALESCE(s.time_zone, ''), COALESCE(s.intervals, ''), COALESCE(s.holidays, '')
		FROM teams t LEFT JOIN schedules s ON s.id = t.schedule_id`, nil, func(row *sql.Rows) error {
		t := &assign.Team{Turns: map[inbox.AgentID]int64{}}
		var seconds int64
		var zone string
		var intervals []sla.Interval
		var holidays []sla.Holiday
		err := row.Scan(&t.ID, &t.Strategy, &seconds, &t.Overflow, &t.Head, &t.Sticky, jsonCol{&t.Order}, &zone, jsonCol{&intervals}, jsonCol{&holidays})
		if made, bad := sla.NewSchedule(zone, intervals, holidays); zone != "" && bad == nil {
			t.Hours = made // one that no longer makes a schedule is none: nobody's messages may wait for ever
		}
		t.Strategy = cmp.Or(t.Strategy, assign.Manual)
		t.Timeout = time.Duration(seconds) * time.Second
		b.Teams[t.ID] = t
		return err
	})
	if err != nil {
		return err
	}
	return db.each(ctx, `SELECT m.team_id, m.agent_id, COALESCE(t.turn, 0) FROM team_members m
		LEFT JOIN team_turns t ON t.team_id = m.team_id AND t.agent_id = m.agent_id ORDER BY m.team_id, m.agent_id`, nil, func(row *sql.Rows) error {
		var team inbox.TeamID
		var agent inbox.AgentID
		var turn int64
		err := row.Scan(&team, &agent, &turn)
		if t := b.Teams[team]; t != nil && b.Agents[agent] != nil {
			t.Members, t.Turns[agent] = append(t.Members, agent), turn
		}
		b.Turn = max(b.Turn, turn)
		return err
	})
}

func (db *DB) boardLoads(ctx context.Context, b *assign.Board, _ time.Time) error {
	return db.each(ctx, `SELECT c.assignee_id, COALESCE(a.kind, ''), COUNT(*) FROM agents g JOIN conversations c ON c.assignee_id = g.id AND c.status <> 'closed' AND c.status = 'open'
		LEFT JOIN accounts a ON a.id = c.account_id WHERE NOT g.disabled GROUP BY c.assignee_id, a.kind`, nil, func(row *sql.Rows) error {
		var id inbox.AgentID
		var kind string
		var n int
		err := row.Scan(&id, &kind, &n)
		if a := b.Agents[id]; a != nil {
			a.Load += n * b.Weights.Of(kind)
			a.Held += n
		}
		return err
	})
}

// AnyUnassigned tells whether any team that hands out has a conversation that waits.
func (db *DB) AnyUnassigned(ctx context.Context) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT 1 FROM teams t WHERE t.strategy NOT IN ('', 'manual') AND EXISTS (SELECT 1 FROM conversations c
		WHERE c.unanswered AND c.team_id = t.id AND c.assignee_id = 0 AND c.status = 'open') LIMIT 1`, nil, &n)
}

// Queues returns what waits to be handed out and the viewer may see, by team, and under 0 what is of no team.
func (db *DB) Queues(ctx context.Context, v actor.Viewer) ([]assign.Queue, error) {
	b := &builder{}
	waits := `FROM conversations c WHERE c.unanswered AND c.team_id = t.id AND c.assignee_id = 0 AND c.status = 'open' AND ` + visible(b, v, sightOf("c", "assignee_id"))
	var list []assign.Queue
	err := db.each(ctx, `SELECT t.id, (SELECT COUNT(*) FROM (SELECT 1 `+waits+` LIMIT 1000) AS n),
			COALESCE((SELECT c.waiting_since `+waits+` ORDER BY c.waiting_since, c.id LIMIT 1), 0)
		FROM (SELECT id FROM teams UNION ALL SELECT 0) AS t ORDER BY t.id`, b.args, func(row *sql.Rows) error {
		var q assign.Queue
		err := row.Scan(&q.Team, &q.Waiting, timeCol{&q.Oldest})
		list = append(list, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return list, nil
}

// PutTurns notes who had a turn.
func (db *DB) PutTurns(ctx context.Context, list []assign.Turn) error {
	return put(ctx, db, turnTable, list, func(args []any, t assign.Turn) []any { return append(args, int64(t.Team), int64(t.Agent), t.Turn) })
}

// Unassigned returns conversations of a team that wait to be handed out; see assign.Store.
func (db *DB) Unassigned(ctx context.Context, team inbox.TeamID, fresh bool, after assign.Place, limit int) ([]assign.Place, error) {
	b := &builder{}
	b.add(`SELECT c.id, c.waiting_since FROM conversations c WHERE c.unanswered AND c.team_id = `, b.arg(int64(team)), ` AND c.assignee_id = 0 AND c.status = 'open'`)
	if fresh {
		b.add(` AND NOT EXISTS (SELECT 1 FROM routing_offers o WHERE o.conversation_id = c.id AND o.team_id = c.team_id)`)
	}
	if after.ID != 0 {
		b.add(` AND (c.waiting_since, c.id) > (`, b.arg(micros(after.Since)), `, `, b.arg(int64(after.ID)), `)`)
	}
	b.add(` ORDER BY c.waiting_since, c.id LIMIT `, b.arg(int64(limit)))
	var list []assign.Place
	err := db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var p assign.Place
		err := row.Scan(&p.ID, timeCol{&p.Since})
		list = append(list, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find who waits: %w", err)
	}
	return list, nil
}

func scanOffer(row scanner) (o assign.Offer, err error) {
	err = row.Scan(&o.Conversation, &o.Team, &o.Agent, timeCol{&o.Since}, timeCol{&o.Next}, jsonCol{&o.Tried}, jsonCol{&o.Visited}, jsonCol{&o.Offered})
	return o, err
}

// Offers returns what was decided last about conversations.
func (db *DB) Offers(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID]assign.Offer, error) {
	out := map[inbox.ConversationID]assign.Offer{}
	err := lookup(ctx, db, offersOf, of, idArg, func(row scanner) error {
		o, err := scanOffer(row)
		out[o.Conversation] = o
		return err
	})
	return out, err
}

// PutOffers notes what was decided; of several about one conversation the last counts.
func (db *DB) PutOffers(ctx context.Context, list []assign.Offer) error {
	var last []assign.Offer
	for i := range list {
		if !slices.ContainsFunc(list[i+1:], func(o assign.Offer) bool { return o.Conversation == list[i].Conversation }) {
			last = append(last, list[i])
		}
	}
	return put(ctx, db, offerTable, last, func(args []any, o assign.Offer) []any {
		return append(args, int64(o.Conversation), int64(o.Team), int64(o.Agent), micros(o.Since), micros(o.Next), jsonList(o.Tried), jsonList(o.Visited), jsonList(o.Offered))
	})
}

// DropOffers forgets what was decided.
func (db *DB) DropOffers(ctx context.Context, of []inbox.ConversationID) error {
	return lookup(ctx, db, dropOffers, of, idArg, func(row scanner) error {
		var id int64
		return row.Scan(&id)
	})
}

// DueOffers returns those that are to be passed on by now.
func (db *DB) DueOffers(ctx context.Context, now time.Time, limit int) ([]assign.Offer, error) {
	var list []assign.Offer
	err := db.each(ctx, `SELECT `+offerCols+` FROM routing_offers WHERE next_at > 0 AND next_at <= $1 ORDER BY next_at, conversation_id LIMIT $2`,
		[]any{micros(now), int64(limit)}, func(row *sql.Rows) error {
			o, err := scanOffer(row)
			list = append(list, o)
			return err
		})
	return list, err
}
