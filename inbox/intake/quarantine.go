package intake

import (
	"context"
	"errors"
	"time"

	"parley/channels"
)

// bisect halves a group until the deliveries at fault stand alone; within one, the
// event at fault is quarantined and the rest saved, still in one transaction.
func (s *Service) bisect(group []*delivery, cause error) {
	if len(group) > 1 {
		half := len(group) / 2
		s.process(group[:half])
		s.process(group[half:])
		return
	}
	d := group[0]
	bad := s.findBad(d)
	if bad < 0 {
		s.settle(group, nil, cause, 0)
		return
	}
	s.log.Warn("event quarantined", "account_id", d.account, "error", cause)
	ev := &d.batch.Events[bad]
	ev.Problem = notStored
	ev.Message, ev.Edit, ev.Delete, ev.Reaction, ev.Receipt = nil, nil, nil, nil, nil
	s.process(group)
}

// findBad returns the first event whose addition makes the batch fail, -1 when none
// does or when it is one that has been quarantined already. It halves the prefixes
// that may end with it, because everybody else's events wait for the trials.
func (s *Service) findBad(d *delivery) int {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	trial := func(length int) error {
		return s.try(ctx, &delivery{account: d.account, batch: channels.Batch{Events: d.batch.Events[:length]}})
	}
	stored, fails := 0, len(d.batch.Events) // lengths of prefixes
	if err := trial(fails); fails == 0 || err == nil || !s.store.IsDataError(err) {
		return -1
	}
	for fails-stored > 1 {
		middle := stored + (fails-stored)/2
		err := trial(middle)
		switch {
		case err == nil:
			stored = middle
		case s.store.IsDataError(err):
			fails = middle
		default:
			return -1
		}
	}
	if d.batch.Events[fails-1].Problem != "" {
		return -1
	}
	return fails - 1
}

// errTried rolls a trial back.
var errTried = errors.New("trial")

func (s *Service) try(ctx context.Context, d *delivery) error {
	_, err := s.attempt(ctx, []*delivery{d}, errTried)
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}
