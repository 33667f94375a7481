package testenv

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Dovecot is an IMAP server of a test's own, with mailboxes that it makes for whoever asks.
type Dovecot struct {
	IMAP        string // address that speaks plain text and STARTTLS
	IMAPS       string // address that speaks TLS
	Certificate []byte // PEM of the one that it shows, for 127.0.0.1 and localhost

	lmtp   string // address that takes mail in
	keeper *keeper
	user   account
}

// DovecotOptions change what a server is like; the zero value is a usual one.
type DovecotOptions struct {
	// NoIdle makes the server say that it does not know IDLE.
	NoIdle bool
	// Introspect is where the server asks, with the token as its bearer, who that belongs to;
	// the answer is {"username": …, "active": true or false}. "" = it takes passwords alone.
	Introspect string
}

// StartDovecot starts an empty IMAP server that stops when t ends.
func StartDovecot(t testing.TB, o DovecotOptions) *Dovecot {
	t.Helper()
	const tries = 3 // a free port may be taken between looking and listening
	for try := 1; ; try++ {
		d, err := startDovecot(t.Context(), o)
		if err == nil {
			t.Cleanup(func() {
				if err := errors.Join(d.signal(syscall.SIGCONT), d.keeper.stop()); err != nil {
					t.Error(err)
				}
			})
			return d
		}
		if try == tries || errors.Is(err, ErrNotInstalled) {
			giveUp(t, err)
		}
	}
}

func startDovecot(ctx context.Context, o DovecotOptions) (*Dovecot, error) {
	program, err := findDovecot()
	if err != nil {
		return nil, err
	}
	user, err := serverAccount()
	if err != nil {
		return nil, err
	}
	dir, err := user.folder("parley-dovecot-")
	if err != nil {
		return nil, err
	}
	d := &Dovecot{user: user}
	config, err := d.prepare(dir, o)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if d.keeper, err = keep(dir, "TERM", user, program, "-F", "-c", config); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	ready, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := d.keeper.awaitReady(ready, d.greets); err != nil {
		return nil, errors.Join(fmt.Errorf("start dovecot: %w", err), d.keeper.stop())
	}
	return d, nil
}

// findDovecot returns the server's program where its two parts are installed as well.
func findDovecot() (string, error) {
	for _, path := range []string{"/usr/sbin/dovecot", "/usr/local/sbin/dovecot"} {
		libexec := filepath.Join(filepath.Dir(filepath.Dir(path)), "lib", "dovecot")
		if _, err := exec.LookPath(path); err != nil {
			continue
		}
		if _, err := exec.LookPath(filepath.Join(libexec, "imap")); err != nil {
			break
		}
		if _, err := exec.LookPath(filepath.Join(libexec, "lmtp")); err != nil {
			break
		}
		return path, nil
	}
	return "", fmt.Errorf("find dovecot: %w; install the packages dovecot-imapd and dovecot-lmtpd", ErrNotInstalled)
}

// greets tells whether every listener answers.
func (d *Dovecot) greets(ctx context.Context) error {
	for _, address := range []string{d.IMAP, d.lmtp} {
		conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
		if err != nil {
			return fmt.Errorf("reach dovecot: %w", err)
		}
		err = conn.SetDeadline(time.Now().Add(5 * time.Second))
		if err == nil {
			_, err = bufio.NewReader(conn).ReadString('\n')
		}
		if err := errors.Join(err, conn.Close()); err != nil {
			return fmt.Errorf("read greeting: %w", err)
		}
	}
	return nil
}

// Mailbox makes a mailbox for a new user and returns the name and password to sign in with. The
// name is an address at example.test.
func (d *Dovecot) Mailbox(t testing.TB) (name, password string) {
	t.Helper()
	name, password = "u"+strings.ToLower(rand.Text()[:10])+"@example.test", rand.Text()
	d.SetPassword(t, name, password)
	return name, password
}

