package inbox

import "time"

// Way is what is known of a message that waits to be sent.
type Way struct {
	// NextAttempt is when it is tried again after an attempt that did not go through; zero
	// when it was not tried, or goes as soon as it can.
	NextAttempt time.Time
	// WaitsFor is the message of the conversation that has to go before it; 0 = none.
	WaitsFor MessageID
}
