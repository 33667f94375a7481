package faults_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// TestKilledWhileMailStreamsIn kills the server at random moments while mails arrive in a mailbox that it
// reads, and expects each mail in the inbox once and in the conversation of its thread, with the mail as
// it came beside it.
func TestKilledWhileMailStreamsIn(t *testing.T) {
	for _, db := range databases {
		rounds := crashRounds(t)
		if db.name == "postgres" { // each round waits until the lease of the killed expires
			rounds = (rounds + 1) / 2
		}
		t.Run(db.name, func(t *testing.T) {
			t.Parallel()
			d, mails := killedWhileReading(t, db.env(t), rounds)
			t.Logf("%d kills on %s, %d mails: %s", rounds, db.name, mails, d)
			if d.lost+d.doubled+d.strayed != 0 || d.right != mails {
				t.Errorf("a promise is broken: %s of %d", d, mails)
			}
			if mails < 10*rounds {
				t.Errorf("only %d mails in %d rounds: that was no stream", mails, rounds)
			}
		})
	}
}

func killedWhileReading(t *testing.T, database []string, rounds int) (d delivered, mails int) {
	dovecot := testenv.StartDovecot(t, testenv.DovecotOptions{})
	user, password := dovecot.Mailbox(t)
	p, address := program.Build(t, ""), program.FreeAddress(t)
	env := append(database, "PARLEY_SECRET_KEY="+rightKey, "PARLEY_DATA="+t.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8")
	key := p.MustRun(t, env, "apikey", "create", "--name", "crash")
	server := p.Serve(t, env, address)
	api := &client{t: t, base: server.URL, key: key}
	account := api.connectMailbox(user, password, dovecot.IMAP)
	api.listens(account)

	post := newPost(user)
	for range rounds {
		for arrivals := api.taken() + 1; api.taken() < arrivals; { // it works after the last kill
			dovecot.Deliver(t, user, post.next())
		}
		// Not a wait for something: the moment of a kill must have nothing to do with the mails.
		kill := time.AfterFunc(rand.N(700*time.Millisecond), server.Kill)
		for running := true; running; {
			dovecot.Deliver(t, user, post.next())
			select {
			case <-server.Ended():
				running = false
			default:
			}
		}
		if kill.Stop() {
			t.Fatalf("the server ended by itself:\n%s", server.Log())
		}
		dovecot.Deliver(t, user, post.next(), post.next()) // while it is away
		server = p.Serve(t, env, address)
	}
	dovecot.Deliver(t, user, post.rest()...)
	api.await("the last mails", func() bool { return judgeMails(api.conversations(nil), post.threads).lost == 0 })
	found := api.conversations(api.wholeOriginal)
	return judgeMails(found, post.threads), post.written
}

// client calls the program's API.
type client struct {
	t    *testing.T
	base string
	key  string
}

// get decodes an answer into result; a nil one only has to be there.
func (c *client) get(path string, result any) { c.call(http.MethodGet, path, "", result) }

func (c *client) call(method, path, body string, result any) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	req.Header.Set("Content-Type", "application/json")
	text, err := answer(req)
	if err == nil && result != nil {
		err = json.Unmarshal(text, result)
	}
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
}

// answer makes a request that must succeed.
func answer(req *http.Request) ([]byte, error) {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s: %.300s", res.Status, text)
	}
	return text, err
}

// connectMailbox connects an account that only receives, and returns its id.
func (c *client) connectMailbox(user, password, imap string) string {
	c.t.Helper()
	host, _, err := net.SplitHostPort(imap)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.connectBoth(user, password, imap, host, 25)
}

// connectBoth connects an account that sends as well.
func (c *client) connectBoth(user, password, imap, smtpHost string, smtpPort int) string {
	c.t.Helper()
	host, text, err := net.SplitHostPort(imap)
	if err != nil {
		c.t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		c.t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"kind": "email", "name": "Mail", "config": map[string]any{
		"address": user, "password": password, "imap_host": host, "imap_port": port, "imap_security": "none",
		"smtp_host": smtpHost, "smtp_port": smtpPort, "smtp_security": "none",
	}})
	if err != nil {
		c.t.Fatal(err)
	}
	var made struct {
		ID string `json:"id"`
	}
	c.call(http.MethodPost, "/accounts", string(body), &made)
	return made.ID
}

