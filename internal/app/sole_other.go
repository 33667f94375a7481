//go:build !unix

package app

import "os"

// lockFile has nothing to lock with on this system.
func lockFile(*os.File) error { return nil }
