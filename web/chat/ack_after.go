//go:build !mutant_ackfirst

package chat

// withoutMessage answers a post of which intake made no message: it is not acknowledged.
func withoutMessage(chatPost) (*posted, error) { return nil, errNotTaken }
