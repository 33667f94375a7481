//go:build movable_clock

package app

import (
	"context"
	"os"
	"strings"
	"sync"
	"time"

	"parley/internal/cluster"
)

// clockFile names the file that says by how much this variant's clock is ahead, such as
// "26h30m"; without it, or while it cannot be read, the clock is right.
const clockFile = "PARLEY_CLOCK_FILE"

// clock is the time of the variant of the program that tests let jump: that of the machine,
// moved as a file says, which is looked at often enough for people not to notice.
func clock() func() time.Time {
	path := os.Getenv(clockFile)
	if path == "" {
		return time.Now
	}
	var mu sync.Mutex
	var ahead time.Duration
	var looked time.Time
	return func() time.Time {
		now := time.Now()
		mu.Lock()
		defer mu.Unlock()
		if now.Sub(looked) > 10*time.Millisecond {
			looked = now
			text, _ := os.ReadFile(path)
			ahead, _ = time.ParseDuration(strings.TrimSpace(string(text)))
		}
		return now.Add(ahead).Round(0) // without the monotonic reading, as after a real jump
	}
}

// databaseToo is set where the database's clock jumps along: then the node's is not wrong, and what is due by it happens.
const databaseToo = "PARLEY_CLOCK_OF_DATABASE_TOO"

// seenBy is the database as nodes see it, with the clock that the file says where it jumps along.
func seenBy(s cluster.Store) cluster.Store {
	if os.Getenv(databaseToo) == "" {
		return s
	}
	return moved{s, clock()}
}

type moved struct {
	cluster.Store
	now func() time.Time
}

// Clock implements cluster.Store. The real clocks of both are taken to agree, as they do on one machine.
func (m moved) Clock(context.Context) (time.Time, error) { return m.now(), nil }
