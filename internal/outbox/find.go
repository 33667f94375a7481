package outbox

import (
	"context"
	"runtime/debug"
	"time"

	"parley/channels"
)

// findTime bounds the question whether a message arrived.
const findTime = 10 * time.Second

// find asks the network, where it can be asked, whether an attempt of unknown outcome arrived after all. Only a yes
// counts: what is not found may still be on its way.
func (f *flight) find(ctx context.Context, sent channels.Sent, err error) (channels.Sent, error) {
	finder, able := f.adapter.(channels.SendFinder)
	if e := channels.AsError(err); !able || e == nil || e.Kind != channels.Uncertain || f.item.Act.Deed != Send {
		return sent, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), findTime) // the attempt's own time may be over
	defer cancel()
	found, arrived := f.ask(ctx, finder)
	if !arrived {
		return sent, err
	}
	f.d.o.Log.Info("message found with its network", "account_id", int64(f.item.AccountID), "message_id", f.item.Out.MessageID, "attempt", f.item.Out.Attempt)
	return found, nil
}

// ask makes the question; an adapter's panic and an error are no yes.
func (f *flight) ask(ctx context.Context, finder channels.SendFinder) (found channels.Sent, arrived bool) {
	defer func() {
		if r := recover(); r != nil {
			f.d.o.Log.Error("adapter panicked", "account_id", int64(f.item.AccountID), "message_id", f.item.Out.MessageID, "stack", string(debug.Stack()))
			arrived = false
		}
	}()
	found, arrived, err := finder.FindSent(ctx, f.item.Out)
	return found, arrived && err == nil
}
