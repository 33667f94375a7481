//go:build unix

package faults_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// takeover is within how long another node must run the accounts of one that is gone.
const takeover = 15 * time.Second

// nodes are two servers over one database and one Redis, with accounts of several networks that people write to,
// and an open page on each of them.
type nodes struct {
	t        *testing.T
	program  *program.Program
	env      []string
	key      string
	address  [2]string
	server   [2]*program.Server
	page     [2]*listener
	redis    *testenv.RedisServer
	database string
	lines    []line
	audit    *audit
	talk     *talk
	// The talk's own: the conversations that are known, by line, and why an answer was refused last.
	reached map[int]string
	refusal error
}

// faultsOfNodes is what happens to them, one after the other.
var faultsOfNodes = []struct {
	name string
	do   func(n *nodes, i int)
	node bool // it happens to node i
}{
	{"kill -9", (*nodes).kill, true}, {"freeze past the lease", (*nodes).freeze, true}, {"FLUSHALL", (*nodes).flush, false},
	{"stop", (*nodes).stop, true}, {"Redis gone", (*nodes).withoutRedis, false},
}

// TestNodesUnderFaults has people write to bots, a community and a number without a pause, and agents answer, while
// nodes are killed, frozen and stopped and Redis is flushed and taken away. Nothing may be lost or doubled either
// way, what people wrote keeps its order, an open page on each node sees everything, once, and a node that has
// lost an account commits nothing for it.
func TestNodesUnderFaults(t *testing.T) {
	n := startNodes(t, "")
	journal := filepath.Join(t.TempDir(), "journal")
	generator := startLoad(t, n.program, append(slices.Clone(n.env), "PARLEY_URL="+n.server[1].URL, "PARLEY_API_KEY="+n.key), journal, "--rate", "20")
	n.talk = n.startTalk()
	victim := 0
	for round := range nodeRounds(t) {
		fault := faultsOfNodes[round%len(faultsOfNodes)]
		began := time.Now()
		fault.do(n, victim)
		if fault.node {
			victim = 1 - victim // it has lost its accounts to the other one
		}
		t.Logf("round %d, %s: %.1f s", round, fault.name, time.Since(began).Seconds())
	}
	generator.stop(t)
	n.talk.end()
	n.judge()
	n.judgeCommits()
	v := readVerdict(t, n.program.Run(t, n.env, "load", "verify", "--journal", journal))
	t.Logf("visitors: %s", v)
	if v.status != 0 || v.lost+v.doubled+v.reordered != 0 {
		t.Errorf("a promise is broken (exit status %d):\n%s", v.status, v.text)
	}
}

// startNodes starts two nodes of the program built with a tag.
func startNodes(t *testing.T, tag string) *nodes {
	t.Helper()
	n := &nodes{t: t, program: program.Build(t, tag), redis: testenv.StartRedis(t), database: testenv.DurablePostgres(t)}
	n.env = []string{
		"PARLEY_DATABASE=" + n.database, "PARLEY_REDIS=" + n.redis.URL, "PARLEY_SECRET_KEY=" + rightKey,
		"PARLEY_DATA=" + t.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8",
	}
	n.key = n.program.MustRun(t, n.env, "apikey", "create", "--name", "nodes")
	for i := range n.server {
		n.address[i] = program.FreeAddress(t)
		n.start(i)
	}
	n.audit = startAudit(t, n.database)
	bots := newBots(t)
	for i := range 3 {
		n.lines = append(n.lines, telegramLine{bots, fmt.Sprintf("%d:abcdefgh", 1000+i), int64(100 + i)})
	}
	n.lines = append(n.lines, newVKLine(t), newWhatsAppLine(t, n))
	for i, l := range n.lines {
		kind, config := l.account()
		var made struct {
			WebhookURL string `json:"webhook_url"`
		}
		n.api(0).post("/accounts", map[string]any{"kind": kind, "name": fmt.Sprint("Line ", i), "config": config}, &made)
		l.connected(made.WebhookURL)
	}
	for i := range n.page {
		n.page[i] = listen(t, n.server[i].URL, n.key)
	}
	return n
}

func (n *nodes) start(i int) {
	n.server[i] = n.program.Serve(n.t, append(slices.Clone(n.env), n.own(i)...), n.address[i])
}

// own are the settings of one node alone, where the database is watched.
func (n *nodes) own(i int) []string {
	if n.database == "" {
		return nil
	}
	return []string{"PARLEY_DATABASE=" + signed(n.t, n.database, i)}
}

