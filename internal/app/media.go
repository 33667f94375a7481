package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/jobs"
)

// Bounds of fetching. Fetches leave slots of the job runner to what is quick.
const (
	maxFetchers = 4
	fetchTime   = 30 * time.Minute // of all files of a message in one attempt
	fetchStall  = 30 * time.Second // without a byte
	fetchStore  = 10 * time.Second // for telling what came of it
	fetchQueue  = 2 * time.Second  // until one that found no slot asks again
	fetchPaused = 10 * time.Minute // until one of a paused account asks again
)

// mediaFetcher fetches the files that messages announced.
type mediaFetcher struct {
	find    func(channels.AccountID) (a channels.Adapter, active, found bool)
	explain func(channels.AccountID, string, string) channels.Words
	inbox   *inbox.Service
	files   channels.Files
	now     func() time.Time
	slots   chan struct{}
}

// wireMedia makes what fetches announced files.
func (a *App) wireMedia(files channels.Files) {
	m := &mediaFetcher{explain: a.explain, inbox: a.Inbox, files: files, now: a.Now, slots: make(chan struct{}, maxFetchers)}
	m.find = func(id channels.AccountID) (channels.Adapter, bool, bool) {
		account, adapter, found := a.Supervisor.Find(id)
		return adapter, account.Active(), found
	}
	a.Jobs.PerformLong(inbox.JobFetchMedia, fetchTime, m.fetch)
}

// fetch makes one attempt on what is missing of a message. It runs at least once: bytes
// are stored under their hash, and rows that are settled are left alone.
func (m *mediaFetcher) fetch(ctx context.Context, j jobs.Job) error {
	id, err := strconv.ParseInt(j.Payload, 10, 64)
	if err != nil {
		return fmt.Errorf("read fetch job: %w", err)
	}
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
	default:
		return jobs.Later(m.now().Add(fetchQueue), "others are being fetched")
	}
	account, rows, err := m.inbox.WaitingMedia(ctx, inbox.MessageID(id))
	if err != nil || len(rows) == 0 {
		return err
	}
	adapter, active, found := m.find(account)
	if found && (!active || adapter == nil) {
		return jobs.Later(m.now().Add(fetchPaused), "the account is paused")
	}
	list := m.attempt(ctx, account, adapter, rows)
	stopped := ctx.Err() != nil // the program ends, or another node took over
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchStore)
	defer cancel()
	again, err := m.inbox.Fetched(within, inbox.MessageID(id), list)
	if stopped && err == nil && !again.IsZero() {
		return jobs.Later(m.now(), "the program stopped meanwhile")
	}
	if err != nil || again.IsZero() {
		return err
	}
	return jobs.Later(again, "files are still missing")
}

// attempt fetches one file after the other, as far as time allows. A file may be as large and its network as slow as
// they like, as long as something comes.
func (m *mediaFetcher) attempt(ctx context.Context, account channels.AccountID, adapter channels.Adapter, rows []inbox.MediaRow) (list []inbox.Fetched) {
	for _, row := range rows {
		f, err := m.one(ctx, adapter, row.Media.Media)
		if ctx.Err() != nil && err != nil {
			break // not the file's fault
		}
		list = append(list, inbox.Fetched{Position: row.Position, File: f, Err: err, Words: m.words(account, err)})
	}
	return list
}

// words says why a file does not come, nothing where nobody knows the code.
func (m *mediaFetcher) words(account channels.AccountID, err error) channels.Words {
	e := channels.AsError(err)
	if e == nil {
		return channels.Words{}
	}
	w := m.explain(account, e.Code, e.Text)
	if w.RU == w.EN {
		return channels.Words{}
	}
	return w
}

// one fetches a file; an adapter's panic is its failure.
func (m *mediaFetcher) one(ctx context.Context, adapter channels.Adapter, x channels.Media) (f channels.File, err error) {
	fetcher, able := adapter.(channels.Fetcher)
	switch {
	case adapter == nil:
		return f, &channels.Error{Kind: channels.Transient, Code: "no_account", Text: "the account is gone"}
	case !able:
		return f, &channels.Error{Kind: channels.Permanent, Code: "no_fetcher", Text: "files of this network cannot be loaded"}
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("adapter panicked: %v", p)
		}
	}()
	within, files, stop := whileMoving(ctx, m.files)
	defer stop()
	f, err = fetcher.Fetch(within, x, files)
	if err == nil && (f.Hash == "" || f.ID != 0) {
		err = fmt.Errorf("adapter named no stored file")
	}
	return f, err
}
