package app

import (
	"context"
	"sync"
	"time"
)

// keeper does the small regular work: ids in reserve, old rows and files away.
type keeper struct {
	app  *App
	done chan struct{}
	wg   sync.WaitGroup
}

func newKeeper(a *App) *keeper { return &keeper{app: a, done: make(chan struct{})} }

func (k *keeper) start() {
	k.every(time.Second, "reserve ids", k.app.Store.ReserveIDs)
	k.every(time.Hour, "sweep sessions and links", k.app.Auth.Sweep)
}

func (k *keeper) every(period time.Duration, doing string, work func(context.Context) error) {
	k.wg.Go(func() {
		tick := time.NewTicker(period)
		defer tick.Stop()
		for {
			select {
			case <-k.done:
				return
			case <-tick.C:
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			if err := work(ctx); err != nil {
				k.app.Log.Warn(doing, "error", err)
			}
			cancel()
		}
	})
}

func (k *keeper) stop() {
	close(k.done)
	k.wg.Wait()
}
