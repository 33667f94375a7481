package secret_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/internal/secret"
)

func box(fill byte) *secret.Box {
	var k [secret.KeySize]byte
	for i := range k {
		k[i] = fill
	}
	return secret.New(k)
}

func TestSealOpen(t *testing.T) {
	t.Parallel()
	b, place := box(1), []byte("account/42/config")
	for _, plain := range [][]byte{nil, {0}, []byte("hunter2"), bytes.Repeat([]byte("x"), 1<<20)} {
		sealed := b.Seal(plain, place)
		if len(sealed) != len(plain)+secret.Overhead {
			t.Errorf("sealed %d bytes into %d", len(plain), len(sealed))
		}
		if len(plain) > 4 && bytes.Contains(sealed, plain) {
			t.Error("the plain text is visible")
		}
		got, err := b.Open(sealed, place)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("opened %d bytes, %v; want %d", len(got), err, len(plain))
		}
		if bytes.Equal(sealed, b.Seal(plain, place)) {
			t.Error("two sealings are equal")
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	b, place := box(1), []byte("account/42")
	sealed := b.Seal([]byte("hunter2"), place)
	flip := func(i int) []byte {
		c := bytes.Clone(sealed)
		c[i] ^= 1
		return c
	}
	cases := []struct {
		name   string
		box    *secret.Box
		sealed []byte
		place  string
		want   error
	}{
		{"nothing", b, nil, "account/42", secret.ErrMalformed},
		{"short", b, sealed[:secret.Overhead-1], "account/42", secret.ErrMalformed},
		{"other version", b, flip(0), "account/42", secret.ErrMalformed},
		{"other key id", b, flip(1), "account/42", secret.ErrWrongKey},
		{"other key", box(2), sealed, "account/42", secret.ErrWrongKey},
		{"nonce altered", b, flip(6), "account/42", secret.ErrForged},
		{"text altered", b, flip(len(sealed) - 20), "account/42", secret.ErrForged},
		{"tag altered", b, flip(len(sealed) - 1), "account/42", secret.ErrForged},
		{"cut", b, sealed[:len(sealed)-1], "account/42", secret.ErrForged},
		{"another row", b, sealed, "account/43", secret.ErrForged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.box.Open(c.sealed, []byte(c.place))
			if !errors.Is(err, c.want) || got != nil {
				t.Errorf("Open = %q, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestDerive(t *testing.T) {
	t.Parallel()
	b := box(1)
	if !bytes.Equal(b.Derive("links"), b.Derive("links")) {
		t.Error("a purpose gives two keys")
	}
	seen := map[string]string{}
	for _, purpose := range []string{"", "links", "files", "parley/seal/v1"} {
		k := string(b.Derive(purpose))
		if len(k) != 32 {
			t.Errorf("key of %q has %d bytes", purpose, len(k))
		}
		if other, dup := seen[k]; dup {
			t.Errorf("%q and %q share a key", purpose, other)
		}
		seen[k] = purpose
	}
	if bytes.Equal(b.Derive("links"), box(2).Derive("links")) {
		t.Error("two roots give one key")
	}
}

func TestCheckValue(t *testing.T) {
	t.Parallel()
	check := box(1).CheckValue()
	if err := box(1).Verify(check); err != nil {
		t.Errorf("right key: %v", err)
	}
	for _, bad := range []string{"", "v1:", check + "0", check[:len(check)-1]} {
		if err := box(1).Verify(bad); !errors.Is(err, secret.ErrWrongKey) {
			t.Errorf("Verify(%q) = %v", bad, err)
		}
	}
	if err := box(2).Verify(check); !errors.Is(err, secret.ErrWrongKey) {
		t.Errorf("wrong key: %v", err)
	}
}

func TestBoxIsNotPrinted(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb, box(0x41)); got != secret.Mask {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}

func FuzzOpen(f *testing.F) {
	b := box(1)
	f.Add([]byte(nil), []byte(nil))
	f.Add(b.Seal([]byte("hunter2"), []byte("a")), []byte("a"))
	f.Add([]byte(strings.Repeat("\x01", secret.Overhead)), []byte("a"))
	f.Fuzz(func(t *testing.T, sealed, place []byte) {
		plain, err := b.Open(sealed, place)
		if err == nil && len(plain)+secret.Overhead != len(sealed) {
			t.Errorf("opened %d bytes from %d", len(plain), len(sealed))
		}
	})
}
