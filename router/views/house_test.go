package views_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/routertest"
	"parley/router/rules"
	"parley/router/views"
)

// house is a database full of conversations that differ in whatever conditions ask for.
type house struct {
	*routertest.World
	views *views.Service
	leads *pipeline.Service
	ids   []inbox.ConversationID
}

const (
	tom    = auth.AgentID(2)
	others = auth.TeamID(11)
)

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := &house{World: routertest.New(t, db, 0)}
		h.views, h.leads = views.New(db, h.Now), pipeline.New(db, h.Now)
		h.Staff()
		h.Write(func(ctx context.Context) error {
			if err := db.InsertAgent(ctx, auth.Agent{ID: tom, Email: "tom@example.com", Name: "Tom", Role: auth.RoleAgent, CreatedAt: h.Now()}); err != nil {
				return err
			}
			for id, name := range map[inbox.LabelID]string{30: "Night", 31: "Заказ"} {
				if _, err := db.PutLabel(ctx, inbox.Label{ID: id, Name: name, Color: "#112233"}); err != nil {
					return err
				}
			}
			return db.InsertTeam(ctx, auth.Team{ID: others, Name: "Others", MemberIDs: []auth.AgentID{tom}, CreatedAt: h.Now()})
		})
		run(t, h)
	})
}

// fill makes conversations of many kinds.
func (h *house) fill(n int) {
	h.T.Helper()
	names := []string{"Ann Lee", "Ёлкин Пётр", "елка", "Bob  Ray", ""}
	for i := range n {
		h.Pass(17 * time.Minute)
		id := h.Deliver(channels.Event{
			Key: channels.EventKey(fmt.Sprint("k", i)), Direction: channels.Inward, Chat: fmt.Sprint("chat", i),
			Sender:  channels.Sender{Scope: "visitor", Address: fmt.Sprint("chat", i), Name: names[i%len(names)]},
			Message: &channels.Message{Text: "Цена?"},
		})
		h.ids = append(h.ids, id)
		h.vary(id, i)
	}
}

// vary gives a conversation what others do not have.
func (h *house) vary(id inbox.ConversationID, i int) {
	h.T.Helper()
	p := inbox.Patch{}
	set := func(on bool, change func()) {
		if on {
			change()
		}
	}
	set(i%2 == 0, func() { a := inbox.AgentID(1 + i/2%2); p.Assignee = &a })
	set(i%3 == 0, func() { t := inbox.TeamID(10 + i/3%2); p.Team = &t })
	set(i%4 == 1, func() { x := inbox.High; p.Priority = &x })
	set(i%5 == 2, func() { l := []inbox.LabelID{inbox.LabelID(30 + i%2)}; p.Labels = &l })
	set(i%7 == 3, func() { l := []inbox.LabelID{30, 31}; p.Labels = &l })
	set(i%6 == 4, func() { s := inbox.Pending; p.Status = &s })
	set(i%6 == 5, func() { s := inbox.Closed; p.Status = &s })
	set(i%8 == 3, func() { s := "Ёлка, 5 м"; p.Subject = &s })
	_, err := h.Inbox.Patch(h.T.Context(), actor.System(), id, p)
	h.must(err)
	if i%3 == 1 {
		_, err = h.Inbox.Write(h.T.Context(), viewer(routertest.Jane), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Сто."})
		h.must(err)
	}
	if i%4 == 0 {
		h.must(h.Inbox.MarkRead(h.T.Context(), viewer(routertest.Jane), id, 1))
	}
}

func (h *house) must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// page is one page of a list by conditions.
func (h *house) page(v actor.Viewer, c rules.Condition, f inbox.Filter) inbox.Page[inbox.Row] {
	h.T.Helper()
	w := h.save(views.View{Scope: "all", Name: "x", Conditions: c})
	f.Where, _, _ = h.views.Where(h.T.Context(), v, w.ID)
	page, err := h.Inbox.List(h.T.Context(), v, f)
	h.must(err)
	h.must(h.views.Delete(h.T.Context(), v, w.ID))
	return page
}

func (h *house) save(w views.View) views.View {
	h.T.Helper()
	w, err := h.views.Add(h.T.Context(), viewer(routertest.Jane), w)
	h.must(err)
	return w
}

// viewer sees everything.
func viewer(id auth.AgentID) actor.Viewer { return routertest.Viewer(id, "Somebody") }

// bound sees what is of some teams and of nobody's, or one's own.
func bound(id auth.AgentID, teams ...int64) actor.Viewer {
	v := viewer(id)
	v.Scope, v.Teams = actor.Team, teams
	return v
}

func own(id auth.AgentID) actor.Viewer {
	v := viewer(id)
	v.Scope = actor.Own
	return v
}
