package smtp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"time"

	"parley/channels"
	"parley/channels/email/compose"
)

// transact hands one mail over. stale says that the session was dead before it took the sender, so
// that another one may be tried. Afterwards the session is broken unless it is known to be in step.
func (ss *session) transact(ctx context.Context, d *draft) (e *channels.Error, stale bool) {
	reused := ss.mails > 0
	ss.mails++
	ss.broken = true
	stop := context.AfterFunc(ctx, ss.wire.kill)
	defer func() {
		if !stop() {
			ss.broken = true
		}
	}()
	if e := ss.fits(d); e != nil {
		ss.broken = false
		return e, false
	}
	d.problem = nil
	if e, stale := ss.envelope(ctx, d, reused); e != nil {
		return e, stale && reused && ctx.Err() == nil
	}
	return ss.content(ctx, d), false
}

// fits compares the mail with what the server has announced.
func (ss *session) fits(d *draft) *channels.Error {
	if ok, _ := ss.offers("SMTPUTF8"); d.wide && !ok {
		return failure(channels.Permanent, CodeNoUTF8, "")
	}
	size := d.message.Size() + int64(len(d.signature))
	if limit := ss.sizeLimit(); limit > 0 && size > limit {
		return failure(channels.Permanent, CodeTooLarge, fmt.Sprintf("%s, it takes %s", megabytes(size), megabytes(limit)))
	}
	return nil
}

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}

// envelope names the sender and the recipients. Whom the server does not take is noted in the draft
// when the mail goes to the others all the same.
func (ss *session) envelope(ctx context.Context, d *draft, reused bool) (e *channels.Error, stale bool) {
	var commands []command
	if reused {
		commands = append(commands, command{stageReset, "RSET"})
	}
	commands = append(commands, command{stageSender, line("MAIL FROM", d.from, ss.parameters(d)...)})
	for _, r := range d.recipients {
		commands = append(commands, command{stageRecipient, line("RCPT TO", r)})
	}
	replies, err := ss.exchange(commands)
	var refused []int // commands of recipients
	for i, r := range replies {
		c := commands[i]
		switch {
		case r.code == 421:
			return ss.judge(c.stage, r), c.stage <= stageSender
		case r.ok():
		case c.stage == stageReset:
			return ss.judge(c.stage, r), true
		case c.stage == stageSender:
			ss.broken = err != nil
			return ss.judge(c.stage, r), false
		default:
			refused = append(refused, i)
		}
	}
	if err != nil {
		at := commands[len(replies)].stage
		return broke(ctx, at, err), at <= stageSender && lost(err)
	}
	if len(refused) > 0 {
		ss.broken = false
		return ss.unwelcome(d, commands, replies, refused), false
	}
	return nil, false
}

// lost tells a connection that is gone from a server that talks nonsense or nothing.
func lost(err error) bool {
	var protocol textproto.ProtocolError
	return !errors.As(err, &protocol) && !errors.Is(err, errTooMuch)
}

// parameters are those of MAIL. All content is ASCII, so that only wide addresses need any of the
// server's abilities.
func (ss *session) parameters(d *draft) []string {
	var list []string
	if ok, _ := ss.offers("SIZE"); ok {
		list = append(list, "SIZE="+strconv.FormatInt(d.message.Size()+int64(len(d.signature)), 10))
	}
	if d.wide {
		list = append(list, "BODY=8BITMIME", "SMTPUTF8")
	}
	return list
}

// content writes the mail and waits for the server's word on it.
func (ss *session) content(ctx context.Context, d *draft) *channels.Error {
	replies, err := ss.exchange([]command{{stageData, "DATA"}})
	if err != nil {
		return broke(ctx, stageData, err)
	}
	if replies[0].code != 354 {
		return ss.judge(stageData, replies[0])
	}
	// From here on the session is closed unless the mail is taken. Never may it be given another
	// command before: the library would end the mail with its dot first, whole or not.
	ss.wire.stream(ss.waits.Block)
	w := ss.client.Text.DotWriter()
	if err := write(ctx, w, d); err != nil {
		if file, ok := errors.AsType[*compose.FileError](err); ok && ctx.Err() == nil {
			e := failure(channels.Transient, CodeFile, file.Name)
			e.Err = err
			return e
		}
		return ss.early(ctx, err)
	}
	left, err := ss.wire.last(w.Close)
	if !left {
		return ss.early(ctx, err)
	}
	ss.wire.step(ss.waits.Verdict)
	verdict, err := ss.read()
	switch {
	case err != nil:
		return broke(ctx, stageVerdict, err)
	case verdict.ok():
		ss.broken = false
		return nil
	case verdict.refuses():
		return ss.judge(stageVerdict, verdict)
	}
	return broke(ctx, stageVerdict, fmt.Errorf("answered with %d", verdict.code))
}

func write(ctx context.Context, w io.Writer, d *draft) error {
	if _, err := io.WriteString(w, d.signature); err != nil {
		return err
	}
	return d.message.Stream(ctx, w)
}

// early looks for the answer of a server that did not wait for the end of the mail, and says what
// the failure to write it means. The dot has not left.
func (ss *session) early(ctx context.Context, err error) *channels.Error {
	if ctx.Err() == nil {
		ss.wire.step(time.Second)
		if r, readErr := ss.read(); readErr == nil && r.refuses() {
			return ss.judge(stageBody, r)
		}
	}
	if err == nil {
		err = io.ErrShortWrite
	}
	return broke(ctx, stageBody, err)
}
