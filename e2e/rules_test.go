package e2e_test

import "testing"

func TestRulesStory(t *testing.T) {
	t.Parallel()
	office := openPostOffice(t)
	tell(t, "rules.test.mjs", "POST_OFFICE="+office.URL)
}
