package e2e_test

import "testing"

func TestSmallNetworksStory(t *testing.T) {
	tell(t, "small.test.mjs")
}
