//go:build movable_clock

package app

import (
	"os"
	"strings"
	"sync"
	"time"
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
