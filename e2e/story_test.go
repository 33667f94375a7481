package e2e_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// TestMain throws former failures' pictures away once: stories that run side by side must leave each other's.
func TestMain(m *testing.M) {
	if err := os.RemoveAll("failures"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestSpeed, like whatever goes by figures, runs while nothing else does. It holds the way of a message to its limit.
func TestSpeed(t *testing.T) {
	tell(t, "speed.test.mjs")
}

// clockSetting begins the setting of a story that moves its program's clock.
const clockSetting = "CLOCK_FILE="

// tell drives the story of a file in a browser, with more settings for it.
func tell(t *testing.T, file string, settings ...string) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if testenv.Required() {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	tag := ""
	if slices.ContainsFunc(settings, func(one string) bool { return strings.HasPrefix(one, clockSetting) }) {
		tag = "movable_clock"
	}
	cmd := exec.CommandContext(t.Context(), "./run", file)
	cmd.Env = append(os.Environ(), "E2E_KEEP=1", "PARLEY_BIN="+program.Build(t, tag).Path)
	cmd.Env = append(cmd.Env, settings...)
	// Stories that run side by side would tell theirs in one another's words.
	told, err := cmd.CombinedOutput()
	t.Logf("%s", told)
	if err != nil {
		keep(t, file, told)
		t.Fatalf("the story broke off: %v; pictures of that moment are in e2e/failures", err)
	}
}

// keep writes what a story says of its failures, which it repeats at its end, beside their pictures.
func keep(t *testing.T, file string, told []byte) {
	t.Helper()
	if _, end, ok := bytes.Cut(told, []byte("failing tests:")); ok {
		told = end
	}
	if err := os.MkdirAll("failures", 0o755); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join("failures", file+".txt"), told, 0o600); err != nil {
		t.Error(err)
	}
}
