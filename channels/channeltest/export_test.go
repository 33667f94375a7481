package channeltest

import (
	"testing"
	"testing/synctest"
	"time"
)

// CheckNames returns the names of all checks.
func CheckNames() (names []string) {
	for _, c := range checks() {
		names = append(names, c.name)
	}
	return names
}

// Fails performs one check with the complaints going to a judge of its own, and tells
// whether there were any.
func Fails(t *testing.T, h Harness, name string) (failed bool) {
	t.Helper()
	for _, c := range checks() {
		if c.name != name {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			j := &judge{TB: t}
			done := make(chan struct{})
			go func() { // Fatal ends the goroutine it is called on
				defer close(done)
				defer func() {
					if recover() != nil {
						j.fail()
					}
				}()
				perform(j, h, c)
			}()
			<-done
			time.Sleep(2 * time.Hour) // of the bubble's: what disobeys its context for an hour ends
			failed = j.Failed()
		})
		return failed
	}
	t.Fatalf("there is no check %q", name)
	return false
}
