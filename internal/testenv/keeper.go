package testenv

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// keeperScript is the parent of every server. It starts the server, lets go of the pulse (descriptor
// 3, which the server alone then holds) and reads its standard input, which nobody writes to: the
// read ends when the owner closes its end of the pipe, and also when the owner is killed. That is why
// no server and no folder outlives a test run, and it needs no operating system's parent-death signal.
const keeperScript = `
dir=$1 signal=$2
shift 2
trap '' INT TERM HUP
"$@" >"$dir/log" 2>&1 </dev/null &
server=$!
exec 3>&-
cat >/dev/null
kill -s "$signal" "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$dir"
`

// stopTimeout bounds the wait for a server's shutdown; a server that hangs is left to the keeper.
const stopTimeout = 20 * time.Second

// keeper owns one running server and its folder.
type keeper struct {
	dir   string
	cmd   *exec.Cmd
	leash io.Closer     // closing it ends the server and removes the folder
	gone  chan struct{} // closed once the server process has ended
}

// keep starts argv as user, with dir as its folder; signal is the name, without SIG, that makes the
// server end at once.
func keep(dir, signal string, user account, argv ...string) (*keeper, error) {
	cmd := exec.Command("/bin/sh", append([]string{"-c", keeperScript, "keeper", dir, signal}, argv...)...)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: user.credential}
	leash, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("open leash: %w", err)
	}
	pulse, held, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("open pulse: %w", err)
	}
	cmd.ExtraFiles = []*os.File{held}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start keeper: %w", err), leash.Close(), pulse.Close(), held.Close())
	}
	held.Close()
	k := &keeper{dir: dir, cmd: cmd, leash: leash, gone: make(chan struct{})}
	go func() {
		defer close(k.gone)
		defer pulse.Close()
		_, _ = io.Copy(io.Discard, pulse) // returns when the last holder of the other end has ended
	}()
	return k, nil
}

// awaitReady calls probe until it succeeds. It gives up when the server ends by itself or ctx does,
// and then quotes the end of the server's log.
func (k *keeper) awaitReady(ctx context.Context, probe func(context.Context) error) error {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-k.gone:
			return fmt.Errorf("server ended at start: %s", k.logTail())
		case <-ctx.Done():
			return fmt.Errorf("await server: %w; log: %s", err, k.logTail())
		}
	}
}

// stop ends the server and waits until its folder is gone.
func (k *keeper) stop() error {
	if err := k.leash.Close(); err != nil {
		return fmt.Errorf("release server: %w", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = k.cmd.Wait() // the keeper's own exit status says nothing of interest
	}()
	select {
	case <-done:
		return nil
	case <-time.After(stopTimeout):
		return fmt.Errorf("stop server in %s: still running after %s", k.dir, stopTimeout)
	}
}

func (k *keeper) logTail() string {
	text, err := os.ReadFile(filepath.Join(k.dir, "log"))
	if err != nil {
		return err.Error()
	}
	const tail = 800
	if len(text) > tail {
		text = text[len(text)-tail:]
	}
	return strings.TrimSpace(string(text))
}
