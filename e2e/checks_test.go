package e2e_test

import "testing"

// TestChecks holds the page to its budgets with a hundred thousand conversations, and prints every figure beside its budget.
func TestChecks(t *testing.T) {
	office := openPostOffice(t)
	tell(t, "checks.test.mjs", "POST_OFFICE="+office.URL)
}
