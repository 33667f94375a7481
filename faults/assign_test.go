//go:build unix

package faults_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// The size of a Monday morning.
const (
	waitingAtOnce = 500
	comingAtOnce  = 50
)

// TestHandingOutUnderKills lets fifty people come online while five hundred wait, on two nodes
// that are killed in the middle of handing out. Everybody gets an equal share in the end, and
// nothing was given twice.
func TestHandingOutUnderKills(t *testing.T) {
	t.Parallel()
	n := &nodes{t: t, program: program.Build(t, ""), redis: testenv.StartRedis(t)}
	n.env = []string{
		"PARLEY_DATABASE=" + testenv.DurablePostgres(t), "PARLEY_REDIS=" + n.redis.URL, "PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATA=" + t.TempDir(),
	}
	n.key = n.program.MustRun(t, n.env, "apikey", "create", "--name", "morning")
	for i := range n.server {
		n.address[i] = program.FreeAddress(t)
		n.start(i)
	}
	n.api(0).post("/setup", map[string]any{"name": "Maria", "email": "maria@example.com", "password": "kettle on the porch", "language": "en"}, nil)
	for round := range max(1, nodeRounds(t)/len(faultsOfNodes)) {
		n.morning(round)
	}
}

// morning is one such morning, with people, a team and an account of its own.
func (n *nodes) morning(round int) {
	n.t.Helper()
	a := n.api(0)
	var people []string
	for i := range comingAtOnce {
		var made struct{ ID string }
		a.post("/agents", map[string]any{
			"email": fmt.Sprintf("a%d.%d@example.com", round, i), "name": fmt.Sprintf("Agent %d of morning %d", i, round), "role": "agent", "language": "en",
			"presence": "offline", "capacity": waitingAtOnce / comingAtOnce,
		}, &made)
		people = append(people, made.ID)
	}
	var team, account struct {
		ID         string `json:"id"`
		WebhookURL string `json:"webhook_url"`
	}
	a.post("/teams", map[string]any{"name": fmt.Sprint("Morning ", round), "member_ids": people, "strategy": "even_turns"}, &team)
	a.post("/accounts", map[string]any{"kind": "custom", "name": fmt.Sprint("Line ", round), "team_id": team.ID, "config": map[string]any{"secret": webhookSecret}}, &account)
	p := &promises{api: a, address: n.address[0]}
	w := &wave{account: account.ID, hook: pathOf(n.t, account.WebhookURL)}
	p.say(w, 0, waitingAtOnce)
	p.each(w, func(id string, _ *time.Time) { w.ids = append(w.ids, id) })
	if len(w.ids) != waitingAtOnce {
		n.t.Fatalf("%d conversations wait", len(w.ids))
	}

	began := time.Now()
	var coming sync.WaitGroup
	for i := range 2 {
		coming.Go(func() {
			for k := i; k < len(people); k += 2 {
				n.online(i, people[k])
			}
		})
	}
	for i := range 2 {
		// Not a wait for something: the moment of a kill must have nothing to do with the work.
		time.Sleep(rand.N(400 * time.Millisecond))
		n.server[i].Kill()
	}
	for i := range 2 {
		n.start(i)
	}
	coming.Wait()
	holds := map[string]int{}
	for deadline := time.Now().Add(time.Minute); ; {
		given := 0
		clear(holds)
		for _, c := range n.allHeld(account.ID) {
			if c != "" {
				given++
				holds[c]++
			}
		}
		if given == waitingAtOnce {
			break
		}
		if time.Now().After(deadline) {
			n.t.Fatalf("%d of %d were handed out:\n%s\n%s", given, waitingAtOnce, n.server[0].Log(), n.server[1].Log())
		}
		time.Sleep(100 * time.Millisecond) // for something that happens in other processes
	}
	n.t.Logf("morning %d: %d conversations to %d people, both nodes killed: %.1f s", round, waitingAtOnce, comingAtOnce, time.Since(began).Seconds())
	for who, many := range holds {
		if many != waitingAtOnce/comingAtOnce {
			n.t.Errorf("agent %s holds %d", who, many)
		}
	}
	for _, id := range w.ids {
		if told := p.told(id); told["assignment"] != 1 {
			n.t.Errorf("conversation %s was given %d times", id, told["assignment"])
		}
	}
}

func pathOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		t.Fatalf("the webhook's address is %q", address)
	}
	return u.Path
}

// online has somebody come, by whichever node answers.
func (n *nodes) online(i int, who string) {
	for deadline := time.Now().Add(time.Minute); ; i = 1 - i {
		err := n.api(i).call(http.MethodPatch, "/agents/"+who, "", map[string]any{"presence": "online"}, nil)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			n.t.Errorf("come online: %v", err)
			return
		}
		time.Sleep(20 * time.Millisecond) // the node is down
	}
}

// allHeld are who holds the conversations of an account, "" for nobody.
func (n *nodes) allHeld(account string) (list []string) {
	n.t.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				AssigneeID *string `json:"assignee_id"`
			}
			Next string
		}
		n.api(1).get("/conversations?limit=100&account="+account+"&cursor="+url.QueryEscape(cursor), &page)
		for _, c := range page.Items {
			who := ""
			if c.AssigneeID != nil {
				who = *c.AssigneeID
			}
			list = append(list, who)
		}
		if cursor = page.Next; cursor == "" {
			return list
		}
	}
}
