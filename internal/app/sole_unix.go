//go:build unix

package app

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the file's lock for this process, or returns errHeld at once.
func lockFile(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errHeld
	}
	return err
}
