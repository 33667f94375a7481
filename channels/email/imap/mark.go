package imap

import (
	"context"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Streams of a mailbox: the watermark of what arrives, and that of what lay there before.
func arrivalStream(mailbox string) string { return "imap/" + mailbox }
func historyStream(mailbox string) string { return "imap/" + mailbox + "/history" }

// mark is a watermark: everything up to UID has been handed on. Since is, for arrivals,
// when the account was connected, and for history, how far back that goes. Border is, for
// arrivals, the first UID that the server gave out after the account was connected, and for
// history, the last that belongs to it; 0 = there is none, for arrivals because the server
// has renumbered since.
type mark struct {
	validity uint32
	uid      uint32
	since    time.Time
	border   uint32
}

// String is the mark as a cursor: "uidvalidity:uid:since", and ":border" where there is one.
func (m mark) String() string {
	parts := []string{number(m.validity), number(m.uid), strconv.FormatInt(m.since.Unix(), 10)}
	if m.border > 0 {
		parts = append(parts, number(m.border))
	}
	return strings.Join(parts, ":")
}

// done tells whether a history is read to its end.
func (m mark) done() bool { return m.uid >= m.border }

// movedAfter is how much older than its account a mail may be that comes in later and is
// news still: clocks differ, and people bring back what lay among the spam.
const movedAfter = 24 * time.Hour

// historic tells for the mark of arrivals whether a mail stood in the mailbox when the
// account was connected. The server's numbers say so, which no clock can spoil; its times
// count where it has given new numbers since, and for old mails that were moved here.
func (m mark) historic(uid uint32, received time.Time) bool {
	switch {
	case m.border == 0:
		return received.Before(m.since)
	case uid < m.border:
		return true
	}
	return received.Before(m.since.Add(-movedAfter))
}

// parseMark reads a cursor. What is none is as if there were none: the mailbox is begun
// anew, and equal keys make that harmless.
func parseMark(text string) (mark, bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 3 || len(parts) > 4 {
		return mark{}, false
	}
	var m mark
	for i, to := range []*uint32{&m.validity, &m.uid, nil, &m.border} {
		if to == nil || i >= len(parts) {
			continue
		}
		n, err := strconv.ParseUint(parts[i], 10, 32)
		if err != nil {
			return mark{}, false
		}
		*to = uint32(n)
	}
	since, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return mark{}, false
	}
	m.since = time.Unix(since, 0).UTC()
	return m, true
}

func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// readMark returns a stream's committed mark.
func readMark(ctx context.Context, in channels.Inbound, stream string) (mark, bool, error) {
	text, err := in.Cursor(ctx, stream)
	if err != nil {
		return mark{}, false, notStored(err)
	}
	m, ok := parseMark(text)
	return m, ok, nil
}

// writeMark commits a mark alone.
func writeMark(ctx context.Context, in channels.Inbound, stream string, m mark) error {
	if _, err := in.Deliver(ctx, channels.Batch{Stream: stream, Cursor: m.String()}); err != nil {
		return notStored(err)
	}
	return nil
}
