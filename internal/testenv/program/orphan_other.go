//go:build !linux

package program

import "syscall"

// noOrphan can do nothing here: a child outlives a test process that is killed.
func noOrphan() *syscall.SysProcAttr { return nil }
