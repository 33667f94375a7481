package imap_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/channels/email/imap"
)

func TestCursors(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"1:2:3": true, "4294967295:0:1700000000": true, "1:2:3:9": true, "1:2:-5": true,
		"": false, "1:2": false, "1:2:3:4:5": false, "4294967296:1:1": false, "a:1:1": false, "1:-1:1": false, "1:1:x": false,
	} {
		again, got := imap.ParseMark(text)
		if got != ok || ok && again != text {
			t.Errorf("%q is read as %q, %v", text, again, got)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("1:2:3:4")
	f.Fuzz(func(t *testing.T, text string) {
		again, ok := imap.ParseMark(text)
		if !ok {
			return
		}
		if third, ok := imap.ParseMark(again); !ok || third != again {
			t.Errorf("%q becomes %q and then %q", text, again, third)
		}
	})
}

func TestBodyHashKnowsTheBodyAlone(t *testing.T) {
	t.Parallel()
	hash := func(text string) string { return imap.BodyHash([]byte(text)) }
	if hash("A: b\r\n\r\nbody") != hash("Received: x\r\n y\r\nA: c\r\n\r\nbody") {
		t.Error("another header makes another body")
	}
	if hash("A: b\n\nbody") != hash("A: c\r\n\r\nbody") {
		t.Error("the end of lines of the header counts")
	}
	if hash("A: b\n\nbody") == hash("A: b\n\nBody") {
		t.Error("two bodies are one")
	}
}

func FuzzBodyHash(f *testing.F) {
	f.Add([]byte("A: b\r\n\r\nbody\r\n\r\nmore"), uint8(3))
	f.Add([]byte("\n\r\r\n\nx"), uint8(1))
	f.Fuzz(func(t *testing.T, mail []byte, size uint8) {
		pieces := slices.Collect(slices.Chunk(mail, int(size)+1))
		if imap.BodyHash(mail) != imap.BodyHash(pieces...) {
			t.Errorf("%q in pieces of %d has another hash", mail, int(size)+1)
		}
	})
}

func TestSearchResults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bound uint32
		runs  [][2]uint32
		want  []uint32
	}{
		"nothing":             {7, nil, nil},
		"the newest is older": {7, [][2]uint32{{5, 5}}, nil},
		"in order and once":   {7, [][2]uint32{{12, 13}, {6, 9}, {9, 10}}, []uint32{8, 9, 10, 12, 13}},
		"the last there is":   {math.MaxUint32 - 1, [][2]uint32{{1, math.MaxUint32}}, []uint32{math.MaxUint32}},
	} {
		if got := imap.Above(c.bound, c.runs...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := imap.Above(0, [2]uint32{1, math.MaxUint32}); len(got) > 1_000_000 {
		t.Errorf("a lying server makes us list %d numbers", len(got))
	}
}

func TestKnownIsASet(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var k imap.Known
	want := map[uint32]bool{}
	for range 3000 {
		uid := random.Uint32N(2000)
		k.Add(uid)
		want[uid] = true
	}
	k.Forget(0)
	runs := 0
	for uid := range uint32(2001) {
		if k.Has(uid) != want[uid] {
			t.Errorf("%d: known %v", uid, k.Has(uid))
		}
		if want[uid] && (uid == 0 || !want[uid-1]) {
			runs++
		}
	}
	if k.Runs() != runs {
		t.Errorf("%d runs, want %d", k.Runs(), runs)
	}
	k.Forget(1000)
	for uid := range uint32(900) {
		if k.Has(uid) && k.Runs() == runs {
			t.Fatal("nothing is forgotten")
		}
	}
}
