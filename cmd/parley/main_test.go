package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/testenv/program"
)

// install is one installation on SQLite, driven by the command line.
type install struct {
	*program.Program
	t    *testing.T
	data string
	env  []string
}

func newInstall(t *testing.T, env ...string) *install {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	return &install{Program: program.Build(t, ""), t: t, data: data, env: append([]string{"PARLEY_DATA=" + data}, env...)}
}

// do runs a command that must succeed and returns what it printed.
func (i *install) do(args ...string) string {
	i.t.Helper()
	return i.MustRun(i.t, i.env, args...)
}

// refused runs a command that must end with the status and one line on standard
// error, which holds each of the words; it returns the line.
func (i *install) refused(status int, args []string, words ...string) string {
	i.t.Helper()
	return judge(i.t, i.Run(i.t, i.env, args...), status, args, words...)
}

func judge(t *testing.T, r program.Result, status int, args []string, words ...string) string {
	t.Helper()
	if r.Status != status {
		t.Errorf("parley %s: exit status %d, want %d", strings.Join(args, " "), r.Status, status)
	}
	var lines []string
	for line := range strings.Lines(r.Stderr) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "time=") { // log records stand beside it
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		t.Fatalf("parley %s: said %d lines, want one:\n%s", strings.Join(args, " "), len(lines), r.Stderr)
	}
	for _, word := range words {
		if !strings.Contains(lines[0], word) {
			t.Errorf("parley %s: %q does not say %q", strings.Join(args, " "), lines[0], word)
		}
	}
	if r.Stdout != "" {
		t.Errorf("parley %s: printed %q besides", strings.Join(args, " "), r.Stdout)
	}
	return lines[0]
}

func TestWrongCalls(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	for _, c := range []struct {
		args  string
		words string // that the line must have, with blanks between
	}{
		{"srve", `"srve" help`},
		{"admin", `"admin" help`},
		{"admin delete", `delete" help`},
		{"--listen :1", `"--listen" help`},
		{"serve now", `"now"`},
		{"migrate --fast", "-fast --help"},
		{"migrate now", `"now"`},
		{"version 2", `"2"`},
		{"doctor --url", "-url --help"},
		{"doctor --url ://", "--url http://127.0.0.1:8080"},
		{"admin create --name Ann", "--email missing"},
		{"admin create --email ann@example.com", "--name missing"},
		{"admin create --email ann --name Ann", "--email name@example.com"},
		{"admin reset", "--email missing"},
		{"apikey create", "--name missing"},
		{"apikey create --name x --scope conversations", "--scope conversations:read"},
		{"backup", "file name"},
		{"backup a b", `"b"`},
		{"restore", "file name"},
		{"load seed --conversations ten", "ten -conversations"},
		{"load seed --conversations 0", "--conversations"},
		{"load seed --conversations 10 --messages 9", "--messages --conversations"},
		{"load run --kind mail", "mail chat"},
		{"load run --for 0s", "--for"},
		{"load run --clients 0", "--clients"},
		{"load run", "PARLEY_URL PARLEY_API_KEY apikey"},
		{"load verify", "--journal missing"},
		{"load verify --journal nowhere", "--journal"},
	} {
		args := strings.Fields(c.args)
		line := i.refused(2, args, strings.Fields(c.words)...)
		if !strings.HasPrefix(line, "parley") {
			t.Errorf("%s: %q does not say who speaks", c.args, line)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	for _, args := range [][]string{nil, {"help"}, {"--help"}, {"-h"}} {
		text := i.do(args...)
		for _, name := range []string{
			"serve", "migrate", "doctor", "version", "admin create", "admin reset", "apikey create", "backup FILE",
			"restore FILE", "load seed", "load run", "load verify", "--listen", "PARLEY_SECRET_KEY",
		} {
			if !strings.Contains(text, name) {
				t.Errorf("parley %v does not show %q", args, name)
			}
		}
	}
	for _, args := range []string{"serve --help", "admin create -h", "backup --help", "version --help"} {
		if text := i.do(strings.Fields(args)...); !strings.HasPrefix(text, "parley ") || !strings.Contains(text, "PARLEY_DATA") {
			t.Errorf("parley %s: %s", args, text)
		}
	}
	if text := i.do("version"); !strings.HasPrefix(text, "parley ") || strings.Contains(text, "\n") {
		t.Errorf("version: %q", text)
	}
	if _, err := os.Stat(i.data); err == nil {
		t.Error("asking for help made a data folder")
	}
}

func TestMigrateAndDoctor(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	i.do("migrate")
	if text := i.do("migrate"); !strings.Contains(text, "up to date") {
		t.Errorf("migrate: %q", text)
	}
	if text := i.do("doctor"); !strings.Contains(text, "sqlite") {
		t.Errorf("doctor: %q", text)
	}
	info, err := os.Stat(filepath.Join(i.data, "secret.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", info, err)
	}
	if err := os.Remove(filepath.Join(i.data, "secret.key")); err != nil {
		t.Fatal(err)
	}
	i.refused(2, []string{"doctor"}, "PARLEY_SECRET_KEY", "gone")
	if err := os.WriteFile(filepath.Join(i.data, "parley.db"), []byte("this is no database, only text"), 0o600); err != nil {
		t.Fatal(err)
	}
	i.refused(2, []string{"doctor"}, "--data")
	i.refused(1, []string{"doctor", "--url", "http://" + program.FreeAddress(t)}, "does not answer")
}
