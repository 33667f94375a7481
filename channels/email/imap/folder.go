package imap

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/channels"
)

// folder is one mailbox of an account and how far it has been read. It lives as long as
// the account is open, through many connections.
type folder struct {
	name string
	sent bool

	arrivals mark
	history  mark
	known    known
	trouble  troubles
}

// enter brings a folder's marks in line with the mailbox as the server has it now. On the
// first visit arrivals begin at its end and history is what stands there; when the server
// has renumbered, everything since the account's beginning is read once more.
func (r *Receiver) enter(ctx context.Context, in channels.Inbound, f *folder, st state) error {
	arrivals, visited, err := readMark(ctx, in, arrivalStream(f.name))
	if err != nil {
		return err
	}
	history, begun, err := readMark(ctx, in, historyStream(f.name))
	if err != nil {
		return err
	}
	now := r.env.Now()
	if !visited {
		arrivals = mark{since: now}
	}
	from := arrivals.since.Add(-r.config.Backfill)
	stale := !visited || arrivals.validity != st.validity
	further := begun && visited && from.Before(history.since.Add(-time.Hour)) // the account now wants more
	if begun && !further && history.since.Before(from) {
		from = history.since
	}
	if stale || further || !begun || history.validity != st.validity {
		// History first: if the other is not written, all this is done again.
		end := st.next - 1
		if !stale {
			end = arrivals.uid
		}
		history = mark{validity: st.validity, since: from, border: end}
		if !visited && r.config.Backfill <= 0 {
			history.uid = end // nobody asked for it
		}
		if err := writeMark(ctx, in, historyStream(f.name), history); err != nil {
			return err
		}
		if stale {
			arrivals = mark{validity: st.validity, uid: end, since: arrivals.since}
			if !visited {
				arrivals.border = st.next
			}
			if err := writeMark(ctx, in, arrivalStream(f.name), arrivals); err != nil {
				return err
			}
			f.known = known{}
		}
	}
	f.arrivals, f.history = arrivals, history
	return nil
}

// pass is one reading of part of a mailbox.
type pass struct {
	stream string    // whose cursor moves; "" = none
	mark   mark      // where it stands
	since  time.Time // older mails are left out
	// tell is told of every delivery: how many mails it had, and how many were new.
	tell func(mails, fresh int)
}

