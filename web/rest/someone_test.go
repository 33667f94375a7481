package rest_test

import (
	"math"
	"testing"

	"parley/web/rest"
)

func TestSomeone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"me": 7, "none": 0, "42": 42, "9999999999999999999": math.MaxInt64} {
		if got := rest.Someone[int64](text, 7); got == nil || *got != want {
			t.Errorf("%q is %v, want %d", text, got, want)
		}
	}
	if got := rest.Someone[int64]("", 7); got != nil {
		t.Errorf("nobody was asked for, and it is %d", *got)
	}
}
