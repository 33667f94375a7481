package testenv

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// PostgresVariable names the environment variable that passes a running server to test processes:
// the superuser's URL. DurabilityVariable says which kind of server that is, "on" or "off".
const (
	PostgresVariable   = "PARLEY_TEST_POSTGRES"
	DurabilityVariable = "PARLEY_TEST_FSYNC"
)

// The servers of this process, started by the first test that needs one. They are the one exception
// to the rule against package state: nothing else lives as long as a test process does, and a server
// that nothing refers to is ended by the garbage collector, which closes its leash.
var (
	fastServer    = sync.OnceValues(func() (*Cluster, error) { return processServer(Fast) })
	durableServer = sync.OnceValues(func() (*Cluster, error) { return processServer(Durable) })
)

// Postgres returns the URL of a fresh, empty PostgreSQL database that is dropped when t ends. Its
// server does not force commits to the disk. Tests may call it in parallel, and more than once.
func Postgres(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, fastServer)
}

// DurablePostgres is like Postgres, on a server that forces every commit to the disk: for tests that
// kill processes and for benchmarks.
func DurablePostgres(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, durableServer)
}

func freshDatabase(t testing.TB, server func() (*Cluster, error)) string {
	t.Helper()
	cluster, err := server()
	if err != nil {
		giveUp(t, err)
	}
	// template0 takes no connections, so that parallel copies of it cannot be refused as busy.
	return copyOf(t, cluster.URL(), "template0")
}

// copyOf returns the URL of a copy of a database that is dropped when t ends.
func copyOf(t testing.TB, admin, template string) string {
	t.Helper()
	name, address, err := newDatabase(admin, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return address
}

func newDatabase(admin, template string) (name, address string, err error) {
	u, err := url.Parse(admin)
	if err != nil {
		return "", "", fmt.Errorf("read the test server's address: %w", err)
	}
	name = "parley_" + strings.ToLower(rand.Text())
	u.Path = "/" + name
	return name, u.String(), execute(admin, "CREATE DATABASE "+name+" TEMPLATE "+template)
}

// processServer returns the server that the environment passes on, when it is of the wanted kind, or
// starts one that ends with this process.
func processServer(d Durability) (*Cluster, error) {
	if passed := os.Getenv(PostgresVariable); passed != "" && passedDurability() == d {
		return &Cluster{url: passed}, nil
	}
	return StartPostgres(context.Background(), d)
}

func passedDurability() Durability {
	if os.Getenv(DurabilityVariable) == string(Durable) {
		return Durable
	}
	return Fast
}

func execute(admin, statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return fmt.Errorf("connect to test server: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("run %q: %w", statement, err)
	}
	return nil
}
