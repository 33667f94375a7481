package e2e_test

import "testing"

// TestChecks holds the page to its budgets with a hundred thousand conversations, and prints every figure beside its budget.
func TestChecks(t *testing.T) {
	tell(t, "checks.test.mjs", office(t))
}
