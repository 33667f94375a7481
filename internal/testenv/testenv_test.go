package testenv_test

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"parley/internal/testenv"
)

func TestPostgresDatabasesAreSeparateAndDropped(t *testing.T) {
	t.Parallel()
	outer := testenv.Postgres(t)
	var inner string
	t.Run("inner", func(t *testing.T) {
		inner = testenv.Postgres(t)
		if inner == outer {
			t.Fatalf("both tests got %s", redact(t, inner))
		}
		exec1(t, inner, "CREATE TABLE mark (id BIGINT)")
		if err := tryExec(outer, "SELECT id FROM mark"); err == nil {
			t.Error("one test's table is visible in the other's database")
		}
	})
	if err := tryExec(inner, "SELECT 1"); err == nil {
		t.Error("the database is still there after its test has ended")
	}
	exec1(t, outer, "SELECT 1")
}

func TestDurabilityIsWhatTheNameSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		url  func(testing.TB) string
		want string
	}{
		{"fast", testenv.Postgres, "off"},
		{"durable", testenv.DurablePostgres, "on"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conn, err := pgx.Connect(t.Context(), c.url(t))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(context.WithoutCancel(t.Context()))
			var fsync string
			if err := conn.QueryRow(t.Context(), "SHOW fsync").Scan(&fsync); err != nil {
				t.Fatal(err)
			}
			if fsync != c.want {
				t.Errorf("fsync is %s, want %s", fsync, c.want)
			}
		})
	}
}

func TestRedisIsOnesOwn(t *testing.T) {
	t.Parallel()
	first, second := redisClient(t, testenv.Redis(t)), redisClient(t, testenv.Redis(t))
	if err := first.Set(t.Context(), "mark", "1", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if err := second.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if got, err := first.Get(t.Context(), "mark").Result(); err != nil || got != "1" {
		t.Errorf("after the other test's FLUSHALL: %q, %v", got, err)
	}
}

// TestServersDieWithTheirOwner runs a process that starts a server, kills it with no chance to clean up,
// and expects the server to stop and its folder to vanish.
func TestServersDieWithTheirOwner(t *testing.T) {
	if os.Getenv("TESTENV_OWNER") == "1" {
		server, err := testenv.StartPostgres(t.Context(), testenv.Fast)
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("server " + server.URL() + "\n")
		<-t.Context().Done() // never: it is killed first
		runtime.KeepAlive(server)
	}
	t.Parallel()
	testenv.Postgres(t) // skips where PostgreSQL is not installed

	temp := openTempDir(t)
	owner := exec.Command(os.Args[0], "-test.run=^TestServersDieWithTheirOwner$")
	owner.Env = append(os.Environ(), "TESTENV_OWNER=1", "TMPDIR="+temp)
	out, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "server ")
	if err != nil || !ok {
		t.Fatalf("owner said %q, %v", line, err)
	}
	exec1(t, address, "SELECT 1")
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()

	deadline := time.Now().Add(20 * time.Second)
	for {
		left, err := filepath.Glob(filepath.Join(temp, "parley-*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("still there 20 s after the owner's death: %v", left)
		}
		time.Sleep(20 * time.Millisecond) // polls a process that is nobody's child
	}
	if err := tryExec(address, "SELECT 1"); err == nil {
		t.Error("the server outlived its owner")
	}
}

// openTempDir is a temporary folder that the server's user may enter too; t.TempDir is not.
func openTempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "owner-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

func redisClient(t *testing.T, address string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func exec1(t *testing.T, address, statement string) {
	t.Helper()
	if err := tryExec(address, statement); err != nil {
		t.Fatal(err)
	}
}

func tryExec(address, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func redact(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Redacted()
}
