package events

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"parley/inbox/actor"
	"parley/internal/live"
)

// What happens for a moment on one node is told to the others where there is a way to
// tell them; see Options.Across. Losing it loses nothing but the moment.

// The topics between nodes.
const (
	acrossMoment = "moment"
	acrossHere   = "here"
)

// Of the agents that other nodes have told of.
const (
	tellEvery = 10 * time.Second
	believe   = 3 * tellEvery // a node that is not heard of for so long has nobody
)

// moment is an event without a place in the feed, as it travels between nodes.
type moment struct {
	Type     string          `json:"type"`
	Data     json.RawMessage `json:"data"`
	Sights   []actor.Sight   `json:"sights,omitempty"`
	Everyone bool            `json:"everyone,omitempty"`
	Except   int64           `json:"except,omitempty"`
}

// tellMoment passes an event on to the other nodes.
func (f *Feed) tellMoment(e *live.Event, a *audience) {
	f.tell(acrossMoment, moment{Type: e.Type, Data: e.Data, Sights: a.sights, Everyone: a.everyone, Except: a.except})
}

func (f *Feed) tell(topic string, what any) {
	if f.across == nil {
		return
	}
	if body, err := json.Marshal(what); err == nil { // ids, strings and JSON are always JSON
		f.across(topic, body)
	}
}

// Heard takes what another node told; from names the node. Topics that it does not know
// are left to others.
func (f *Feed) Heard(from, topic string, body []byte) {
	switch topic {
	case acrossMoment:
		var m moment
		if json.Unmarshal(body, &m) != nil || m.Type == "" || !json.Valid(m.Data) {
			return
		}
		if m.Type == peopleChanged {
			f.people.send()
		}
		f.agents.Publish(&live.Event{Type: m.Type, Data: m.Data, Audience: &audience{sights: m.Sights, everyone: m.Everyone, except: m.Except}})
	case acrossHere:
		var agents []int64
		if json.Unmarshal(body, &agents) == nil {
			f.here.hear(from, agents, time.Now())
		}
	}
}

// tellHere tells the other nodes, now and then, which agents have a page open on this
// one, and forgets nodes that tell no more.
func (f *Feed) tellHere(ctx context.Context) {
	tick := time.NewTicker(tellEvery)
	defer tick.Stop()
	for {
		f.tell(acrossHere, f.here.list())
		select {
		case <-ctx.Done():
			f.tell(acrossHere, []int64{})
			return
		case <-f.here.changed:
		case <-tick.C:
		}
		for _, agent := range f.here.forget(time.Now()) {
			f.tellPresence(ctx, agent, false)
		}
	}
}

// others are the agents that have a page open on other nodes, by node.
type others map[string]attended

type attended struct {
	agents []int64
	until  time.Time
}

// hear notes which agents are on another node.
func (a *attendance) hear(node string, agents []int64, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.others == nil {
		a.others = others{}
	}
	if len(agents) == 0 {
		delete(a.others, node)
		return
	}
	a.others[node] = attended{agents, now.Add(believe)}
}

// forget drops nodes that were not heard of for long, and returns the agents who are
// nowhere now.
func (a *attendance) forget(now time.Time) (gone []int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for node, who := range a.others {
		if now.Before(who.until) {
			continue
		}
		delete(a.others, node)
		gone = append(gone, who.agents...)
	}
	return slices.DeleteFunc(gone, func(agent int64) bool { return a.present(agent) })
}

// present tells whether an agent is here or on another node. The caller holds mu.
func (a *attendance) present(agent int64) bool {
	if a.open[agent] > 0 || a.going[agent] != nil {
		return true
	}
	for _, who := range a.others {
		if slices.Contains(who.agents, agent) {
			return true
		}
	}
	return false
}

// list are the agents who are here.
func (a *attendance) list() []int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	list := slices.Collect(maps.Keys(a.open))
	for agent := range a.going {
		list = append(list, agent)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
