package connect

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// Bounds of an IMAP server's answers to a probe.
const (
	maxLine  = 16 << 10
	maxLines = 500
)

// errTooMuch says that a server talked beyond all bounds.
var errTooMuch = errors.New("answer is too long")

// line is the little of IMAP that a probe needs: one command at a time, answers as lines.
// Unlike a full client it has no goroutine, so a deadline on the connection ends it.
type line struct {
	conn net.Conn
	r    *bufio.Reader
	tag  int
}

func newLine(conn net.Conn) *line { return &line{conn: conn, r: bufio.NewReaderSize(conn, maxLine)} }

// answer is how a command ended. Code is a response code such as AUTHENTICATIONFAILED.
type answer struct {
	status string // OK, NO or BAD
	code   string
	text   string
	lines  []string // untagged ones before it
}

func (a answer) ok() bool { return a.status == "OK" }

// read takes one line, without its end. Literals stay where they are: what a probe looks
// for is never in one.
func (l *line) read() (string, error) {
	text, err := l.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", errTooMuch
	}
	if err != nil {
		return "", fmt.Errorf("read answer: %w", err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// command sends a command and reads its answer. Each text of more is sent when the server
// asks for more; after them an empty line is, which ends what cannot go on.
func (l *line) command(text string, more ...string) (answer, error) {
	l.tag++
	tag := "P" + strconv.Itoa(l.tag)
	if err := l.send(tag + " " + text); err != nil {
		return answer{}, err
	}
	var a answer
	for range maxLines {
		got, err := l.read()
		if err != nil {
			return answer{}, err
		}
		switch rest, tagged := strings.CutPrefix(got, tag+" "); {
		case tagged:
			a.status, a.code, a.text = status(rest)
			return a, nil
		case strings.HasPrefix(got, "+"):
			next := ""
			if len(more) > 0 {
				next, more = more[0], more[1:]
			}
			if err := l.send(next); err != nil {
				return answer{}, err
			}
		default:
			a.lines = append(a.lines, got)
		}
	}
	return answer{}, errTooMuch
}

func (l *line) send(text string) error {
	if _, err := io.WriteString(l.conn, text+"\r\n"); err != nil {
		return fmt.Errorf("send command: %w", err)
	}
	return nil
}

// secure turns the connection to TLS. What was read ahead in the open is dropped: it
// could have been put there by anyone.
func (l *line) secure(config *tls.Config) error {
	conn := tls.Client(l.conn, config)
	if err := conn.Handshake(); err != nil {
		return fmt.Errorf("secure connection: %w", err)
	}
	l.conn, l.r = conn, bufio.NewReaderSize(conn, maxLine)
	return nil
}

// status divides "NO [CODE arguments] text".
func status(s string) (word, code, text string) {
	word, text, _ = strings.Cut(s, " ")
	word = strings.ToUpper(word)
	if inner, ok := strings.CutPrefix(text, "["); ok {
		if in, after, ok := strings.Cut(inner, "]"); ok {
			code, _, _ = strings.Cut(in, " ")
			return word, strings.ToUpper(code), strings.TrimSpace(after)
		}
	}
	return word, "", text
}

// quote writes a string as IMAP has it, if it can be written on a line.
func quote(s string) (string, bool) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return "", false
		}
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`, true
}
