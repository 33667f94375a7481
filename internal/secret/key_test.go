package secret_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parley/internal/secret"
)

const sample = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

func TestParseKey(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, in string
		ok       bool
	}{
		{"digits", sample, true},
		{"upper case", strings.ToUpper(sample), true},
		{"blanks around", " " + sample + "\r\n", true},
		{"nothing", "", false},
		{"short", sample[:63], false},
		{"long", sample + "0", false},
		{"not hex", "zz" + sample[2:], false},
		{"blank inside", sample[:32] + " " + sample[33:], false},
		{"zeros", strings.Repeat("0", 64), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k, err := secret.ParseKey(c.in)
			if !c.ok {
				if !errors.Is(err, secret.ErrBadKey) {
					t.Errorf("err = %v", err)
				}
				return
			}
			if err != nil || k.Reveal() != sample {
				t.Errorf("key = %q, %v", k.Reveal(), err)
			}
		})
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add(sample)
	f.Add("")
	f.Add("zz" + sample[2:])
	f.Add("hunter2hunter2")
	f.Fuzz(func(t *testing.T, in string) {
		k, err := secret.ParseKey(in)
		if err == nil {
			if k.Reveal() != strings.ToLower(strings.TrimSpace(in)) {
				t.Errorf("read %q from %q", k.Reveal(), in)
			}
			return
		}
		if s := strings.TrimSpace(in); len(s) > 8 && strings.Contains(err.Error(), s) {
			t.Errorf("the error shows the key: %v", err)
		}
	})
}

func TestKeyIsNotPrinted(t *testing.T) {
	t.Parallel()
	k, err := secret.ParseKey(sample)
	if err != nil {
		t.Fatal(err)
	}
	j, err := json.Marshal(map[string]any{"key": k})
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{string(j), k.LogValue().String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		shown = append(shown, fmt.Sprintf(verb, k))
	}
	for _, s := range shown {
		if !strings.Contains(s, secret.Mask) || strings.Contains(s, "22") || strings.Contains(s, "34") {
			t.Errorf("shown as %s", s)
		}
	}
}

func TestLoadOrCreate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret.key")
	first, created, err := secret.LoadOrCreate(path)
	if err != nil || !created {
		t.Fatalf("first: created %v, %v", created, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v", info.Mode(), err)
	}
	again, created, err := secret.LoadOrCreate(path)
	if err != nil || created || again != first {
		t.Errorf("second: same %v, created %v, %v", again == first, created, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".key-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestLoadOrCreateRace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret.key")
	const n = 16
	keys, made := make([]secret.Key, n), make([]bool, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			var err error
			if keys[i], made[i], err = secret.LoadOrCreate(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	count := 0
	for i := range n {
		if keys[i] != keys[0] {
			t.Error("two starters hold different keys")
		}
		if made[i] {
			count++
		}
	}
	if count != 1 {
		t.Errorf("%d say they made the key", count)
	}
}

func TestLoadRefusesDamagedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret.key")
	if err := os.WriteFile(path, []byte(sample[:40]), 0o600); err != nil {
		t.Fatal(err)
	}
	_, created, err := secret.LoadOrCreate(path)
	if !errors.Is(err, secret.ErrBadKey) || created {
		t.Fatalf("created %v, %v", created, err)
	}
	if strings.Contains(err.Error(), sample[:8]) {
		t.Errorf("the error shows the key: %v", err)
	}
	if kept, _ := os.ReadFile(path); string(kept) != sample[:40] {
		t.Error("the damaged file was replaced")
	}
}

func TestLoadOrCreateNeedsFolder(t *testing.T) {
	t.Parallel()
	if _, _, err := secret.LoadOrCreate(filepath.Join(t.TempDir(), "absent", "k")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}
