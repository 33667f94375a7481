package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"parley/accounts"
	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/jobs"
	"parley/internal/notify"
	"parley/internal/store"
	"parley/web/links"
)

// settingSystemMail names the mailbox that system mail is sent by: its id, "off", or
// nothing for the first that is connected.
const settingSystemMail = "system_mail"

const systemMailOff = "off"

// systemMail sends invitations and links through one of the connected mailboxes.
type systemMail struct {
	store    *store.DB
	accounts *accounts.Service
	running  *accounts.Supervisor
	auth     *auth.Service
	refused  func(id channels.AccountID, e *channels.Error) // hears that a mailbox cannot sign in
}

var (
	_ notify.Mailbox   = (*systemMail)(nil)
	_ notify.People    = (*systemMail)(nil)
	_ links.SystemMail = (*systemMail)(nil)
)

// Ready implements notify.Mailbox.
func (s *systemMail) Ready(ctx context.Context) (bool, error) {
	_, ok, err := s.sender(ctx)
	return ok, err
}

// sender returns the mailbox that letters leave by.
func (s *systemMail) sender(ctx context.Context) (channels.AccountID, bool, error) {
	chosen, off, err := s.Chosen(ctx)
	if err != nil || off {
		return 0, false, err
	}
	if chosen != 0 {
		a, adapter, ok := s.running.Find(chosen)
		return chosen, ok && adapter != nil && a.Kind == channels.KindEmail && a.Active(), nil
	}
	// Asked of the database: how an account is, only the node knows that runs it.
	boxes, err := s.accounts.List(ctx, actor.System())
	if err != nil {
		return 0, false, fmt.Errorf("list mailboxes: %w", err)
	}
	boxes = slices.DeleteFunc(boxes, func(a accounts.Account) bool {
		return a.Kind != channels.KindEmail || a.State != channels.StateConnected || !a.Active()
	})
	if len(boxes) == 0 {
		return 0, false, nil
	}
	return slices.MinFunc(boxes, func(a, b accounts.Account) int { return cmp.Compare(a.ID, b.ID) }).ID, true, nil
}

// Sender implements links.SystemMail.
func (s *systemMail) Sender(ctx context.Context) (channels.AccountID, error) {
	id, ok, err := s.sender(ctx)
	if !ok {
		return 0, err
	}
	return id, err
}

// Chosen implements links.SystemMail.
func (s *systemMail) Chosen(ctx context.Context) (id channels.AccountID, off bool, err error) {
	value, _, err := s.store.Setting(ctx, settingSystemMail)
	if err != nil {
		return 0, false, fmt.Errorf("read system mail's account: %w", err)
	}
	n, _ := strconv.ParseInt(value, 10, 64) // what is no number is nobody's id
	return channels.AccountID(n), value == systemMailOff, nil
}

// Choose implements links.SystemMail.
func (s *systemMail) Choose(ctx context.Context, id channels.AccountID, off bool) error {
	value := ""
	switch {
	case off:
		value = systemMailOff
	case id != 0:
		a, err := s.accounts.Get(ctx, actor.System(), id)
		if err != nil {
			return err
		}
		if a.Kind != channels.KindEmail || a.Archived {
			return accounts.ErrNotFound
		}
		value = strconv.FormatInt(int64(id), 10)
	}
	return s.store.SetSetting(ctx, settingSystemMail, value)
}

// Deliver implements notify.Mailbox. The account's own order and pace do not apply:
// letters are few, and somebody waits for each.
func (s *systemMail) Deliver(ctx context.Context, l notify.Letter) error {
	id, ok, err := s.sender(ctx)
	if err != nil {
		return fmt.Errorf("find mailbox: %w", err)
	}
	adapter, runs := s.running.Adapter(id)
	if !ok || !runs {
		return notify.ErrLater
	}
	_, err = adapter.Send(ctx, channels.Outgoing{
		Key: strconv.FormatInt(l.ID, 10), MessageID: l.ID, Attempt: 1, Automatic: true,
		To: []channels.Address{{Scope: "email", Address: l.To, Name: l.Name}}, Subject: l.Subject, Text: l.Text, HTML: l.HTML,
	})
	if err == nil {
		s.running.Sending(id, nil)
		return nil
	}
	e := channels.AsError(err) // its text may quote the address
	if e.Kind == channels.AuthFailed {
		s.refused(id, e)
	}
	switch e.Kind {
	case channels.Transient, channels.AuthFailed:
		return fmt.Errorf("send letter (%s): %w", e.Code, notify.ErrLater)
	case channels.Uncertain:
		return fmt.Errorf("send letter (%s): it may have been sent", e.Code)
	}
	return errors.New("send letter (" + e.Code + ")")
}

// ResetFor implements notify.People.
func (s *systemMail) ResetFor(ctx context.Context, email string) (name, language, token string, found bool, err error) {
	a, secret, found, err := s.auth.ResetFor(ctx, email)
	return a.Name, a.Language, secret.Reveal(), found, err
}

// wirePost makes what writes and sends system mail.
func (a *App) wirePost() {
	a.mail = &systemMail{store: a.Store, accounts: a.Accounts, running: a.Supervisor, auth: a.Auth, refused: a.sender.sending}
	a.post = notify.New(notify.Options{
		Mailbox: a.mail, People: a.mail, NextID: a.Store.NextID, Seal: a.Box.Seal, Open: a.Box.Open,
		Leave: func(ctx context.Context, kind, key, payload string) error {
			return a.Store.Write(ctx, func(ctx context.Context) error {
				return a.Store.AddJobs(ctx, []jobs.New{{Kind: kind, Key: key, Payload: payload}})
			})
		},
		Base: a.base, Now: a.Now, Log: a.Log,
	})
	a.Jobs.Perform(notify.JobLetter, a.sendLetter)
}

// sendLetter tries one letter. While no mailbox works that says nothing of the job, which is left
// for days if need be and not given up.
func (a *App) sendLetter(ctx context.Context, j jobs.Job) error {
	err := a.post.Send(ctx, j.Payload)
	if errors.Is(err, notify.ErrLater) {
		return jobs.Later(a.post.Again(j.Payload), err.Error())
	}
	return err
}

// base is the installation's address in links that others follow: the public one, else
// where the server listens. A request has no say in it.
func (a *App) base() string {
	if a.Config.PublicURL != "" {
		return a.Config.PublicURL
	}
	at, _ := a.bound.Load().(string)
	return at
}
