package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/testenv/program"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	if text := i.do("load", "seed", "--conversations", "30", "--messages", "200"); !strings.Contains(text, "30 conversations and 200 messages") {
		t.Errorf("load seed of a new installation: %q", text)
	}
	i.do("admin", "create", "--email", "ann@example.com", "--name", "Ann")
	i.do("load", "seed", "--conversations", "30", "--messages", "200") // once more, beside what there is
	s := i.Serve(t, i.env, program.FreeAddress(t))
	key := i.do("apikey", "create", "--name", "load")
	journal := filepath.Join(t.TempDir(), "journal")
	remote := append(i.env, "PARLEY_URL="+s.URL, "PARLEY_API_KEY="+key)
	if text := i.MustRun(t, remote, "load", "run", "--rate", "50", "--for", "1s", "--journal", journal); !strings.HasPrefix(text, "acknowledged ") || !strings.Contains(text, "failed attempts 0") {
		t.Errorf("load run: %q", text)
	}
	if text := i.do("load", "verify", "--journal", journal); !strings.Contains(text, "lost 0, doubled 0, reordered 0") {
		t.Errorf("load verify: %q", text)
	}

	text, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	at := strings.Index(first, `"client_id":"`) + len(`"client_id":"`)
	invented := first[:at] + "00000000" + first[at+8:] + "\n"
	if err := os.WriteFile(journal, append(text, invented...), 0o600); err != nil {
		t.Fatal(err)
	}
	r := i.Run(t, i.env, "load", "verify", "--journal", journal)
	if r.Status != 1 || !strings.Contains(r.Stdout, "lost 1,") {
		t.Errorf("load verify of a message that never came: %+v", r)
	}
	s.Kill()
	r = i.Run(t, remote, "load", "run", "--for", "1s")
	if r.Status == 0 || strings.Contains(r.Stdout+r.Stderr, key) {
		t.Errorf("load run without a server: %+v", r)
	}
}
