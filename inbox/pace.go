package inbox

import "time"

// Pace fits how much a step takes to how long the last ones took: what is caught up with goes
// in large steps where they are quick, and never holds up the others for long.
type Pace struct {
	// Size is how much the next step may take, Least at first.
	Size int
	// Least and Most bound it.
	Least, Most int
	// Time is how long a step should take.
	Time time.Duration
}

// NewPace begins with the least.
func NewPace(least, most int, step time.Duration) Pace {
	return Pace{Size: least, Least: least, Most: most, Time: step}
}

// Took tells how much a step did, and how long that took.
func (p *Pace) Took(done int, took time.Duration) {
	switch {
	case took > p.Time && done >= p.Size/2:
		p.Size = max(p.Size/2, p.Least)
	case took < p.Time/2 && done >= p.Size:
		p.Size = min(p.Size*2, p.Most)
	}
}
