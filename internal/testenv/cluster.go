package testenv

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Durability says whether a PostgreSQL server forces its commits to the disk.
type Durability string

// The two kinds of server. Suites that check behaviour run on a Fast one; anything that kills
// processes or measures speed runs on a Durable one, or its result would mean nothing.
const (
	Fast    Durability = "off"
	Durable Durability = "on"
)

// Cluster is one private PostgreSQL server.
type Cluster struct {
	url    string
	keeper *keeper // nil: another process owns the server
}

// URL is the superuser's address of the maintenance database, on a loopback port.
func (c *Cluster) URL() string { return c.url }

// Stop ends the server and removes its folder. Without it both end with the process, or when the
// Cluster is garbage.
func (c *Cluster) Stop() error {
	if c.keeper == nil {
		return nil
	}
	return c.keeper.stop()
}

// StartPostgres starts a server. The error has ErrNotInstalled in its chain when PostgreSQL's programs
// are not on this machine.
func StartPostgres(ctx context.Context, d Durability) (*Cluster, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	user, err := serverAccount()
	if err != nil {
		return nil, err
	}
	const tries = 3 // a free port may be taken between looking and listening
	for try := 1; ; try++ {
		c, err := startCluster(ctx, bin, user, d)
		if err == nil || try == tries || ctx.Err() != nil {
			return c, err
		}
	}
}

func startCluster(ctx context.Context, bin string, user account, d Durability) (_ *Cluster, err error) {
	dir, err := user.folder("parley-postgres-")
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	data := filepath.Join(dir, "data")
	if err := initCluster(ctx, bin, user, dir, data, password); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	argv := []string{filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-k", dir}
	for _, setting := range clusterSettings(d) {
		argv = append(argv, "-c", setting)
	}
	k, err := keep(dir, "INT", user, argv...) // INT: end sessions and shut down now
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	address := url.URL{
		Scheme: "postgres", User: url.UserPassword("postgres", password),
		Host: "127.0.0.1:" + strconv.Itoa(port), Path: "/postgres", RawQuery: "sslmode=disable",
	}
	c := &Cluster{url: address.String(), keeper: k}
	ready, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := k.awaitReady(ready, c.ping); err != nil {
		return nil, errors.Join(fmt.Errorf("start postgresql: %w", err), k.stop())
	}
	return c, nil
}

func clusterSettings(d Durability) []string {
	settings := []string{
		"listen_addresses=127.0.0.1",
		"max_connections=300", // several test packages run side by side, each test with its own pool
		"fsync=" + string(d),
		"full_page_writes=" + string(d),
		"synchronous_commit=on",
		"max_wal_size=2GB",
		"timezone=UTC",
	}
	if d == Durable {
		return append(settings, "shared_buffers=512MB")
	}
	return append(settings, "shared_buffers=64MB", "autovacuum=off")
}

func (c *Cluster) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// initCluster makes the data folder. The password goes in by a file, never by the command line, where
// any user of the machine could read it.
func initCluster(ctx context.Context, bin string, user account, dir, data, password string) error {
	file := filepath.Join(dir, "password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return fmt.Errorf("write database password: %w", err)
	}
	if err := os.Chown(file, user.uid, user.gid); err != nil {
		return fmt.Errorf("give database password away: %w", err)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres",
		"--auth=scram-sha-256", "--pwfile="+file, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: user.credential}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("init database folder: %w: %s", err, out)
	}
	return nil
}

// postgresPrograms finds the folder with initdb and postgres: Debian keeps them off the path, one
// folder per version, and the newest is taken; elsewhere they are on the path.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", fmt.Errorf("look for postgresql: %w", err)
	}
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return majorVersion(a) - majorVersion(b) })
		return filepath.Dir(newest), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", fmt.Errorf("find postgresql: %w; install the package postgresql", ErrNotInstalled)
}

func majorVersion(initdb string) int {
	version := filepath.Base(filepath.Dir(filepath.Dir(initdb)))
	major, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(major)
	if err != nil {
		return 0
	}
	return n
}
