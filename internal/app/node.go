package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/internal/cluster"
)

// leaveTime bounds the good-bye to the other nodes.
const leaveTime = 2 * time.Second

// wireNode makes this program's part in the cluster. SQLite has one node, which runs
// every account and asks nobody.
func (a *App) wireNode() {
	if a.Config.SQLite() {
		return
	}
	name, err := os.Hostname()
	if err != nil {
		name = "unknown"
	}
	a.node = cluster.New(cluster.Options{
		Store: seenBy(a.Store), Name: name, Log: a.Log, Now: a.Now,
		Running: func(id channels.AccountID) bool { return a.Supervisor.Serving(id) },
		Changed: func() {
			a.Supervisor.Review()
			a.Outbox.Wake()
		},
		Freed: func() { a.wakeOthers(topicLeases) },
	})
}

// leases is what tells the supervisor which accounts to run; nil is all.
func (a *App) leases() accounts.Leases {
	if a.node == nil {
		return nil
	}
	return a.node
}

// lease is the same for the outbox.
func (a *App) lease() func(channels.AccountID) (channels.Fence, bool) {
	if a.node == nil {
		return nil
	}
	return a.node.Held
}

// nodeID is by what the database knows this node; "" when there is no other.
func (a *App) nodeID() string {
	if a.node == nil {
		return ""
	}
	return a.node.ID()
}

func (a *App) joinNodes(ctx context.Context) error {
	if a.node == nil {
		return nil
	}
	return a.node.Start(ctx)
}

// leaveNodes hands this node's accounts over at once.
func (a *App) leaveNodes(ctx context.Context) error {
	if a.node == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	return a.node.Leave(ctx)
}

// clockRight tells whether this node's clock can be believed: what is due by it may be begun. SQLite has no other clock.
func (a *App) clockRight() bool {
	if a.node == nil {
		return true
	}
	_, tooFar := a.node.Drift()
	return !tooFar
}

// clockProblem tells why this node runs no accounts.
func (a *App) clockProblem() error {
	if a.node == nil {
		return nil
	}
	drift, tooFar := a.node.Drift()
	if !tooFar {
		return nil
	}
	return fmt.Errorf("this machine's clock is %s off the database's: no channels are run here, and nothing that is due, until it is within %s", drift.Round(100*time.Millisecond).Abs(), cluster.MaxDrift)
}