// kill ends node i with SIGKILL. The other one must run its accounts within takeover; then it comes back.
func (n *nodes) kill(i int) {
	n.server[i].Kill()
	n.heardAgain("after kill -9", 1-i, takeover)
	n.start(i)
}

// freeze stops node i in the middle of whatever it does for longer than its lease, and lets it go on when another
// node has its accounts.
func (n *nodes) freeze(i int) {
	n.signal(i, syscall.SIGSTOP)
	n.heardAgain("after SIGSTOP", 1-i, takeover)
	before := n.refused()
	n.signal(i, syscall.SIGCONT)
	n.heardAgain("after SIGCONT", 1-i, takeover)
	n.t.Logf("after SIGCONT: %d late deliveries refused", n.refused()-before)
}

// stop ends node i with SIGTERM: its accounts are handed over at once.
func (n *nodes) stop(i int) {
	if status := n.server[i].Terminate(n.t); status != 0 {
		n.t.Errorf("exit status %d after SIGTERM:\n%s", status, n.server[i].Log())
	}
	n.heardAgain("after SIGTERM", 1-i, 3*time.Second)
	n.start(i)
}

func (n *nodes) flush(int) {
	settings, err := redis.ParseURL(n.redis.URL)
	if err != nil {
		n.t.Fatal(err)
	}
	client := redis.NewClient(settings)
	defer client.Close()
	if err := client.FlushAll(n.t.Context()).Err(); err != nil {
		n.t.Fatal(err)
	}
	n.heardAgain("after FLUSHALL", 0, takeover)
}

func (n *nodes) withoutRedis(int) {
	n.redis.Stop(n.t)
	n.heardAgain("without Redis", 0, takeover)
	n.heardAgain("without Redis", 1, takeover)
	n.redis.Start(n.t)
	n.heardAgain("with Redis again", 0, takeover)
}

func (n *nodes) signal(i int, s syscall.Signal) {
	if err := syscall.Kill(n.server[i].PID(), s); err != nil {
		n.t.Fatal(err)
	}
}

// heardAgain writes to every line and waits until the page on node i has seen it all.
func (n *nodes) heardAgain(when string, i int, within time.Duration) {
	n.t.Helper()
	began := time.Now()
	texts := n.talk.probe()
	deadline := time.After(within)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for len(texts) > 0 {
		select {
		case <-tick.C:
		case <-deadline:
			n.t.Fatalf("%s: %q not seen within %s on node %d:\n%s", when, texts, within, i, n.server[i].Log())
		}
		texts = slices.DeleteFunc(texts, func(text string) bool { return n.page[i].times(text) > 0 })
	}
	n.t.Logf("%s: everything runs after %.2f s", when, time.Since(began).Seconds())
}

// nodeRounds is how many faults there are.
func nodeRounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PARLEY_NODE_ROUNDS")
	if text == "" {
		return len(faultsOfNodes)
	}
	rounds, err := strconv.Atoi(text)
	if err != nil || rounds < 1 {
		t.Fatalf("PARLEY_NODE_ROUNDS is %q, want a positive number", text)
	}
	return rounds
}

// talk is people who write on all lines, and agents who answer.
type talk struct {
	n    *nodes
	stop chan struct{}
	done sync.WaitGroup

	mu      sync.Mutex
	said    map[int][]string // per line, in order
	answers int
	looks   int
	rounds  int
}

// startTalk has one person per line write ten times a second, and an agent answer.
func (n *nodes) startTalk() *talk {
	k := &talk{n: n, stop: make(chan struct{}), said: map[int][]string{}}
	for i := range n.lines {
		k.done.Go(func() {
			tick := time.NewTicker(100 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-k.stop:
					return
				case <-tick.C:
					k.say(i)
				}
			}
		})
	}
	k.done.Go(k.answer)
	return k
}

func (k *talk) say(i int) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	text := fmt.Sprintf("line %d, word %d", i, len(k.said[i]))
	k.said[i] = append(k.said[i], text)
	k.n.lines[i].say(text)
	return text
}

// probe has everybody write once and returns what they wrote.
func (k *talk) probe() (texts []string) {
	for i := range k.n.lines {
		texts = append(texts, k.say(i))
	}
	return texts
}

// answer has an agent write to every conversation once a second, by whichever node answers.
func (k *talk) answer() {
	tick := time.NewTicker(time.Second) // as often as a bot may write to one chat
	defer tick.Stop()
	for {
		select {
		case <-k.stop:
			return
		case <-tick.C:
		}
		k.n.answerAll(k)
	}
}

func (k *talk) end() {
	close(k.stop)
	k.done.Wait()
}
