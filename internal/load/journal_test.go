package load_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/internal/load"
)

func TestJournalIsContinued(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	var want []load.Entry
	for run := range 3 {
		j, err := load.OpenJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 10 {
			e := load.Entry{Account: "1", Visitor: fmt.Sprint(run), N: n + 1, Client: fmt.Sprint(run, n), Acked: n%2 == 0}
			if err := j.Write(e); err != nil {
				t.Fatal(err)
			}
			want = append(want, e)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := load.ReadJournal(path); err != nil || !slices.Equal(got, want) {
		t.Errorf("read %d entries of %d, %v", len(got), len(want), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("journal: %v, %v", info, err)
	}
}

func TestJournalOfManyWriters(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	j, err := load.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for n := range 500 {
				if err := j.Write(load.Entry{Visitor: fmt.Sprint(w), N: n + 1}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := load.ReadJournal(path)
	if err != nil || len(got) != 8*500 {
		t.Errorf("read %d entries, %v", len(got), err)
	}
	last := map[string]int{}
	for _, e := range got {
		if e.N != last[e.Visitor]+1 {
			t.Fatalf("entry %d of writer %s follows %d", e.N, e.Visitor, last[e.Visitor])
		}
		last[e.Visitor] = e.N
	}
}

func TestReadJournal(t *testing.T) {
	t.Parallel()
	const one = `{"account":"1","visitor":"v","n":1,"client_id":"a","acked":true}`
	for name, c := range map[string]struct {
		text    string
		entries int
		broken  bool
	}{
		"empty":                 {"", 0, false},
		"whole":                 {one + "\n" + one + "\n", 2, false},
		"no last line break":    {one + "\n" + one, 2, false},
		"last line cut":         {one + "\n" + one[:20], 1, false},
		"cut to the line break": {one + "\n" + one[:len(one)-1], 1, false},
		"only line cut":         {one[:3], 0, false},
		"line cut in the midst": {one[:20] + "\n" + one + "\n", 0, true},
		"zeroes in the midst":   {one + "\n\x00\x00\x00\n" + one + "\n", 1, true},
		"continued after a cut": {one + "\n" + one[:20] + one + "\n" + one + "\n", 1, true},
		"a line far too long":   {one + "\n" + strings.Repeat("x", 1<<17), 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "journal")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := load.ReadJournal(path)
			if (err != nil) != c.broken || err == nil && len(got) != c.entries {
				t.Errorf("%d entries, %v", len(got), err)
			}
		})
	}
	if _, err := load.ReadJournal(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a journal that does not exist was read")
	}
}

func TestJournalContinuesAfterACut(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	write := func(client string) {
		t.Helper()
		j, err := load.OpenJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Write(load.Entry{Client: client}); err != nil {
			t.Fatal(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	write("first")
	write("second")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text[:len(text)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	write("third")
	got, err := load.ReadJournal(path)
	if err != nil || len(got) != 2 || got[0].Client != "first" || got[1].Client != "third" {
		t.Errorf("read %+v, %v", got, err)
	}
}
