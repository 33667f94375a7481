package faults_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

const (
	rightKey = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	wrongKey = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
)

// TestServeRefusesWhatCannotWork starts the server with settings that cannot work. Each must end it
// with status 2 and one line that names the setting at fault, and never a password.
func TestServeRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		arrange func(t *testing.T) (env, args []string)
		says    []string // each of these must be in the line
	}{
		{"unknown flag", func(t *testing.T) (env, args []string) {
			return nil, []string{"--listne", "127.0.0.1:0"}
		}, []string{"listne"}},
		{"listen address is none", func(t *testing.T) (env, args []string) {
			return nil, []string{"--listen", "nowhere"}
		}, []string{"listen", "nowhere"}},
		{"port in use", func(t *testing.T) (env, args []string) {
			address := occupy(t)
			return nil, []string{"--listen", address}
		}, []string{"in use"}},
		{"public URL is none", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_PUBLIC_URL=ftp//x"}, nil
		}, []string{"public"}},
		{"database URL of an unknown kind", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_SECRET_KEY=" + rightKey}, []string{"--database", "mysql://u:hush-hush@127.0.0.1/x"}
		}, []string{"database"}},
		{"database unreachable", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_SECRET_KEY=" + rightKey},
				[]string{"--database", "postgres://u:hush-hush@" + program.FreeAddress(t) + "/x"}
		}, []string{"database"}},
		{"Redis unreachable", func(t *testing.T) (env, args []string) {
			return nil, []string{"--redis", "redis://:hush-hush@" + program.FreeAddress(t) + "/0"}
		}, []string{"redis"}},
		{"data folder is a file", func(t *testing.T) (env, args []string) {
			file := filepath.Join(t.TempDir(), "data")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return nil, []string{"--data", file}
		}, []string{"data"}},
		{"key is no key", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_SECRET_KEY=hush-hush"}, nil
		}, []string{"PARLEY_SECRET_KEY", "64"}},
		{"key is another one, SQLite", func(t *testing.T) (env, args []string) {
			data := t.TempDir()
			program.Build(t, "").MustRun(t, []string{"PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATA=" + data}, "migrate")
			return []string{"PARLEY_SECRET_KEY=" + wrongKey}, []string{"--data", data}
		}, []string{"PARLEY_SECRET_KEY"}},
		{"key is another one, PostgreSQL", func(t *testing.T) (env, args []string) {
			database := testenv.Postgres(t)
			program.Build(t, "").MustRun(t, []string{"PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATABASE=" + database}, "migrate")
			return []string{"PARLEY_SECRET_KEY=" + wrongKey, "PARLEY_DATABASE=" + database}, nil
		}, []string{"PARLEY_SECRET_KEY"}},
		{"no key on PostgreSQL", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_DATABASE=" + testenv.Postgres(t)}, nil
		}, []string{"PARLEY_SECRET_KEY"}},
		{"address range is none", func(t *testing.T) (env, args []string) {
			return []string{"PARLEY_EGRESS_ALLOW=10.0.0.0/99"}, nil
		}, []string{"PARLEY_EGRESS_ALLOW", "10.0.0.0/99"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			env, args := c.arrange(t)
			defaults := []string{"PARLEY_LISTEN=" + program.FreeAddress(t), "PARLEY_DATA=" + t.TempDir()}
			r := program.Build(t, "").Run(t, append(defaults, env...), append([]string{"serve"}, args...)...)
			if r.Status != 2 {
				t.Errorf("exit status %d, want 2", r.Status)
			}
			line := complaint(t, r.Stderr)
			for _, word := range c.says {
				if !strings.Contains(strings.ToLower(line), strings.ToLower(word)) {
					t.Errorf("%q does not name %q", line, word)
				}
			}
			for _, hidden := range []string{"hush-hush", rightKey, wrongKey} {
				if strings.Contains(r.Stdout+r.Stderr, hidden) {
					t.Errorf("a secret is shown:\n%s%s", r.Stdout, r.Stderr)
				}
			}
		})
	}
}

// complaint returns the one line that is not a log record.
func complaint(t *testing.T, stderr string) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(stderr) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "time=") {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		t.Fatalf("said %d lines, want one:\n%s", len(lines), stderr)
	}
	return lines[0]
}

// occupy listens on a loopback port until the test ends.
func occupy(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}
