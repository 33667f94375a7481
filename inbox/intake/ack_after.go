//go:build !mutant_ackfirst

package intake

// acknowledgeFirst is false: a network is answered after the commit.
const acknowledgeFirst = false
