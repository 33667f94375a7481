//go:build unix

package faults_test

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

// promises is a server whose clock the test lets jump, with conversations that are promised
// an answer.
type promises struct {
	*api
	program *program.Program
	env     []string
	address string
	server  *program.Server
	file    string // says by how much the clock is ahead
}

// wave is conversations that all come due at the same moment: they were written while their
// schedule was closed, and are promised an answer a minute after it opens.
type wave struct {
	account, hook string
	due           time.Time
	answered      map[string]bool // conversations with an answer in time
	ids           []string
}

// TestClocksUnderKillsAndJumps has many clocks run and some come due at once while the clock
// jumps by an hour, by a day, back and forth, and the server is killed while they fire. Each
// fires once; what was answered a second before its deadline never does. On PostgreSQL the node's clock jumps alone first,
// and nothing may fire by it; then the database's jumps along.
func TestClocksUnderKillsAndJumps(t *testing.T) {
	many := runningClocks(t)
	for _, db := range databases {
		t.Run(db.name, func(t *testing.T) {
			p := startPromises(t, db.env(t))
			began := time.Now()
			p.policy("Everything", map[string]any{}, "", 10*24*60)
			p.say(p.account("Many"), 0, many)
			hour := p.wave("In an hour", time.Now().Add(time.Hour), max(100, many/100))
			day := p.wave("In a day", hour.due.Add(24*time.Hour), max(100, many/100))
			t.Logf("%d clocks run on %s after %.1f s", many+len(hour.ids)+len(day.ids), db.name, time.Since(began).Seconds())

			if db.name == "postgres" {
				p.wrong(hour)
			}
			p.fall(hour)
			p.fall(day)
			p.jump(hour.due) // back by a day
			p.restart()
			p.jump(day.due.Add(time.Hour)) // and forth again
			p.restart()
			for _, w := range []*wave{hour, day} {
				p.firedOnce(w)
			}
		})
	}
}

// runningClocks is how many run beside those that come due: PARLEY_CLOCKS, or few.
func runningClocks(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PARLEY_CLOCKS")
	if text == "" {
		return 1000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("PARLEY_CLOCKS is %q, want a positive number", text)
	}
	return n
}

func startPromises(t *testing.T, database []string) *promises {
	t.Helper()
	p := &promises{program: program.Build(t, "movable_clock"), address: program.FreeAddress(t), file: filepath.Join(t.TempDir(), "ahead")}
	p.env = append(database, "PARLEY_SECRET_KEY="+rightKey, "PARLEY_DATA="+t.TempDir(), "PARLEY_CLOCK_FILE="+p.file, "PARLEY_EGRESS_ALLOW=127.0.0.0/8")
	p.api = &api{t, "http://" + p.address + "/api/v1", p.program.MustRun(t, p.env, "apikey", "create", "--name", "clocks")}
	p.server = p.program.Serve(t, p.env, p.address)
	return p
}

// policy promises an answer within minutes of a schedule.
func (p *promises) policy(name string, condition any, schedule string, minutes int) {
	p.t.Helper()
	body := map[string]any{"name": name, "conditions": condition, "first_response_minutes": minutes, "warn_at_percent": 50}
	if schedule != "" {
		body["schedule_id"] = schedule
	}
	p.post("/sla-policies", body, nil)
}

// account connects one and returns its id and its webhook's path.
func (p *promises) account(name string) *wave {
	p.t.Helper()
	var account struct {
		ID         string `json:"id"`
		WebhookURL string `json:"webhook_url"`
	}
	p.post("/accounts", map[string]any{"kind": "custom", "name": name, "config": map[string]any{
		"secret": webhookSecret, "outgoing_url": "http://127.0.0.1:9/nobody", // answers are written, and wait
	}}, &account)
	return &wave{account: account.ID, hook: pathOf(p.t, account.WebhookURL), answered: map[string]bool{}}
}

// say has so many people write to an account, once each.
func (p *promises) say(w *wave, from, many int) {
	p.t.Helper()
	var work sync.WaitGroup
	for c := range connections {
		work.Go(func() {
			client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for i := from + c; i < from+many; i += connections {
				if err := writeOnce(client, "http://"+p.address+w.hook, i); err != nil {
					p.t.Error(err)
					return
				}
			}
		})
	}
	work.Wait()
	if p.t.Failed() {
		p.t.FailNow()
	}
}

// writeOnce delivers the only message of a chat.
func writeOnce(client *http.Client, address string, i int) error {
	chat := strconv.Itoa(i)
	return deliver(client, address, chat, chat, "help "+chat)
}

// wave has people write who are promised an answer a minute after a schedule opens, which is
// after a moment, and waits until all their clocks run.
func (p *promises) wave(name string, after time.Time, many int) *wave {
	p.t.Helper()
	opens := after.UTC().Truncate(time.Minute).Add(time.Minute)
	if opens.Hour() == 23 && opens.Minute() > 50 { // the minute must not be of another day
		opens = opens.Add(15 * time.Minute)
	}
	days := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	var schedule struct{ ID string }
	p.post("/schedules", map[string]any{"name": name, "time_zone": "UTC", "holidays": []any{}, "intervals": []any{
		map[string]any{"day": days[opens.Weekday()], "from": opens.Format("15:04"), "to": opens.Add(5 * time.Minute).Format("15:04")},
	}}, &schedule)
	w := p.account(name)
	w.due = opens.Add(time.Minute)
	p.policy(name, map[string]any{"field": "conversation.account", "op": "in", "value": []string{w.account}}, schedule.ID, 1)
	p.first(name)
	p.say(w, 0, many)
	for deadline := time.Now().Add(10 * time.Minute); ; { // what was written before comes first
		running := 0
		w.ids = nil
		p.each(w, func(id string, due *time.Time) {
			w.ids = append(w.ids, id)
			if due != nil && due.Equal(w.due) {
				running++
			}
		})
		if running == many {
			return w
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%d of %d clocks of %q run:\n%s", running, many, name, p.server.Log())
		}
		time.Sleep(100 * time.Millisecond) // for something that happens in another process
	}
}

