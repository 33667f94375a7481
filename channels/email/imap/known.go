package imap

import "slices"

// known are the UIDs that were handed on in this process, as runs, because most follow
// one another. The zero value is empty.
type known struct{ runs []run }

type run struct{ first, last uint32 }

// add notes a UID.
func (k *known) add(uid uint32) {
	at, found := k.find(uid)
	if found {
		return
	}
	joinsLeft := at > 0 && k.runs[at-1].last+1 == uid
	joinsRight := at < len(k.runs) && k.runs[at].first == uid+1
	switch {
	case joinsLeft && joinsRight:
		k.runs[at-1].last = k.runs[at].last
		k.runs = slices.Delete(k.runs, at, at+1)
	case joinsLeft:
		k.runs[at-1].last = uid
	case joinsRight:
		k.runs[at].first = uid
	default:
		k.runs = slices.Insert(k.runs, at, run{uid, uid})
	}
}

// has tells whether a UID was noted.
func (k *known) has(uid uint32) bool {
	_, found := k.find(uid)
	return found
}

// forget drops what is below a UID.
func (k *known) forget(below uint32) {
	at, _ := k.find(below)
	k.runs = slices.Delete(k.runs, 0, at)
}

// find returns the run that holds a UID, or where one would stand.
func (k *known) find(uid uint32) (int, bool) {
	return slices.BinarySearchFunc(k.runs, uid, func(r run, uid uint32) int {
		switch {
		case r.last < uid:
			return -1
		case r.first > uid:
			return 1
		}
		return 0
	})
}
