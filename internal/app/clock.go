//go:build !movable_clock

package app

import "time"

// clock is the time that the whole house goes by.
func clock() func() time.Time { return time.Now }