// first puts a policy before all others.
func (p *promises) first(name string) {
	p.t.Helper()
	var list struct {
		Items []struct{ ID, Name string }
	}
	p.get("/sla-policies", &list)
	for _, x := range list.Items {
		if x.Name == name {
			p.must(http.MethodPatch, "/sla-policies/"+x.ID, map[string]any{"position": 0}, nil)
		}
	}
}

// each reads the conversations of a wave.
func (p *promises) each(w *wave, see func(id string, due *time.Time)) {
	p.t.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				ID    string     `json:"id"`
				DueAt *time.Time `json:"due_at"`
			}
			Next string
		}
		p.get("/conversations?limit=100&account="+w.account+"&cursor="+url.QueryEscape(cursor), &page)
		for _, c := range page.Items {
			see(c.ID, c.DueAt)
		}
		if cursor = page.Next; cursor == "" {
			return
		}
	}
}

// jump sets the server's clock.
func (p *promises) jump(to time.Time) {
	p.t.Helper()
	fresh := p.file + ".new"
	if err := os.WriteFile(fresh, []byte(time.Until(to).String()), 0o600); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(fresh, p.file); err != nil { // read whole or not at all
		p.t.Fatal(err)
	}
}

// restart kills the server and starts it again. With a clock that is not that of the database it does nothing that is due,
// and says so.
func (p *promises) restart() {
	p.server.Kill()
	p.server = p.program.ServeUnready(p.t, p.env, p.address)
}

// wrong has the clock of the node alone pass a wave's deadline: it fires nothing, also after it was killed, and says why.
// Afterwards the database's clock jumps along.
func (p *promises) wrong(w *wave) {
	p.t.Helper()
	p.jump(w.due.Add(time.Minute))
	for range 2 {
		// Not a wait for something: several looks of what would fire.
		time.Sleep(4 * time.Second)
		if n := p.breached(w); n > 0 {
			p.t.Fatalf("%d clocks fired on a node whose clock is an hour ahead of the database's", n)
		}
		if answer, err := http.Get("http://" + p.address + "/readyz"); err != nil {
			p.t.Fatal(err)
		} else if answer.Body.Close(); answer.StatusCode == http.StatusOK {
			p.t.Error("a node whose clock is an hour ahead says that it is ready")
		}
		p.restart()
	}
	p.jump(time.Now())
	p.env = append(p.env, "PARLEY_CLOCK_OF_DATABASE_TOO=1")
	p.restart()
}

// fall lets a wave come due: the clock jumps to shortly before, some are answered in the last
// second, and the server is killed again and again while the others fire.
func (p *promises) fall(w *wave) {
	p.t.Helper()
	p.jump(w.due.Add(-5 * time.Second))
	for _, id := range w.ids[:10] {
		var m struct {
			CreatedAt time.Time `json:"created_at"`
		}
		p.post("/conversations/"+id+"/messages", map[string]any{"kind": "reply", "text": "here we are"}, &m)
		if m.CreatedAt.Before(w.due) { // else the machine was too slow for what this is about
			w.answered[id] = true
		}
	}
	if len(w.answered) == 0 {
		p.t.Error("nothing was answered in time")
	}
	for range 3 {
		// Not a wait for something: the moment of a kill must have nothing to do with the clocks.
		time.Sleep(rand.N(6 * time.Second))
		p.restart()
	}
	began := time.Now()
	for deadline := began.Add(time.Minute); p.breached(w) < len(w.ids)-len(w.answered); {
		if time.Now().After(deadline) {
			p.t.Fatalf("%d of %d fired:\n%s", p.breached(w), len(w.ids)-len(w.answered), p.server.Log())
		}
		time.Sleep(50 * time.Millisecond) // for something that happens in another process
	}
	p.t.Logf("%d clocks fired, the last within %.2f s of the last kill", len(w.ids)-len(w.answered), time.Since(began).Seconds())
	p.firedOnce(w)
}

// breached counts the conversations of a wave whose clock has breached.
func (p *promises) breached(w *wave) (n int) {
	p.t.Helper()
	for _, id := range w.ids {
		if p.told(id)["clock.breached"] > 0 {
			n++
		}
	}
	return n
}

// told counts the lines of a conversation's timeline by type.
func (p *promises) told(id string) map[string]int {
	p.t.Helper()
	var page struct {
		Items []struct{ Type string }
	}
	p.get("/conversations/"+id+"/timeline?limit=100", &page)
	n := map[string]int{}
	for _, e := range page.Items {
		n[e.Type]++
	}
	return n
}

// firedOnce checks that every clock of a wave has warned and breached once, and that those which
// were answered in time have not breached.
func (p *promises) firedOnce(w *wave) {
	p.t.Helper()
	for _, id := range w.ids {
		told := p.told(id)
		want := 1
		if w.answered[id] {
			want = 0
		}
		if told["clock.breached"] != want || told["clock.warned"] > 1 {
			p.t.Errorf("conversation %s (answered in time: %v): %v", id, w.answered[id], told)
		}
	}
}
