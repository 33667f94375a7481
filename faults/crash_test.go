package faults_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// databases are the two on which every promise must hold.
var databases = []struct {
	name string
	env  func(t *testing.T) []string
}{
	{"sqlite", func(*testing.T) []string { return nil }},
	{"postgres", func(t *testing.T) []string { return []string{"PARLEY_DATABASE=" + testenv.DurablePostgres(t)} }},
}

// TestKilledUnderLoad kills the server at random moments while a generator loads it as fast as it can, and
// expects everything that was acknowledged to be stored, once and in order. The generator goes on trying
// what was not acknowledged, as a visitor's browser does, so what was committed just before a kill
// comes again after it.
func TestKilledUnderLoad(t *testing.T) {
	rounds := crashRounds(t)
	for _, db := range databases {
		t.Run(db.name, func(t *testing.T) {
			v := crash(t, program.Build(t, ""), db.env(t), rounds)
			t.Logf("%d kills on %s: %s", rounds, db.name, v)
			if v.status != 0 || v.lost+v.doubled+v.reordered != 0 {
				t.Errorf("a promise is broken (exit status %d):\n%s", v.status, v.text)
			}
			if v.acknowledged < 50*rounds {
				t.Errorf("only %d messages in %d rounds: that was no load", v.acknowledged, rounds)
			}
		})
	}
}

// TestMutantIsCaught runs the same test on a variant of the program that acknowledges before it commits.
// Were it not caught, the test above would prove nothing.
func TestMutantIsCaught(t *testing.T) {
	const rounds = 3 // far more than it takes: a kill under load nearly always hits an open commit
	for _, db := range databases {
		t.Run(db.name, func(t *testing.T) {
			v := crash(t, program.Build(t, "mutant_ackfirst"), db.env(t), rounds)
			t.Logf("the mutant, %d kills on %s: %s", rounds, db.name, v)
			if v.status != 1 || v.lost == 0 {
				t.Errorf("the mutant got away (exit status %d):\n%s", v.status, v.text)
			}
		})
	}
}

// verdict is what `parley load verify` says.
type verdict struct {
	status                                                  int
	acknowledged, unknown, stored, lost, doubled, reordered int
	text                                                    string
}

func (v verdict) String() string {
	return fmt.Sprintf("%d acknowledged, %d of unknown outcome, %d stored: %d lost, %d doubled, %d reordered",
		v.acknowledged, v.unknown, v.stored, v.lost, v.doubled, v.reordered)
}

// crash runs the program on a fresh database, kills it so many times under load and compares the
// generator's journal with what is stored.
func crash(t *testing.T, p *program.Program, database []string, rounds int) verdict {
	t.Helper()
	address := program.FreeAddress(t)
	env := append(database, "PARLEY_SECRET_KEY="+rightKey, "PARLEY_DATA="+t.TempDir())
	key := p.MustRun(t, env, "apikey", "create", "--name", "crash")
	journal := filepath.Join(t.TempDir(), "journal")

	server := p.Serve(t, env, address)
	generator := startLoad(t, p, append(env, "PARLEY_URL=http://"+address, "PARLEY_API_KEY="+key), journal)
	for round := range rounds {
		awaitGrowth(t, generator, journal)
		// Not a wait for something: the moment of a kill must have nothing to do with the load.
		time.Sleep(100*time.Millisecond + rand.N(900*time.Millisecond))
		select {
		case <-server.Ended():
			t.Fatalf("the server ended by itself in round %d:\n%s", round, server.Log())
		default:
		}
		server.Kill()
		server = p.Serve(t, env, address)
	}
	awaitGrowth(t, generator, journal) // it works after the last kill too
	generator.stop(t)
	server.Kill() // what was acknowledged last must have been kept as well

	r := p.Run(t, env, "load", "verify", "--journal", journal)
	return readVerdict(t, r)
}

// generator is a running `parley load run`.
type generator struct {
	cmd   *exec.Cmd
	out   *bytes.Buffer
	ended chan struct{}
}

func startLoad(t *testing.T, p *program.Program, env []string, journal string, more ...string) *generator {
	t.Helper()
	g := &generator{out: new(bytes.Buffer), ended: make(chan struct{})}
	args := append([]string{"load", "run", "--kind", "chat", "--patient", "--for", "24h", "--journal", journal}, more...)
	g.cmd = p.Command(context.Background(), env, args...)
	g.cmd.Stdout, g.cmd.Stderr = g.out, g.out
	if err := g.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(g.ended)
		_ = g.cmd.Wait() // its status is of no interest; its journal is
	}()
	t.Cleanup(func() {
		_ = g.cmd.Process.Kill() // it may have ended already
		<-g.ended
	})
	return g
}

// stop ends the generator as Ctrl-C would, so that it writes its journal to the end.
func (g *generator) stop(t *testing.T) {
	t.Helper()
	if err := g.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatalf("stop generator: %v\n%s", err, g.out)
	}
	select {
	case <-g.ended:
		t.Logf("generator: %s", strings.TrimSpace(g.out.String()))
	case <-time.After(30 * time.Second):
		t.Fatal("the generator does not stop")
	}
}

// awaitGrowth waits until something was acknowledged that was not before.
func awaitGrowth(t *testing.T, g *generator, journal string) {
	t.Helper()
	size := func() int64 {
		info, err := os.Stat(journal)
		if err != nil {
			return 0 // not made yet
		}
		return info.Size()
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for before := size(); size() < before+4096; {
		select {
		case <-tick.C:
		case <-g.ended:
			t.Fatalf("the generator ended by itself:\n%s", g.out)
		case <-deadline:
			t.Fatal("nothing was acknowledged for 30 s")
		}
	}
}

var verdictFigure = regexp.MustCompile(`(acknowledged|unknown|stored|lost|doubled|reordered) (\d+)`)

func readVerdict(t *testing.T, r program.Result) verdict {
	t.Helper()
	v := verdict{status: r.Status, text: r.Stdout + r.Stderr}
	fields := map[string]*int{
		"acknowledged": &v.acknowledged, "unknown": &v.unknown, "stored": &v.stored,
		"lost": &v.lost, "doubled": &v.doubled, "reordered": &v.reordered,
	}
	for _, match := range verdictFigure.FindAllStringSubmatch(r.Stdout, -1) {
		n, err := strconv.Atoi(match[2])
		if err != nil {
			t.Fatal(err)
		}
		if field := fields[match[1]]; field != nil {
			*field = n
			delete(fields, match[1])
		}
	}
	if len(fields) != 0 {
		t.Fatalf("the verdict lacks figures (exit status %d):\n%s", r.Status, v.text)
	}
	return v
}

// crashRounds is how often to kill the program on each database.
func crashRounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PARLEY_CRASH_ROUNDS")
	if text == "" {
		return 2
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("PARLEY_CRASH_ROUNDS is %q, want a positive number", text)
	}
	return n
}
