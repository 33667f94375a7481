package imap

import (
	"context"
	"hash/fnv"
	"slices"
	"time"

	"parley/channels"
)

// mostReconciled bounds what one night reads again, the newest first to be kept.
const mostReconciled = 20_000

// reconcile looks, once a night, for mail of the last days that the watermark has passed
// without it: servers exist that show a number before its neighbour below. What this
// process has seen is not fetched again; what it has not, after a restart, is handed on
// once more, and its key tells whether it was there.
func (r *Receiver) reconcile(ctx context.Context, s *session, in channels.Inbound) error {
	now := r.env.Now()
	if now.Before(r.night) {
		return nil
	}
	r.night = r.nextNight(now)
	folders := []*folder{r.inbox}
	if r.sent != nil {
		folders = []*folder{r.sent, r.inbox} // the one that is listened to stays open
	}
	for _, f := range folders {
		if err := r.reconcileFolder(ctx, s, in, f, now.Add(-r.config.Tempo.Lookback)); err != nil {
			return err
		}
	}
	return nil
}

// nextNight is when the next reconciliation is due: at night, and not for all accounts at
// once.
func (r *Receiver) nextNight(now time.Time) time.Time {
	if every := r.config.Tempo.Reconcile; every > 0 {
		return now.Add(every)
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.config.Username)) // never fails
	night := now.UTC().Truncate(24 * time.Hour).Add(time.Duration(h.Sum32()%(4*60)) * time.Minute)
	if !night.After(now) {
		night = night.Add(24 * time.Hour)
	}
	return night
}

func (r *Receiver) reconcileFolder(ctx context.Context, s *session, in channels.Inbound, f *folder, since time.Time) error {
	if f != r.inbox || r.sent != nil {
		st, err := s.examine(f.name)
		if err != nil || st.validity != f.arrivals.validity {
			return err // renumbered: the next visit reads everything
		}
	}
	if f.history.since.After(since) {
		since = f.history.since
	}
	there, err := s.search(0, since)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		f.known.forget(there[0])
	}
	missed := slices.DeleteFunc(there, func(uid uint32) bool { return uid > f.arrivals.uid || f.known.has(uid) })
	if len(missed) > mostReconciled {
		missed = missed[len(missed)-mostReconciled:]
	}
	if len(missed) == 0 {
		return nil
	}
	found := 0
	p := pass{mark: f.arrivals, since: since, tell: func(_, fresh int) { found += fresh }}
	if _, err := r.read(ctx, s, in, f, p, missed); err != nil {
		return err
	}
	if found > 0 {
		r.env.Log.Warn("mail found that had been missed", "mails", found)
	}
	return nil
}
