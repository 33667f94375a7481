package imap

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"parley/channels"
)

// How much is on its way at once.
const (
	pageMails   = 500                    // mails of one FETCH
	batchMails  = 128                    // events of one delivery
	readers     = 16                     // goroutines that store and read mails; nearly all of their time is the disk's
	flowBytes   = 16 << 20               // of mails between the server and the inbox
	gatherTime  = 100 * time.Millisecond // how long a delivery waits for more while mails flow; what comes alone never does
	mostPerMail = 3 << 20                // of them for one: what of a large mail is not in the store is bounded
)

// flow carries mails from the server into the inbox: one goroutine fetches, some store
// and read, one delivers in order. What was fetched whole is delivered even when the
// connection breaks behind it.
type flow struct {
	files     channels.Files
	translate Translate
	deliver   func(ctx context.Context, events []channels.Event, through uint32) error

	budget *budget
	work   chan *parcel
	queue  chan *parcel
}

// parcel is one mail on its way, or, empty, only the word that what is up to a UID has been
// dealt with.
type parcel struct {
	mail    Mail
	small   []byte // the mail, unless it is stored already
	held    int64  // of the budget
	empty   bool
	through uint32 // every UID up to here is in this parcel or in those before it, or is gone

	done  chan struct{}
	event channels.Event
	err   error
}

// run carries what fetch hands in, and returns when all of it is delivered, or with the
// first error. Fetch must return when its context ends.
func (f *flow) run(ctx context.Context, fetch func(ctx context.Context) error) error {
	fetching, cancel := context.WithCancel(ctx)
	defer cancel()
	f.budget = newBudget(flowBytes)
	f.work, f.queue = make(chan *parcel), make(chan *parcel, 2*batchMails)
	var (
		wg       sync.WaitGroup
		fetchErr error
	)
	wg.Go(func() {
		defer close(f.queue)
		defer close(f.work)
		fetchErr = fetch(fetching)
	})
	for range readers {
		wg.Go(func() {
			for p := range f.work {
				p.event, p.err = f.read(fetching, p)
				p.small = nil
				close(p.done)
			}
		})
	}
	err := f.deliverAll(ctx)
	cancel()
	for range f.queue { // until the fetching goroutine has seen that nobody listens
	}
	wg.Wait()
	if err != nil {
		return err
	}
	return fetchErr
}

// send puts a parcel on its way; false means that nobody waits for it any more.
func (f *flow) send(ctx context.Context, p *parcel) bool {
	p.done = make(chan struct{})
	if p.empty || p.event.Key != "" {
		close(p.done) // nothing to read
	} else {
		select {
		case f.work <- p:
		case <-ctx.Done():
			return false
		}
	}
	select {
	case f.queue <- p:
		return true
	case <-ctx.Done():
		return false
	}
}

// read stores a small mail, and makes an event of any.
func (f *flow) read(ctx context.Context, p *parcel) (ev channels.Event, err error) {
	if p.small == nil {
		err = readStored(ctx, f.files, p.mail, func(r io.Reader) error {
			ev, err = f.translated(ctx, p.mail, r)
			return err
		})
		return ev, err
	}
	if p.mail.Original, p.mail.Body, err = putMail(ctx, f.files, bytes.NewReader(p.small)); err != nil {
		return channels.Event{}, err
	}
	return f.translated(ctx, p.mail, bytes.NewReader(p.small))
}

// translated guards against a mail that the translation cannot bear: it goes to
// quarantine, and its neighbours go on.
func (f *flow) translated(ctx context.Context, m Mail, r io.Reader) (ev channels.Event, err error) {
	defer func() {
		if v := recover(); v != nil {
			ev, err = unreadable(m, nil, "the mail could not be understood"), nil
		}
	}()
	return f.translate(ctx, m, r)
}

// deliverAll delivers what has been read, in order, and many at once where many come: a
// commit costs hardly more for a hundred than for one. What comes alone does not wait.
func (f *flow) deliverAll(ctx context.Context) error {
	var head *parcel // read from the queue, in no batch yet
	for open := true; open; {
		if head == nil {
			select {
			case head, open = <-f.queue:
			case <-ctx.Done():
				return ctx.Err()
			}
			if !open {
				return nil
			}
		}
		if err := f.finish(ctx, head); err != nil {
			return err
		}
		var batch []*parcel
		batch, head, open = f.gather(head)
		if err := f.hand(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// gather adds to a parcel those that follow it, as long as they come soon. It returns the
// first that is not among them, if it has seen it, and whether more may come.
func (f *flow) gather(first *parcel) (batch []*parcel, next *parcel, open bool) {
	batch = []*parcel{first}
	late := time.NewTimer(gatherTime)
	defer late.Stop()
	for len(batch) < batchMails {
		var p *parcel
		select {
		case p, open = <-f.queue:
			if !open {
				return batch, nil, false
			}
		case <-late.C:
			return batch, nil, true
		}
		select {
		case <-p.done:
		case <-late.C:
			return batch, p, true
		}
		if p.err != nil {
			return batch, p, true // after what stands before it
		}
		batch = append(batch, p)
	}
	return batch, nil, true
}

// finish waits until a parcel has been read.
func (f *flow) finish(ctx context.Context, p *parcel) error {
	select {
	case <-p.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if p.err != nil {
		return notStored(p.err)
	}
	return nil
}

// hand delivers a batch and gives its bytes back.
func (f *flow) hand(ctx context.Context, batch []*parcel) error {
	events := make([]channels.Event, 0, len(batch))
	held, through := int64(0), uint32(0)
	for _, p := range batch {
		if !p.empty {
			events = append(events, p.event)
		}
		held += p.held
		through = max(through, p.through)
	}
	if err := f.deliver(ctx, events, through); err != nil {
		return err
	}
	f.budget.give(held)
	return nil
}

// errStopped ends a fetch whose mails nobody waits for.
var errStopped = errors.New("nobody waits for the mails")

// take receives one literal: a small mail into memory, a large one into the store.
func (f *flow) take(ctx context.Context, m Mail, through uint32, body *literal) error {
	p := &parcel{mail: m, through: through, held: min(body.size, mostPerMail)}
	if !f.budget.take(ctx, p.held) {
		return errStopped
	}
	var err error
	if body.size <= smallMail {
		p.small = make([]byte, body.size)
		_, err = io.ReadFull(body, p.small)
	} else {
		p.mail.Original, p.mail.Body, err = putMail(ctx, f.files, body)
		if err != nil && body.broken() == nil {
			return notStored(err)
		}
	}
	if err != nil {
		return fmt.Errorf("read mail: %w", &cutError{err: err, uid: m.UID, at: body.size - body.left})
	}
	if !f.send(ctx, p) {
		return errStopped
	}
	return nil
}

// cutError says where the connection broke within a mail.
type cutError struct {
	err error
	uid uint32
	at  int64
}

func (e *cutError) Error() string { return e.err.Error() }
func (e *cutError) Unwrap() error { return e.err }
