package imap

import (
	"context"
	"slices"

	"parley/channels"
)

// sliceMails is how much history is read before the mailbox is asked for news again.
const sliceMails = 500

// progress is how far the reading of history has come, over all folders.
type progress struct {
	done, total int
	told        bool // that it runs
}

// past reads a piece of a folder's history, and tells whether more is left.
func (r *Receiver) past(ctx context.Context, s *session, in channels.Inbound, f *folder) (more bool, err error) {
	if f.history.done() {
		return false, nil
	}
	uids, err := s.search(f.history.uid, f.history.since)
	if err != nil {
		return false, err
	}
	if over := slices.IndexFunc(uids, func(uid uint32) bool { return uid > f.history.border }); over >= 0 {
		uids = uids[:over]
	}
	left := len(uids)
	uids = uids[:min(left, sliceMails)]
	if len(uids) > 0 {
		p := pass{stream: historyStream(f.name), mark: f.history, since: f.history.since}
		r.history.total = max(r.history.total, r.history.done+left)
		if f.history, err = r.read(ctx, s, in, f, p, uids); err != nil {
			return false, err
		}
		r.history.done += len(uids)
		r.tellHistory(ctx, in)
	}
	if len(uids) < left {
		return true, nil
	}
	f.history.uid = f.history.border
	return false, writeMark(ctx, in, historyStream(f.name), f.history)
}

// tellHistory reports how far the history is read, where the account asked for any.
func (r *Receiver) tellHistory(ctx context.Context, in channels.Inbound) {
	if r.config.Backfill <= 0 {
		return
	}
	r.history.told = true
	in.Report(ctx, channels.Status{
		State: channels.StateConnected, Progress: &channels.Progress{Done: r.history.done, Total: r.history.total},
	})
}

// say reports that the account is connected, unless the history's progress says so.
func (r *Receiver) say(ctx context.Context, in channels.Inbound) {
	if !r.history.told {
		in.Report(ctx, channels.Status{State: channels.StateConnected})
	}
}

func (r *Receiver) finishedHistory(ctx context.Context, in channels.Inbound) {
	if r.history.told {
		r.history = progress{}
		in.Report(ctx, channels.Status{State: channels.StateConnected})
	}
}
