package live

// Event is something that happened, rendered once for all who hear of it. It is
// shared between goroutines: nobody changes it after it was published.
type Event struct {
	// ID is its place in the feed, ascending; 0 for what is not in the feed because
	// nobody needs to know later, such as typing.
	ID int64
	// Type is its name, such as "message.created".
	Type string
	// Data is its body in JSON, without line breaks.
	Data []byte
	// Audience is what filters judge it by. The Hub does not look into it.
	Audience any
}

// Reason says why a subscription ended.
type Reason string

// The reasons.
const (
	// Open means that it has not ended.
	Open Reason = ""
	// Left means that the subscriber closed it.
	Left Reason = "left"
	// Slow means that its queue was full when a durable event came.
	Slow Reason = "slow"
	// Shutdown means that the Hub was closed.
	Shutdown Reason = "shutdown"
)

// Observer counts what a Hub does; telemetry.Metrics is one.
type Observer interface {
	// LiveSubscribers adds to the number of open subscriptions.
	LiveSubscribers(delta int)
	// LiveDropped counts a subscription that the Hub ended.
	LiveDropped(reason string)
	// LiveDelivered counts events put into queues.
	LiveDelivered(n int)
}

// silent is the Observer of who wants none.
type silent struct{}

func (silent) LiveSubscribers(int) {}
func (silent) LiveDropped(string)  {}
func (silent) LiveDelivered(int)   {}
