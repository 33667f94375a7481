//go:build mutant_ackfirst

package intake

// acknowledgeFirst is the planted mistake that the crash test must catch.
const acknowledgeFirst = true
