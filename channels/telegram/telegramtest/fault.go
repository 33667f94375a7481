package telegramtest

import (
	"context"
	"net/http"
	"time"
)

// Fault is how the network behaves towards one call that sends.
type Fault string

// The faults. Those up to Garble happen after the message was taken, the others instead.
const (
	LoseReply   Fault = "lose reply"
	Hang        Fault = "hang"
	Garble      Fault = "garble"
	TooFast     Fault = "too fast"
	Unavailable Fault = "unavailable"
	Reject      Fault = "reject"
	Denied      Fault = "denied"
	BadGateway  Fault = "bad gateway" // a proxy's page: taken or not
	TooLarge    Fault = "too large"   // a proxy's page: not taken
)

// RetryAfter is the wait that TooFast asks for.
const RetryAfter = 7 * time.Second

// Next sets the faults of the next calls that send; without one they are served.
func (b *Bot) Next(faults ...Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, faults...)
}

// fail answers in place of the method. done is false when the method is to be served first.
func (b *Bot) fail(ctx context.Context, f Fault, serve func() answer) answer {
	page := []byte("<html><head><title>nginx</title></head></html>")
	switch f {
	case LoseReply:
		serve()
		return answer{silent: true}
	case Hang:
		serve()
		<-ctx.Done()
		return answer{silent: true}
	case Garble:
		serve()
		return answer{status: http.StatusOK, body: page}
	case TooFast:
		return refuseWith(http.StatusTooManyRequests, "Too Many Requests: retry after 7", Object{"retry_after": int(RetryAfter / time.Second)})
	case Unavailable:
		return refuse(http.StatusServiceUnavailable, "Service Unavailable")
	case Reject:
		return refuse(http.StatusBadRequest, "Bad Request: WEBPAGE_MEDIA_EMPTY")
	case Denied:
		return refuse(http.StatusUnauthorized, "Unauthorized")
	case BadGateway:
		return answer{status: http.StatusBadGateway, body: page}
	case TooLarge:
		return answer{status: http.StatusRequestEntityTooLarge, body: page}
	}
	return serve()
}
