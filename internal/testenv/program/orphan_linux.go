package program

import "syscall"

// noOrphan makes the kernel kill the child when the test process is killed and cannot clean up.
func noOrphan() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
