package e2e_test

import "testing"

func TestNetworksStory(t *testing.T) {
	t.Parallel()
	tell(t, "networks.test.mjs", "WORLD="+openWorld(t).URL)
}
