package imap

import (
	"github.com/emersion/go-imap/v2"
)

// ParseMark reads a cursor and writes it again.
func ParseMark(text string) (again string, ok bool) {
	m, ok := parseMark(text)
	return m.String(), ok
}

// BodyHash hashes a mail that comes in pieces.
func BodyHash(pieces ...[]byte) string {
	h := newBodyHash()
	for _, p := range pieces {
		_, _ = h.Write(p) // never fails
	}
	return h.sum()
}

// Above lists the numbers of runs, each a first and a last, over a bound.
func Above(bound uint32, runs ...[2]uint32) []uint32 {
	var set imap.UIDSet
	for _, r := range runs {
		set = append(set, imap.UIDRange{Start: imap.UID(r[0]), Stop: imap.UID(r[1])})
	}
	return above(set, bound)
}

// Known is a set of UIDs.
type Known struct{ known }

// Add notes a UID.
func (k *Known) Add(uid uint32) { k.add(uid) }

// Has tells whether a UID was noted.
func (k *Known) Has(uid uint32) bool { return k.has(uid) }

// Runs is how many runs it takes to hold them.
func (k *Known) Runs() int { return len(k.runs) }

// Forget drops what is below a UID.
func (k *Known) Forget(below uint32) { k.forget(below) }
