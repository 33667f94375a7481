package webchat

import (
	"time"

	"parley/channels"
)

// Rates bounds what one visitor, or everybody behind one IP address, may ask for:
// bursts of Count, refilled evenly over Per. A zero rate is no bound.
type Rates struct {
	Messages channels.Rate // per visitor
	Uploads  channels.Rate // per visitor
	Receipts channels.Rate // per visitor
	Typing   channels.Rate // per visitor
	Streams  channels.Rate // connections to the event stream, per visitor
	Visitors channels.Rate // new ones, per address
	Requests channels.Rate // of every sort, per address
}

// DefaultRates returns bounds that no person reaches: offices and schools stand behind
// one address, so those per address are wide.
func DefaultRates() Rates {
	return Rates{
		Messages: channels.Rate{Count: 20, Per: 20 * time.Second},
		Uploads:  channels.Rate{Count: 20, Per: time.Minute},
		Receipts: channels.Rate{Count: 60, Per: time.Minute},
		Typing:   channels.Rate{Count: 30, Per: time.Minute},
		Streams:  channels.Rate{Count: 30, Per: time.Minute},
		Visitors: channels.Rate{Count: 60, Per: 10 * time.Minute},
		Requests: channels.Rate{Count: 1200, Per: time.Minute},
	}
}