// listens waits until an account is connected.
func (c *client) listens(account string) {
	c.t.Helper()
	c.await("a connected mailbox", func() bool {
		var a struct {
			State string `json:"state"`
		}
		c.get("/accounts/"+account, &a)
		return a.State == "connected"
	})
}

// taken is how many events the running process has taken in.
func (c *client) taken() int {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+"/metrics", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	text, err := answer(req)
	if err != nil {
		c.t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "parley_intake_batch_events_sum "); ok {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil {
				c.t.Fatalf("read metrics: %v", err)
			}
			return n
		}
	}
	return 0
}

// conversations returns the first lines of the messages of every conversation. Each message's id is
// shown to look, unless that is nil.
func (c *client) conversations(look func(id, text string)) map[string][]string {
	c.t.Helper()
	all := map[string][]string{}
	for next := ""; ; {
		var page struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
			Next string `json:"next"`
		}
		c.get("/conversations?limit=100&sort=newest"+next, &page)
		for _, conversation := range page.Items {
			var messages struct {
				Items []struct {
					ID   string `json:"id"`
					Text string `json:"text"`
				} `json:"items"`
			}
			c.get("/conversations/"+conversation.ID+"/messages?limit=100", &messages)
			for _, m := range messages.Items {
				first, _, _ := strings.Cut(m.Text, "\n")
				all[conversation.ID] = append(all[conversation.ID], first)
				if look != nil {
					look(m.ID, first)
				}
			}
		}
		if page.Next == "" {
			return all
		}
		next = "&cursor=" + url.QueryEscape(page.Next)
	}
}

// wholeOriginal checks that a mail is kept as it came.
func (c *client) wholeOriginal(id, text string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+"/api/v1/messages/"+id+"/original", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	mail, err := answer(req)
	if err != nil {
		c.t.Errorf("the original of %q: %v", text, err)
	}
	if !strings.Contains(string(mail), text) || !strings.HasSuffix(strings.TrimSpace(string(mail)), "goes with it.") {
		c.t.Errorf("the original of %q is not whole: %d bytes", text, len(mail))
	}
}

// await asks until something is so.
func (c *client) await(what string, so func() bool) {
	c.t.Helper()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(2 * time.Minute); !so(); <-tick.C {
		if time.Now().After(deadline) {
			c.t.Errorf("waited in vain for %s", what)
			return
		}
	}
}

func TestEveryFaultOfMailIsSeen(t *testing.T) {
	t.Parallel()
	threads := [][]string{{"a", "b"}, {"c"}}
	for name, c := range map[string]struct {
		found map[string][]string
		want  delivered
	}{
		"as it should be": {map[string][]string{"1": {"thread 0 mail 0", "thread 0 mail 2"}, "2": {"thread 1 mail 1"}}, delivered{right: 3}},
		"one is lost":     {map[string][]string{"1": {"thread 0 mail 0", "thread 0 mail 2"}}, delivered{right: 2, lost: 1}},
		"one came twice": {map[string][]string{"1": {"thread 0 mail 0", "thread 0 mail 2", "thread 0 mail 2"}, "2": {"thread 1 mail 1"}},
			delivered{right: 3, doubled: 1}},
		"one in two conversations": {map[string][]string{"1": {"thread 0 mail 0"}, "2": {"thread 1 mail 1"}, "3": {"thread 0 mail 2"}},
			delivered{right: 2, strayed: 1}},
		"two threads in one": {map[string][]string{"1": {"thread 0 mail 0", "thread 0 mail 2", "thread 1 mail 1"}}, delivered{right: 2, strayed: 1}},
		"something else":     {map[string][]string{"1": {"thread 0 mail 0", "thread 0 mail 2", "hello"}, "2": {"thread 1 mail 1"}}, delivered{right: 3, strayed: 1}},
	} {
		if got := judgeMails(c.found, threads); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
