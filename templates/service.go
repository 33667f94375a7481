package templates

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/fault"
)

// Store keeps what networks said of their templates.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// Templates returns those of some accounts by name and language.
	Templates(ctx context.Context, accounts []int64) ([]Template, error)
	// FindTemplate returns one.
	FindTemplate(ctx context.Context, account int64, name, language string) (t Template, found bool, err error)
	// ReplaceTemplates makes a list the whole of an account's templates. It runs inside Write.
	ReplaceTemplates(ctx context.Context, account int64, list []Template) error
	// Readings returns how the last reading of accounts' lists went; one that was never read is missing.
	Readings(ctx context.Context, accounts []int64) ([]Reading, error)
	PutReading(ctx context.Context, r Reading) error
}

// Reading is how the last reading of an account's list went.
type Reading struct {
	AccountID int64
	ReadAt    time.Time // the last list that came whole; zero = none yet
	TriedAt   time.Time
	Code      string // why the last try failed; "" = it did not
	Text      string // the same for people, in English
}

// Network reads what accounts have at their networks.
type Network interface {
	// List returns all templates of an account. The IDs are not set.
	List(ctx context.Context, account int64) ([]Template, error)
	// Explain puts an error of List into a stable code and words.
	Explain(err error) (code, text string)
}

// Service lists templates and finds those that may be sent. Safe for concurrent use.
type Service struct {
	store   Store
	network Network
	now     func() time.Time
}

// New returns a Service.
func New(store Store, network Network, now func() time.Time) *Service {
	return &Service{store: store, network: network, now: now}
}

// Bounds of reading.
const (
	fresh    = 15 * time.Minute // how old a list may be before List reads it anew
	again    = time.Minute      // after a try that failed
	readTime = 10 * time.Second
	maxList  = 10_000
	maxText  = 10_000 // bytes of one text of a template
)

// ErrNoNetwork says that an account's network has no approved templates, or that the account is not usable now.
var ErrNoNetwork = fault.New(fault.Conflict, "no_templates", fault.T(
	"У этого канала нет одобренных шаблонов, или он отключён.", "This channel has no approved templates, or it is disconnected."))

// List returns the templates of accounts, and how reading them went. Lists that have grown old are read anew
// first; a network that does not answer leaves its old one.
func (s *Service) List(ctx context.Context, accounts []int64) ([]Template, []Reading, error) {
	known, err := s.store.Readings(ctx, accounts)
	if err != nil {
		return nil, nil, fmt.Errorf("list templates: %w", err)
	}
	now := s.now()
	for _, id := range accounts {
		i := slices.IndexFunc(known, func(r Reading) bool { return r.AccountID == id })
		if i >= 0 && (now.Sub(known[i].ReadAt) < fresh || now.Sub(known[i].TriedAt) < again) {
			continue
		}
		if _, err := s.Refresh(ctx, id); err != nil {
			return nil, nil, err
		}
	}
	list, err := s.store.Templates(ctx, accounts)
	if err != nil {
		return nil, nil, fmt.Errorf("list templates: %w", err)
	}
	readings, err := s.store.Readings(ctx, accounts)
	if err != nil {
		return nil, nil, fmt.Errorf("list templates: %w", err)
	}
	return list, readings, nil
}

// Refresh reads an account's list. That its network does not answer is no error but part of the Reading.
func (s *Service) Refresh(ctx context.Context, account int64) (Reading, error) {
	within, cancel := context.WithTimeout(ctx, readTime)
	list, refused := s.network.List(within, account)
	cancel()
	if errors.Is(refused, ErrNoNetwork) {
		return Reading{AccountID: account, TriedAt: s.time(), Code: ErrNoNetwork.Code, Text: ErrNoNetwork.Text.EN}, nil
	}
	var r Reading
	err := s.store.Write(ctx, func(ctx context.Context) error {
		r = Reading{AccountID: account, TriedAt: s.time()}
		if refused == nil {
			r.ReadAt = r.TriedAt
			if err := s.replace(ctx, account, list); err != nil {
				return err
			}
			return s.store.PutReading(ctx, r)
		}
		before, err := s.store.Readings(ctx, []int64{account})
		if err != nil {
			return err
		}
		if len(before) > 0 {
			r.ReadAt = before[0].ReadAt
		}
		r.Code, r.Text = s.network.Explain(refused)
		return s.store.PutReading(ctx, r)
	})
	if err != nil {
		return r, fmt.Errorf("store templates: %w", err)
	}
	return r, nil
}

// replace stores a list in place of the last one; who was in that keeps its ID.
func (s *Service) replace(ctx context.Context, account int64, list []Template) error {
	before, err := s.store.Templates(ctx, []int64{account})
	if err != nil {
		return err
	}
	type name struct{ name, language string }
	ids := map[name]ID{}
	for _, t := range before {
		ids[name{t.Name, t.Language}] = t.ID
	}
	var whole []Template
	seen := map[name]bool{}
	for _, t := range list[:min(len(list), maxList)] {
		t = tidy(t)
		key := name{t.Name, t.Language}
		if t.Name == "" || seen[key] {
			continue
		}
		seen[key] = true
		t.ID, t.AccountID, t.UpdatedAt = ids[key], account, s.time()
		whole = append(whole, t)
	}
	missing := 0
	for _, t := range whole {
		if t.ID == 0 {
			missing++
		}
	}
	fresh, err := s.store.NextIDs(ctx, missing)
	if err != nil {
		return err
	}
	for i := range whole {
		if whole[i].ID == 0 {
			whole[i].ID, fresh = ID(fresh[0]), fresh[1:]
		}
	}
	return s.store.ReplaceTemplates(ctx, account, whole)
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
