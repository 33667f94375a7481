package jobs

import "time"

// later is the error of a job that keeps its own calendar.
type later struct {
	at  time.Time
	why string
}

func (l *later) Error() string { return l.why }

// Later is what a Handler or a Work returns to be run again at a time of its own choice,
// as if it had not been begun: it does not count among the tries after which a job is
// given up. Who returns it decides when to stop.
func Later(at time.Time, why string) error { return &later{at: at, why: why} }