// read hands on mails of the open mailbox, in order, and moves the pass's cursor with
// them. It returns the mark that was committed last, also with an error.
func (r *Receiver) read(ctx context.Context, s *session, in channels.Inbound, f *folder, p pass, uids []uint32) (mark, error) {
	at := p.mark
	flow := &flow{files: r.env.Files, translate: r.translate}
	flow.deliver = func(ctx context.Context, events []channels.Event, through uint32) error {
		b := channels.Batch{Events: events}
		next := at
		if p.stream != "" {
			next.uid = max(next.uid, through)
			b.Stream, b.Cursor = p.stream, next.String()
		}
		if len(events) == 0 && next.uid == at.uid {
			return nil
		}
		outcomes, err := in.Deliver(ctx, b)
		if err != nil {
			return notStored(err)
		}
		at = next
		if p.tell != nil {
			p.tell(len(events), freshOf(outcomes))
		}
		return nil
	}
	err := flow.run(ctx, func(ctx context.Context) error {
		// Whoever stops listening in the middle of an answer must hang up.
		defer context.AfterFunc(ctx, func() { s.line.Close() })()
		for page := range slices.Chunk(uids, pageMails) {
			if err := r.page(ctx, s, f, p, flow, page); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errStopped) {
		err = ctx.Err()
	}
	for _, uid := range uids {
		if err == nil || p.stream != "" && uid <= at.uid {
			f.known.add(uid)
		}
	}
	return at, err
}

func freshOf(outcomes []channels.Outcome) (n int) {
	for _, o := range outcomes {
		if o.Kind != channels.OutcomeDuplicate {
			n++
		}
	}
	return n
}

// page fetches mails that follow one another.
func (r *Receiver) page(ctx context.Context, s *session, f *folder, p pass, flow *flow, uids []uint32) error {
	stubs, err := s.stubs(uids)
	if err != nil {
		return err
	}
	var plain []stub // a stretch that can be fetched at once
	stretch := func() error {
		list := plain
		plain = nil
		return r.stretch(ctx, s, f, p, flow, list)
	}
	for _, st := range stubs {
		switch {
		case !st.received.IsZero() && st.received.Before(p.since):
			continue
		case st.size <= MaxMail && f.trouble.uid != st.uid:
			plain = append(plain, st)
			continue
		}
		if err := stretch(); err != nil {
			return err
		}
		if st.size <= MaxMail && !f.trouble.hopeless(st.uid) {
			plain = []stub{st} // it failed before: alone, so that it fails alone
			if err := stretch(); err != nil {
				return err
			}
			continue
		}
		if err := r.giveUp(ctx, s, f, p, flow, st); err != nil {
			return err
		}
	}
	if err := stretch(); err != nil {
		return err
	}
	if !flow.send(ctx, &parcel{empty: true, through: uids[len(uids)-1]}) {
		return errStopped
	}
	return nil
}

// stretch fetches mails with one command, and once more those that it brought nothing of
// although they are there: the watermark must not pass them.
func (r *Receiver) stretch(ctx context.Context, s *session, f *folder, p pass, flow *flow, list []stub) error {
	if len(list) == 0 {
		return nil
	}
	waiting := make([]uint32, 0, len(list)) // not yet come, in order
	known := make(map[uint32]stub, len(list))
	for _, st := range list {
		waiting = append(waiting, st.uid)
		known[st.uid] = st
	}
	take := func(uid uint32, body *literal) error {
		st, asked := known[uid]
		if !asked {
			return nil
		}
		if body.size > MaxMail {
			return fmt.Errorf("read mail: %w", &cutError{err: errLarger, uid: uid, at: body.size})
		}
		through := list[len(list)-1].uid
		waiting = slices.DeleteFunc(waiting, func(other uint32) bool { return other == uid })
		if len(waiting) > 0 {
			through = waiting[0] - 1
		}
		return flow.take(ctx, r.mail(f, p, st), through, body)
	}
	err := s.bodies(slices.Clone(waiting), take)
	if err == nil && len(waiting) > 0 {
		if waiting, err = s.present(waiting); err == nil && len(waiting) > 0 {
			err = s.bodies(slices.Clone(waiting), take)
		}
	}
	if err == nil && len(waiting) > 0 {
		err = errKeptBack
	}
	f.blame(ctx, err, waiting)
	return err
}

// errKeptBack says that a server does not give out what it has.
var errKeptBack = errors.New("the mail server keeps a mail back")

var errLarger = errors.New("the mail is larger than the server said")

// blame remembers which mail a failure is to be laid to: the one it broke in, else the
// first that did not come.
func (f *folder) blame(ctx context.Context, err error, waiting []uint32) {
	var (
		cut   *cutError
		known *channels.Error
	)
	switch {
	case err == nil || ctx.Err() != nil || errors.As(err, &known) || errors.Is(err, errStopped):
	case errors.As(err, &cut):
		f.trouble.note(cut.uid, cut.at)
	case len(waiting) > 0:
		f.trouble.note(waiting[0], -1)
	}
}

// giveUp hands a mail on that cannot be fetched, with as much of its header as there is.
func (r *Receiver) giveUp(ctx context.Context, s *session, f *folder, p pass, flow *flow, st stub) error {
	m := r.mail(f, p, st)
	problem := "the mail is too large"
	var header []byte
	if st.size > MaxMail {
		var err error
		if header, err = s.header(st.uid, headerKept); err != nil {
			return err
		}
	} else {
		problem = "the mail server cannot give this mail out"
	}
	r.env.Log.Warn("mail quarantined", "uid", st.uid, "bytes", st.size, "problem", problem)
	ev := unreadable(m, header, problem)
	if !flow.send(ctx, &parcel{mail: m, event: ev, through: st.uid}) {
		return errStopped
	}
	return nil
}

// headerKept is how much is kept of the header of a mail that is too large.
const headerKept = 64 << 10

func (r *Receiver) mail(f *folder, p pass, st stub) Mail {
	return Mail{
		Mailbox: f.name, Validity: p.mark.validity, UID: st.uid, Received: st.received, Sent: f.sent,
		Connected: f.arrivals.since, Historic: f.arrivals.historic(st.uid, st.received),
		Renumbered: f.arrivals.border == 0,
	}
}
