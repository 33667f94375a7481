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
// when the account began to be read, and for history, how far back that goes. Until is
// where the history ends and the arrivals begin.
type mark struct {
	validity uint32
	uid      uint32
	since    time.Time
	until    uint32
}

// String is the mark as a cursor: "uidvalidity:uid:since", and ":until" for a history.
func (m mark) String() string {
	parts := []string{number(m.validity), number(m.uid), strconv.FormatInt(m.since.Unix(), 10)}
	if m.until > 0 {
		parts = append(parts, number(m.until))
	}
	return strings.Join(parts, ":")
}

// done tells whether a history is read to its end.
func (m mark) done() bool { return m.uid >= m.until }

// parseMark reads a cursor. What is none is as if there were none: the mailbox is begun
// anew, and equal keys make that harmless.
func parseMark(text string) (mark, bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 3 || len(parts) > 4 {
		return mark{}, false
	}
	var m mark
	for i, to := range []*uint32{&m.validity, &m.uid, nil, &m.until} {
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
