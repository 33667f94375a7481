package links_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/web/links"
)

func TestPushesHoldNoMoreThanTheyMay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		room := links.NewRoom(100)
		enter := func(account channels.AccountID, size int64) (func(), error) {
			return room.Enter(t.Context(), account, size)
		}
		first, err := enter(1, 50)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if _, err := enter(1, 1); !errors.Is(err, links.ErrFull) || time.Since(begun) != 5*time.Second {
			t.Errorf("more than half for one account: %v after %s", err, time.Since(begun))
		}
		second, err := enter(2, 50) // the other half is for others
		if err != nil {
			t.Fatal(err)
		}
		if _, err := enter(3, 1); !errors.Is(err, links.ErrFull) {
			t.Errorf("more than there is: %v", err)
		}
		time.AfterFunc(time.Second, first)
		begun = time.Now()
		third, err := enter(3, 50)
		if err != nil || time.Since(begun) != time.Second {
			t.Fatalf("after somebody left: %v after %s", err, time.Since(begun))
		}
		second()
		third()
		var crowd sync.WaitGroup
		for range 1000 { // what is given back is all there: a thousand go through, two at a time
			crowd.Go(func() {
				leave, err := enter(4, 25)
				if err != nil {
					t.Error(err)
					return
				}
				time.Sleep(time.Millisecond)
				leave()
			})
		}
		crowd.Wait()
		if leave, err := enter(5, 50); err != nil {
			t.Error(err)
		} else {
			leave()
		}
	})
}
