package live_test

import (
	"sync"
	"testing"

	"parley/internal/live"
)

func TestLocal(t *testing.T) {
	t.Parallel()
	l := live.NewLocal()
	wake := func(topic string) {
		t.Helper()
		if err := l.Wake(t.Context(), topic); err != nil {
			t.Fatal(err)
		}
	}
	woken := func(c <-chan struct{}) (n int) {
		for {
			select {
			case <-c:
				n++
			default:
				return n
			}
		}
	}
	wake("feed") // nobody waits
	a, stopA := l.Woken("feed")
	b, stopB := l.Woken("feed")
	other, stopOther := l.Woken("jobs")
	defer stopB()
	defer stopOther()
	if woken(a) != 0 {
		t.Error("woken by what was before")
	}
	for range 5 {
		wake("feed")
	}
	if na, nb, no := woken(a), woken(b), woken(other); na != 1 || nb != 1 || no != 0 {
		t.Errorf("woken %d, %d and %d times", na, nb, no)
	}
	stopA()
	stopA()
	wake("feed")
	if na, nb := woken(a), woken(b); na != 0 || nb != 1 {
		t.Errorf("after a stop: %d and %d", na, nb)
	}
}

func TestLocalAtOnce(t *testing.T) {
	t.Parallel()
	l := live.NewLocal()
	var wg sync.WaitGroup
	for range 50 {
		c, stop := l.Woken("feed")
		wg.Go(func() {
			defer stop()
			<-c
		})
	}
	if err := l.Wake(t.Context(), "feed"); err != nil {
		t.Fatal(err)
	}
	wg.Wait() // all were waiting, so all are woken
}
