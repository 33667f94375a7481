package imap

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// maxListed bounds what one search may bring; the next one begins where it ended.
const maxListed = 100_000

// search returns the UIDs above after, in order; of those that came in since a time where
// one is given. Servers compare days, in their own time zone.
func (s *session) search(after uint32, since time.Time) ([]uint32, error) {
	if after == math.MaxUint32 {
		return nil, nil
	}
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: imap.UID(after + 1), Stop: 0}}}}
	if !since.IsZero() {
		criteria.Since = since.UTC().AddDate(0, 0, -1)
	}
	var options *imap.SearchOptions
	if s.client.Caps().Has(imap.CapESearch) {
		options = &imap.SearchOptions{ReturnAll: true}
	}
	var uids []uint32
	err := s.ask("search", func() error {
		d, err := s.client.UIDSearch(criteria, options).Wait()
		if err == nil {
			uids = above(d.All, after)
		}
		return err
	})
	return uids, err
}

// above lists a set's numbers over a bound, in order and each once. The newest mail always
// answers to "n:*", also when it is below n.
func above(set imap.NumSet, bound uint32) (uids []uint32) {
	ranges, _ := set.(imap.UIDSet)
	ranges = slices.Clone(ranges)
	slices.SortFunc(ranges, func(a, b imap.UIDRange) int { return int(int64(a.Start) - int64(b.Start)) })
	next := uint64(bound) + 1
	for _, r := range ranges {
		for uid := max(next, uint64(r.Start)); uid <= uint64(r.Stop); uid++ {
			if len(uids) == maxListed {
				return uids
			}
			uids = append(uids, uint32(uid))
			next = uid + 1
		}
	}
	return uids
}

// stub is what is known of a mail before it is fetched.
type stub struct {
	uid      uint32
	size     int64
	received time.Time
}

// stubs looks at mails. Those that are gone by now are missing. A server may tell of a flag
// that changed in the middle of an answer, and the library takes the first word on a mail
// for the whole answer: what has no time was not answered, and is asked for once more.
func (s *session) stubs(uids []uint32) ([]stub, error) {
	list, err := s.glance(uids)
	if err != nil {
		return nil, err
	}
	var unanswered []uint32
	for _, st := range list {
		if st.received.IsZero() {
			unanswered = append(unanswered, st.uid)
		}
	}
	if len(unanswered) == 0 {
		return list, nil
	}
	again, err := s.glance(unanswered)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(st stub) bool { return st.received.IsZero() })
	list = append(list, again...)
	slices.SortFunc(list, byUID)
	return list, nil
}

// glance asks for stubs once.
func (s *session) glance(uids []uint32) (list []stub, err error) {
	err = s.ask("look at mails", func() error {
		fetch := s.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		for m := fetch.Next(); m != nil; m = fetch.Next() {
			b, err := m.Collect()
			if err != nil {
				return fmt.Errorf("read answer: %w", err)
			}
			list = append(list, stub{uid: uint32(b.UID), size: b.RFC822Size, received: b.InternalDate})
		}
		return fetch.Close()
	})
	slices.SortFunc(list, byUID)
	return slices.CompactFunc(list, func(a, b stub) bool { return a.uid == b.uid }), err
}

func byUID(a, b stub) int { return cmp.Compare(a.uid, b.uid) }

// present returns those of some mails that are there still.
func (s *session) present(uids []uint32) (there []uint32, err error) {
	list, err := s.glance(uids)
	for _, st := range list {
		there = append(there, st.uid)
	}
	return there, err
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}

// takeFunc takes one literal. What it leaves unread is thrown away.
type takeFunc func(uid uint32, body *literal) error

// bodies streams mails to take. Those that are gone by now are left out.
func (s *session) bodies(uids []uint32, take takeFunc) error {
	return s.fetch(uids, &imap.FetchItemBodySection{Peek: true}, take)
}

// header returns the beginning of a mail's header.
func (s *session) header(uid uint32, most int64) (header []byte, err error) {
	section := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, Partial: &imap.SectionPartial{Size: most}}
	err = s.fetch([]uint32{uid}, section, func(_ uint32, body *literal) (err error) {
		header, err = io.ReadAll(io.LimitReader(body, most))
		return err
	})
	return header, err
}

func (s *session) fetch(uids []uint32, section *imap.FetchItemBodySection, take takeFunc) error {
	return s.ask("fetch", func() error {
		fetch := s.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		for m := fetch.Next(); m != nil; m = fetch.Next() {
			if err := s.one(m, take); err != nil {
				_ = fetch.Close() // lets go of what else had come
				return err
			}
		}
		return fetch.Close()
	})
}

// one hands a mail's literal on.
func (s *session) one(m *imapclient.FetchMessageData, take takeFunc) error {
	uid, taken := uint32(0), false
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			l := &literal{r: bytes.NewReader(nil)} // NIL is an empty mail
			if item.Literal != nil {
				l = &literal{r: item.Literal, size: item.Literal.Size(), left: item.Literal.Size()}
			}
			var err error
			if !taken {
				err = take(uid, l)
			}
			taken = true
			if err = s.finish(l, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish reads the rest of a literal, which the library waits for. When anything is wrong
// it hangs up: the rest of the answer is of no use.
func (s *session) finish(l *literal, err error) error {
	if err != nil {
		s.line.Close()
	}
	_, rest := io.Copy(io.Discard, l)
	if err == nil {
		err = rest
	}
	if err != nil {
		s.line.Close()
		if l.left > 0 {
			// The library will read the literal once more. While it still reads the connection
			// as well, that is a race.
			<-s.client.Closed()
		}
	}
	return err
}

// literal is a mail on its way from the server. It notices an end that comes too early: the
// library takes the end of the connection for the end of the mail.
type literal struct {
	r     io.Reader
	size  int64
	left  int64
	ended error // nothing is read behind the first
}

// Read implements io.Reader.
func (l *literal) Read(p []byte) (int, error) {
	if l.ended != nil {
		return 0, l.ended
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if err == io.EOF && l.left > 0 { //nolint:errorlint // readers return it bare
		err = io.ErrUnexpectedEOF
	}
	l.ended = err
	return n, err
}

// broken is what the connection failed with, as opposed to who reads.
func (l *literal) broken() error {
	if l.ended == io.EOF { //nolint:errorlint // as above
		return nil
	}
	return l.ended
}
