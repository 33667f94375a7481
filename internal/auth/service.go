package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"parley/internal/fault"
)

// Options is what a Service needs. Store and NextID are required.
type Options struct {
	Store Store
	// NextID gives ids that no row has. It is never called inside Store.Write, so
	// it may write itself.
	NextID func(ctx context.Context) (int64, error)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Hasher hashes passwords; nil is one with DefaultParams and a slot per CPU.
	Hasher *Hasher
	// Log hears what no caller does; nil discards.
	Log *slog.Logger
	// Nouns are the words that scopes of API keys may name; empty allows any.
	Nouns []string
	// EmailRate bounds attempts to guess one agent's password; zero is 10 at once and
	// one more every 15 s. NetworkRate bounds attempts from one IPv4 address or
	// IPv6 /64; zero is 50 and every 3 s. Attempts that succeed do not count.
	EmailRate, NetworkRate Rate
}

// Service is everything that is done with people. It is safe for concurrent use.
type Service struct {
	store     Store
	nextID    func(ctx context.Context) (int64, error)
	clock     func() time.Time
	hasher    *Hasher
	log       *slog.Logger
	nouns     []string
	byEmail   *Throttle
	byNetwork *Throttle

	begun func(ctx context.Context, language string) // see OnSetup; may be nil

	forgotFor, forgotFrom *Throttle // links for forgotten passwords, by e-mail and by network
}

// New makes a Service.
func New(o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Hasher == nil {
		o.Hasher = NewHasher(DefaultParams(), runtime.GOMAXPROCS(0))
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.EmailRate.Burst == 0 {
		o.EmailRate = Rate{Burst: 10, Every: 15 * time.Second}
	}
	if o.NetworkRate.Burst == 0 {
		o.NetworkRate = Rate{Burst: 50, Every: 3 * time.Second}
	}
	return &Service{
		store: o.Store, nextID: o.NextID, clock: o.Now, hasher: o.Hasher, log: o.Log, nouns: slices.Clone(o.Nouns),
		byEmail:   NewThrottle(o.EmailRate, throttleKeys),
		byNetwork: NewThrottle(o.NetworkRate, throttleKeys),

		forgotFor:  NewThrottle(forgotByEmail(), throttleKeys),
		forgotFrom: NewThrottle(forgotByNetwork(), throttleKeys),
	}
}

// now is the time as the store keeps it.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// locked runs fn in a transaction in which nobody else changes people.
func (s *Service) locked(ctx context.Context, fn func(ctx context.Context) error) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockPeople(ctx); err != nil {
			return fmt.Errorf("lock people: %w", err)
		}
		return fn(ctx)
	})
}

// said turns what a Store answers into the fault it means here: absent for
// ErrAbsent, taken for ErrTaken. Faults pass, other errors are wrapped with what
// was being done.
func said(err error, doing string, absent, taken *fault.Error) error {
	switch {
	case err == nil:
		return nil
	case absent != nil && errors.Is(err, ErrAbsent):
		return absent
	case taken != nil && errors.Is(err, ErrTaken):
		return taken
	}
	if _, ok := fault.As(err); ok {
		return err
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// id takes an id of any of this package's types.
func id[T ~int64](ctx context.Context, s *Service) (T, error) {
	n, err := s.nextID(ctx)
	if err != nil {
		return 0, fmt.Errorf("take id: %w", err)
	}
	return T(n), nil
}
