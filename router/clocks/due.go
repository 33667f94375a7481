package clocks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router"
)

// batch is how many conversations one transaction looks at.
const batch = 100

// Due looks at clocks whose time has come, a batch of them, and says how many
// conversations it saw; 0 means that nothing is due.
func (s *Service) Due(ctx context.Context) (seen int, err error) {
	page, err := s.current(ctx)
	if err != nil {
		return 0, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		seen = 0
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		ids, err := s.store.DueClocks(ctx, s.time(), batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		w, err := s.open(ctx, page, ids)
		if err != nil {
			return err
		}
		// Under the conversations' locks nothing new can come in: what was answered before
		// the lock is either applied or waits in a job, and then the job decides.
		waiting, err := s.store.UnappliedChanges(ctx, w.ids)
		if err != nil {
			return fmt.Errorf("look for changes: %w", err)
		}
		for _, id := range w.ids {
			if waiting[id] {
				continue
			}
			w.desks[id].stop()
			if err := w.ring(ctx, id); err != nil {
				return err
			}
		}
		seen = len(ids)
		return w.save(ctx)
	})
	return seen, err
}

// ring lets what is due of a conversation warn and breach. Of promises that were made when it waited already,
// colleagues are told of one alone, of what was missed rather than of what is near: they all say that somebody waits
// for long.
func (w *work) ring(ctx context.Context, id inbox.ConversationID) error {
	list := w.desks[id].due(w.now)
	slices.SortStableFunc(list, func(a, b ring) int { return rank(a) - rank(b) })
	told := false
	for _, r := range list {
		w.note(r)
		if r.clock.belated && told {
			continue
		}
		heard, err := w.tell(ctx, r)
		if err != nil {
			return err
		}
		told = told || r.clock.belated && heard
	}
	if told && w.sweep != nil && w.sweep.Told < apiece {
		w.sweep.Told++
	}
	return nil
}

// apiece is of how many conversations that were promised something too late one sweep tells colleagues one by one. Of
// all behind them everybody who is to hear gets one summary: the list shows them, and thousands of alerts hide it.
const apiece = 20

// summary turns what a hearer is told into the sweep's summary, where it has told of enough. It is about the
// conversation only as an example, which decides who may hear of it.
func (w *work) summary(r ring, n *router.Telling) bool {
	if !r.clock.belated || w.sweep == nil || w.sweep.Told < apiece {
		return false
	}
	n.About, n.Key, n.Number = "overdue", "clock.overdue:"+w.sweep.Revision, 0
	n.Words = fault.T("Много диалогов ждёт дольше, чем обещано.", "Many conversations wait for longer than was promised.")
	return true
}

// rank puts what was missed before what is near.
func rank(r ring) int {
	if r.breached {
		return 0
	}
	return 1
}

// event names what has happened to the clock.
func (r ring) event() string {
	if r.breached {
		return "clock.breached"
	}
	return "clock.warned"
}

// note puts a warning or a breach into the timeline and the feed.
func (w *work) note(r ring) {
	c, typ := r.clock, r.event()
	cause := actor.Cause{Kind: actor.Clock, ID: int64(c.ID)}
	w.out.Enter(w.supply.id(), c.Conversation, typ, cause, w.now, map[string]any{
		"metric": c.Metric, "due_at": c.DueAt, "policy_id": strconv.FormatInt(int64(c.Policy), 10), "policy": c.PolicyName, "clock_id": strconv.FormatInt(int64(c.ID), 10),
	})
	w.out.Feed = append(w.out.Feed, inbox.Notice{At: w.now, Type: typ, ObjectID: int64(c.ID), ConversationID: c.Conversation, Cause: cause})
}

// tell tells colleagues of a warning or a breach, and says whether any of them heard.
func (w *work) tell(ctx context.Context, r ring) (heard bool, err error) {
	c := r.clock
	p := w.page.policy(c.Policy)
	if p == nil {
		return false, nil
	}
	whom := p.WarnWhom
	if r.breached {
		whom = p.BreachWhom
	}
	of := w.of[c.Conversation].Conversation
	told := map[inbox.AgentID]bool{}
	for _, who := range whom {
		n := router.Telling{Conversation: of.ID, Number: of.Number, Words: w.words(r), About: "warning", Key: r.event() + ":" + strconv.FormatInt(int64(c.ID), 10), At: w.now}
		if r.breached {
			n.About = "breach"
		}
		switch who {
		case TellAssignee:
			n.Agent = of.AssigneeID
		case TellTeam:
			n.Team = of.TeamID
		case TellHead:
			if n.Agent, err = w.head(ctx, of.TeamID); err != nil {
				return heard, err
			}
			if r.breached && n.Agent != of.AssigneeID {
				n.About = "escalation"
			}
		}
		if n.Agent == 0 && n.Team == 0 || told[n.Agent] && n.Agent != 0 {
			continue
		}
		told[n.Agent] = true
		to, sum := hearer{n.Agent, n.Team}, w.summary(r, &n)
		if sum && w.summed[to] {
			heard = true
			continue
		}
		many, err := w.outside.Tell(ctx, n)
		if err != nil {
			return heard, fmt.Errorf("tell colleagues: %w", err)
		}
		heard = heard || many > 0
		if sum && many > 0 {
			w.summed[to] = true
		}
	}
	return heard, nil
}

// head returns who heads a team, asked once per transaction.
func (w *work) head(ctx context.Context, team inbox.TeamID) (inbox.AgentID, error) {
	if id, known := w.heads[team]; known {
		return id, nil
	}
	id, err := w.store.HeadOf(ctx, team)
	if err != nil {
		return 0, fmt.Errorf("find head: %w", err)
	}
	w.heads[team] = id
	return id, nil
}

var metricWords = map[Metric]fault.Text{
	FirstResponse: fault.T("первый ответ", "the first answer"),
	NextResponse:  fault.T("следующий ответ", "the next answer"),
	Resolution:    fault.T("решение", "the resolution"),
}

func (w *work) words(r ring) fault.Text {
	m, at := metricWords[r.clock.Metric], r.clock.DueAt.Format(time.RFC3339)
	if r.breached {
		return fault.T("Срок нарушен: "+m.RU+", срок был "+at+", правило «"+r.clock.PolicyName+"».", "Deadline missed: "+m.EN+" was due "+at+" by the policy “"+r.clock.PolicyName+"”.")
	}
	return fault.T("Срок близко: "+m.RU+" нужен к "+at+", правило «"+r.clock.PolicyName+"».", "Deadline near: "+m.EN+" is due "+at+" by the policy “"+r.clock.PolicyName+"”.")
}
