package e2e_test

import (
	"os"
	"os/exec"
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

// TestSpeed holds the way of a message to its limit.
func TestSpeed(t *testing.T) {
	tell(t, "speed.test.mjs")
}

// tell drives the story of a file in a browser, with more settings for it. Stories whose figures are times run one after
// the other, first; the others call t.Parallel, because they mostly wait.
func tell(t *testing.T, file string, settings ...string) {
	t.Helper()
	tellBy(t, "", file, settings...)
}

// tellBy is tell with the variant of the program that a build tag makes.
func tellBy(t *testing.T, tag, file string, settings ...string) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if testenv.Required() {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "./run", file)
	cmd.Env = append(os.Environ(), "E2E_KEEP=1", "PARLEY_BIN="+program.Build(t, tag).Path)
	cmd.Env = append(cmd.Env, settings...)
	// Stories that run side by side would tell theirs in one another's words.
	told, err := cmd.CombinedOutput()
	t.Logf("%s", told)
	if err != nil {
		t.Fatalf("the story broke off: %v; pictures of that moment are in e2e/failures", err)
	}
}
