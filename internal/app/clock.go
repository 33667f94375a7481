//go:build !movable_clock

package app

import (
	"time"

	"parley/internal/cluster"
)

// clock is the time that the whole house goes by.
func clock() func() time.Time { return time.Now }

// seenBy is the database as nodes see it.
func seenBy(s cluster.Store) cluster.Store { return s }
