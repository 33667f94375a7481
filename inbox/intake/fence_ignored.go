//go:build mutant_nofence

package intake

// ignoreFences is the planted mistake that the test of two nodes must catch.
const ignoreFences = true
