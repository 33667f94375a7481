package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
)

func TestHasher(t *testing.T) {
	t.Parallel()
	h := authtest.CheapHasher()
	stored, err := h.Hash(t.Context(), "correct horse")
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("Hash = %q, %v", stored, err)
	}
	if again, _ := h.Hash(t.Context(), "correct horse"); again == stored {
		t.Error("two hashes of one password are equal")
	}
	stronger := auth.NewHasher(auth.Params{MemoryKiB: 64, Passes: 2, Threads: 1}, 1)
	cases := []struct {
		name, stored, password string
		by                     *auth.Hasher
		ok, rehash             bool
	}{
		{"right", stored, "correct horse", h, true, false},
		{"wrong", stored, "correct horsf", h, false, false},
		{"empty password", stored, "", h, false, false},
		{"right under new parameters", stored, "correct horse", stronger, true, true},
		{"wrong under new parameters", stored, "x", stronger, false, false},
		{"nothing stored", "", "correct horse", h, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ok, rehash, err := c.by.Verify(t.Context(), c.stored, c.password)
			if err != nil || ok != c.ok || rehash != c.rehash {
				t.Errorf("Verify = %v, %v, %v; want %v, %v", ok, rehash, err, c.ok, c.rehash)
			}
		})
	}
	if ok, _, err := h.Verify(t.Context(), "$2a$10$somethingelse", "x"); ok || err == nil || strings.Contains(err.Error(), "$2a") {
		t.Errorf("foreign hash: %v, %v", ok, err)
	}
}

// A sample made by the reference implementation's command line:
// argon2 somesalt -id -t 2 -m 16 -p 1 of "password".
func TestHasherKnowsTheReference(t *testing.T) {
	t.Parallel()
	const sample = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h := authtest.CheapHasher()
	if ok, rehash, err := h.Verify(t.Context(), sample, "password"); !ok || !rehash || err != nil {
		t.Errorf("Verify = %v, %v, %v", ok, rehash, err)
	}
}

func TestHasherIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		h := auth.NewHasher(auth.Params{MemoryKiB: 64, Passes: 1, Threads: 1}, 1)
		auth.HoldSlotForTest(h, release)

		if _, err := h.Hash(t.Context(), "x"); !errors.Is(err, auth.ErrBusy) {
			t.Errorf("a full hasher says %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a hurried caller hears %v", err)
		}
		close(release)
		synctest.Wait()
		if _, err := h.Hash(t.Context(), "x"); err != nil {
			t.Errorf("a free hasher says %v", err)
		}
	})
}

func TestDefaultParamsAreWithinBounds(t *testing.T) {
	t.Parallel()
	h := auth.NewHasher(auth.DefaultParams(), 1)
	stored, err := h.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if ok, rehash, err := h.Verify(t.Context(), stored, "x"); !ok || rehash || err != nil {
		t.Errorf("Verify = %v, %v, %v", ok, rehash, err)
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$AAAA")
	f.Add("$argon2id$v=19$m=065536,t=+2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, in string) {
		out, p, err := auth.ParsePHCForTest(in)
		if err != nil {
			return
		}
		if out != in {
			t.Errorf("%q is read as %q", in, out)
		}
		if p.MemoryKiB > 256*1024 || p.Passes > 16 || p.Threads > 8 || p.MemoryKiB*p.Passes*uint32(p.Threads) == 0 {
			t.Errorf("%q asks for %+v", in, p)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h := auth.NewHasher(auth.DefaultParams(), 1)
	for b.Loop() {
		if _, err := h.Hash(b.Context(), "correct horse battery"); err != nil {
			b.Fatal(err)
		}
	}
}
