package email

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"parley/channels"
	"parley/channels/email/imap"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: a mail in quarantine is kept whole as a file. Of one of which only the
// beginning came there is nothing to read, nor of one that may be our own: nobody knows any more in which
// folder it lay. The event has the key that the mail has in its mailbox, so that it comes in once.
func (a *Account) Reread(ctx context.Context, k channels.Kept) ([]channels.Event, error) {
	if k.Original == nil {
		return nil, nil
	}
	m := imap.Mail{Original: *k.Original, Received: k.At}
	err := a.kept(ctx, k, func(r io.Reader) (err error) {
		m.Body, err = imap.BodyOf(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	var ev channels.Event
	err = a.kept(ctx, k, func(r io.Reader) (err error) {
		ev, err = a.event(ctx, m, r)
		return err
	})
	if err != nil || a.perhapsSent(&ev) {
		return nil, err
	}
	return []channels.Event{ev}, nil
}

// kept has a mail in quarantine read.
func (a *Account) kept(ctx context.Context, k channels.Kept, read func(io.Reader) error) error {
	r, err := a.env.Files.Open(ctx, *k.Original)
	if err != nil {
		return fmt.Errorf("open kept mail: %w", err)
	}
	return errors.Join(read(r), r.Close())
}

// perhapsSent tells whether an event is of a mail in our name that did not come to ourselves alone: it
// may be from the folder of sent mail, or by somebody who merely says so.
func (a *Account) perhapsSent(ev *channels.Event) bool {
	if ev.Message == nil || ev.Direction != channels.Inward || !a.settings.own.has(ev.Sender.Address) {
		return false
	}
	to := slices.Concat(ev.Message.To, ev.Message.Cc)
	return len(to) == 0 || slices.ContainsFunc(to, func(at channels.Address) bool { return !a.settings.own.has(at.Address) })
}
