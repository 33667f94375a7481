package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Program is one build of parley. It is safe for concurrent use.
type Program struct {
	// Path is the executable file.
	Path string
}

// builds are the programs this process has made, by tag: compiling one per test would take most of the
// time. Like a test server, a build lives as long as the process.
var builds sync.Map // tag → func() (*Program, error)

// Build returns the program compiled with the build tag, or plainly when tag is empty.
func Build(t testing.TB, tag string) *Program {
	t.Helper()
	once, _ := builds.LoadOrStore(tag, sync.OnceValues(func() (*Program, error) { return compile(tag) }))
	p, err := once.(func() (*Program, error))()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// compile puts the executable into the user's cache, under a name that the next run overwrites, because
// nothing tells a test process that it is about to end.
func compile(tag string) (*Program, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "parley-test")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make build folder: %w", err)
	}
	// Another test process may be running its own build: replace the file, never write into it.
	fresh, err := os.CreateTemp(dir, "build-")
	if err != nil {
		return nil, fmt.Errorf("make build file: %w", err)
	}
	fresh.Close()
	cmd := exec.Command("go", "build", "-ldflags", "-s -w", "-tags", tag, "-o", fresh.Name(), "parley/cmd/parley")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("build parley: %w: %s", err, out), os.Remove(fresh.Name()))
	}
	path := filepath.Join(dir, strings.TrimSuffix("parley-"+tag, "-"))
	if err := os.Rename(fresh.Name(), path); err != nil {
		return nil, fmt.Errorf("keep build: %w", err)
	}
	return &Program{Path: path}, nil
}

// Command prepares a run with env, as NAME=value, in place of the test's own PARLEY_ settings. The
// child is killed when ctx ends.
func (p *Program) Command(ctx context.Context, env []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Path, args...)
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "PARLEY_") {
			cmd.Env = append(cmd.Env, setting)
		}
	}
	cmd.Env = append(cmd.Env, env...)
	cmd.SysProcAttr = noOrphan()
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// Result is how a run ended.
type Result struct {
	Status         int // exit status
	Stdout, Stderr string
}

// Run waits, at most ten minutes, for the program to end by itself.
func (p *Program) Run(t testing.TB, env []string, args ...string) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := p.Command(ctx, env, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited || ctx.Err() != nil {
		t.Fatalf("parley %s: %v, %v\n%s", strings.Join(args, " "), err, ctx.Err(), stderr.String())
	}
	return Result{Status: cmd.ProcessState.ExitCode(), Stdout: stdout.String(), Stderr: stderr.String()}
}

// MustRun fails the test unless the program succeeds, and returns what it printed, without white space
// around it.
func (p *Program) MustRun(t testing.TB, env []string, args ...string) string {
	t.Helper()
	r := p.Run(t, env, args...)
	if r.Status != 0 {
		t.Fatalf("parley %s: exit status %d\n%s%s", strings.Join(args, " "), r.Status, r.Stdout, r.Stderr)
	}
	return strings.TrimSpace(r.Stdout)
}
