package fake

import "time"

// Fault is how the network misbehaves on one call.
type Fault int

// The faults. None is the zero value.
const (
	None         Fault = iota
	LoseReply          // done, but the answer is lost
	Hang               // no answer until the caller gives up
	Garble             // done, but the answer makes no sense
	TooFast            // 429, with the wait that SetRetryAfter chose
	Unavailable        // 503: not done
	Broken             // 500: perhaps done; here it is
	Unreachable        // the connection is refused
	Rejected           // 400: not done, never will be
	Denied             // 401: the token is not accepted, this once
	ReceiptFirst       // the answer waits until the receipt of this message was acknowledged
)

// Method names a call of the network's API.
type Method string

// The calls.
const (
	MethodHello  Method = "hello"
	MethodPoll   Method = "poll"
	MethodSend   Method = "send"
	MethodEdit   Method = "edit"
	MethodDelete Method = "delete"
	MethodReact  Method = "react"
	MethodTyping Method = "typing"
	MethodFetch  Method = "fetch"
)

// Script sets the faults of the next calls of a method, one each.
func (n *Network) Script(m Method, faults ...Fault) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.faults[m] = append(n.faults[m], faults...)
}

// Forget drops what is left of a method's script.
func (n *Network) Forget(m Method) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.faults, m)
}

// SetRetryAfter chooses the wait that TooFast asks for; one second at first.
func (n *Network) SetRetryAfter(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.retryAfter = d
}

// Deny refuses the account's token from now on, or accepts it again.
func (n *Network) Deny(deny bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.denied = deny
	n.wake()
}

// Disorder makes the network offer updates in the wrong order.
func (n *Network) Disorder(on bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.disorder = on
}

// Duplicate makes the network offer every update twice.
func (n *Network) Duplicate(on bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.duplicate = on
}

// fault takes the next scripted fault of a method.
func (n *Network) fault(m Method) Fault {
	queue := n.faults[m]
	if len(queue) == 0 {
		return None
	}
	n.faults[m] = queue[1:]
	return queue[0]
}
