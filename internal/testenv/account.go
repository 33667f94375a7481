package testenv

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the operating system's user that servers run as: the caller, or an unprivileged user
// where the caller is root, because PostgreSQL refuses to run as root.
type account struct {
	uid, gid   int
	credential *syscall.Credential // nil: the caller itself
}

func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(found.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(found.Gid, 10, 32)
		if err := errors.Join(errUID, errGID); err != nil {
			return account{}, fmt.Errorf("read user %s: %w", name, err)
		}
		return account{uid: int(uid), gid: int(gid), credential: &syscall.Credential{
			Uid: uint32(uid), Gid: uint32(gid), Groups: []uint32{uint32(gid)},
		}}, nil
	}
	return account{}, errors.New("find a user to run servers as: running as root, and neither postgres nor nobody exists")
}

// folder makes a private folder that belongs to the account.
func (a account) folder(pattern string) (string, error) {
	dir, err := os.MkdirTemp("", pattern)
	if err != nil {
		return "", fmt.Errorf("make server folder: %w", err)
	}
	if err := os.Chown(dir, a.uid, a.gid); err != nil {
		return "", errors.Join(fmt.Errorf("give server folder away: %w", err), os.RemoveAll(dir))
	}
	return dir, nil
}

// freePort returns a loopback port that nothing listens on. Another process may take it before the
// caller does; callers try again with another one.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
