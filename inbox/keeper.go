package inbox

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Keeper keeps something that is derived from the feed up with it, a step at a time: what is
// found by words, who is likely one person. It is woken when the feed has grown, and looks by
// itself as well.
type Keeper struct {
	o    KeeperOptions
	wake chan struct{}
	end  context.CancelFunc
	done sync.WaitGroup
}

// KeeperOptions say what is kept and how eagerly. All are needed.
type KeeperOptions struct {
	// Step does some of the work and tells whether there may be more.
	Step func(context.Context) (more bool, err error)
	// Quiet is how long it waits after it was woken, so that one step takes what many commits left.
	Quiet time.Duration
	// Poll is when it looks although nobody woke it, and after an error.
	Poll time.Duration
	Log  *slog.Logger
	// Failed is what the log says of a step that did not work.
	Failed string
}

// NewKeeper makes one that stands still.
func NewKeeper(o KeeperOptions) *Keeper {
	return &Keeper{o: o, wake: make(chan struct{}, 1)}
}

// Wake says that the feed has grown. It never waits.
func (k *Keeper) Wake() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Start begins to work.
func (k *Keeper) Start() {
	ctx, end := context.WithCancel(context.Background())
	k.end = end
	k.done.Go(func() { k.run(ctx) })
}

// Stop ends the work under way and waits for it.
func (k *Keeper) Stop() {
	if k.end != nil {
		k.end()
	}
	k.done.Wait()
}

func (k *Keeper) run(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := k.o.Step(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			k.o.Log.Warn(k.o.Failed, "error", err)
		case more:
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(k.o.Poll):
			continue
		case <-k.wake:
		}
		select { // what comes now is taken along
		case <-ctx.Done():
		case <-time.After(k.o.Quiet):
		}
	}
}
