package live

import (
	"bytes"
	"testing"
)

// FuzzNote reads what anybody could have published, and what we write.
func FuzzNote(f *testing.F) {
	f.Add([]byte("node\nfeed\n"))
	f.Add([]byte("node\ntyping\ntwo\nlines"))
	f.Add([]byte("node\n"))
	f.Add([]byte("\n\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, ok := readNote(b)
		if ok && !bytes.Equal(n.bytes(), b) {
			t.Errorf("%q was read as %+v", b, n)
		}
		if ok && (n.From == "" || n.Topic == "") {
			t.Errorf("%q is from nobody, or about nothing", b)
		}
	})
}
