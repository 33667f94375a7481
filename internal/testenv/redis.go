package testenv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis returns the URL of an empty Redis server that is the test's own: it may flush it, and is alone
// on its channels. The server keeps nothing on disk and stops when t ends.
func Redis(t testing.TB) string {
	t.Helper()
	return StartRedis(t).URL
}

// RedisServer is a Redis server that a test may stop and start again.
type RedisServer struct {
	// URL of the server, the same for its whole life.
	URL string

	port int
	k    *keeper // nil while stopped
}

// Stop ends the server, with everything in it.
func (s *RedisServer) Stop(t testing.TB) {
	t.Helper()
	k := s.k
	s.k = nil
	if k == nil {
		return
	}
	if err := k.stop(); err != nil {
		t.Error(err)
	}
}

// Start begins anew at the same address, empty.
func (s *RedisServer) Start(t testing.TB) {
	t.Helper()
	_, k, err := startRedis(t.Context(), s.port)
	if err != nil {
		t.Fatal(err)
	}
	s.k = k
}

// StartRedis is Redis for tests that stop the server in between.
func StartRedis(t testing.TB) *RedisServer {
	t.Helper()
	const tries = 3 // a free port may be taken between looking and listening
	for try := 1; ; try++ {
		port, err := freePort()
		if err != nil {
			giveUp(t, err)
		}
		url, k, err := startRedis(t.Context(), port)
		if err == nil {
			s := &RedisServer{URL: url, port: port, k: k}
			t.Cleanup(func() { s.Stop(t) })
			return s
		}
		if try == tries || errors.Is(err, ErrNotInstalled) {
			giveUp(t, err)
		}
	}
}

func startRedis(ctx context.Context, port int) (string, *keeper, error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return "", nil, fmt.Errorf("find redis: %w; install the package redis-server", ErrNotInstalled)
	}
	user, err := serverAccount()
	if err != nil {
		return "", nil, err
	}
	dir, err := user.folder("parley-redis-")
	if err != nil {
		return "", nil, err
	}
	address := "127.0.0.1:" + strconv.Itoa(port)
	k, err := keep(dir, "KILL", user, program, "--bind", "127.0.0.1", "--port", strconv.Itoa(port),
		"--dir", dir, "--save", "", "--appendonly", "no")
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	client := redis.NewClient(&redis.Options{Addr: address, MaxRetries: -1})
	ready, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	err = k.awaitReady(ready, func(ctx context.Context) error { return client.Ping(ctx).Err() })
	if err := errors.Join(err, client.Close()); err != nil {
		return "", nil, errors.Join(fmt.Errorf("start redis: %w", err), k.stop())
	}
	return "redis://" + address + "/0", k, nil
}