// SetPassword changes the password that a user signs in with, making the user where there is
// none. It is in force when SetPassword returns: the server looks at most once a second whether a
// file has changed.
func (d *Dovecot) SetPassword(t testing.TB, name, password string) {
	t.Helper()
	path := filepath.Join(d.keeper.dir, "users", name)
	if err := d.user.file(path+".new", []byte(name+":{PLAIN}"+password+"\n")); err != nil {
		t.Fatal(err)
	}
	_, err := os.Stat(path)
	changed := err == nil
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if !changed {
		return
	}
	// Its times are whole seconds, and a file of the same size and second is the same file.
	later := time.Now().Add(10 * time.Second)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := d.keeper.awaitReady(ctx, func(context.Context) error { return d.signIn(name, password) }); err != nil {
		t.Fatal(err)
	}
}

// signIn tells whether a password is taken.
func (d *Dovecot) signIn(name, password string) error {
	conn, err := textproto.Dial("tcp", d.IMAP)
	if err != nil {
		return fmt.Errorf("reach dovecot: %w", err)
	}
	defer conn.Close()
	if err := conn.PrintfLine("a LOGIN %s %s", name, password); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	for {
		line, err := conn.ReadLine()
		if err != nil {
			return fmt.Errorf("sign in: %w", err)
		}
		if rest, tagged := strings.CutPrefix(line, "a "); tagged {
			if !strings.HasPrefix(rest, "OK") {
				return fmt.Errorf("sign in: %s", rest)
			}
			return nil
		}
	}
}

// Deliver puts mail into a user's INBOX in the given order, as a mail server would. Line ends may
// be LF. Each mail has its UID when Deliver returns.
func (d *Dovecot) Deliver(t testing.TB, user string, mails ...[]byte) {
	t.Helper()
	conn, err := textproto.Dial("tcp", d.lmtp)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	say := func(code int, format string, args ...any) {
		t.Helper()
		if format != "" {
			if err := conn.PrintfLine(format, args...); err != nil {
				t.Fatal(err)
			}
		}
		if _, text, err := conn.ReadResponse(code); err != nil {
			t.Fatalf("lmtp: %v %s", err, text)
		}
	}
	say(220, "")
	say(250, "LHLO localhost")
	for _, mail := range mails {
		say(250, "MAIL FROM:<sender@example.org>")
		say(250, "RCPT TO:<%s>", user)
		say(354, "DATA")
		w := conn.DotWriter()
		if _, err := w.Write(mail); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		say(250, "")
	}
}

// Place puts a file of any bytes into a user's INBOX without a mail server's help. It has its UID
// once a client has looked.
func (d *Dovecot) Place(t testing.TB, user string, raw []byte) {
	t.Helper()
	d.into(t, d.Maildir(user), raw)
}

func (d *Dovecot) into(t testing.TB, maildir string, raw []byte) {
	t.Helper()
	for _, part := range []string{"tmp", "new", "cur"} {
		if err := d.user.folders(filepath.Join(maildir, part), d.keeper.dir); err != nil {
			t.Fatal(err)
		}
	}
	name := fmt.Sprintf("%d.%s.localhost", time.Now().UnixMicro(), rand.Text())
	if err := d.user.file(filepath.Join(maildir, "tmp", name), raw); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(maildir, "tmp", name), filepath.Join(maildir, "new", name)); err != nil {
		t.Fatal(err)
	}
}

// Maildir returns the folder of a user's INBOX. Other mailboxes lie in it as ".Name".
func (d *Dovecot) Maildir(user string) string {
	return filepath.Join(d.keeper.dir, "mail", user, "Maildir")
}

// Freeze stops every process of the server in its tracks until Thaw: connections stay, nothing answers.
func (d *Dovecot) Freeze(t testing.TB) {
	t.Helper()
	if err := d.signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
}

// Thaw lets a frozen server go on.
func (d *Dovecot) Thaw(t testing.TB) {
	t.Helper()
	if err := d.signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
}

// signal reaches the server and all its children: they are one group, with the keeper.
func (d *Dovecot) signal(s syscall.Signal) error {
	if err := syscall.Kill(-d.keeper.cmd.Process.Pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("signal dovecot: %w", err)
	}
	return nil
}

// Log returns the end of the server's log.
func (d *Dovecot) Log() string { return d.keeper.logTail() }
