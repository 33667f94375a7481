package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"time"

	"golang.org/x/crypto/argon2"
)

// hashWait is how long a caller waits for its turn to hash before ErrBusy.
const hashWait = 5 * time.Second

// Hasher hashes passwords with argon2id. At most a fixed number of hashes run
// at a time, because each holds its memory: a storm of sign-ins waits in line
// and, past five seconds, is refused with ErrBusy, but never exhausts the
// machine. It is safe for concurrent use.
type Hasher struct {
	params Params
	slots  chan struct{}
	decoy  phc
}

// NewHasher makes a Hasher that runs at most parallel hashes at a time.
func NewHasher(params Params, parallel int) *Hasher {
	h := &Hasher{params: params, slots: make(chan struct{}, max(parallel, 1))}
	// No password gives this digest but by chance of 2^-256, and making it costs
	// nothing, unlike hashing one at every start.
	h.decoy = phc{params: params, salt: randomBytes(16), digest: randomBytes(32)}
	return h
}

// Hash returns the stored form of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	p := phc{params: h.params, salt: randomBytes(16)}
	digest, err := h.run(ctx, password, p, 32)
	if err != nil {
		return "", err
	}
	p.digest = digest
	return p.String(), nil
}

// Verify reports whether a password is the one stored, and whether the stored
// form should be made anew because the parameters have changed. An empty stored
// form costs as much as any other and is never right.
func (h *Hasher) Verify(ctx context.Context, stored, password string) (ok, rehash bool, err error) {
	p := h.decoy
	if stored != "" {
		if p, err = parsePHC(stored); err != nil {
			return false, false, err
		}
	}
	digest, err := h.run(ctx, password, p, uint32(len(p.digest)))
	if err != nil {
		return false, false, err
	}
	same := subtle.ConstantTimeCompare(digest, p.digest) == 1
	return same && stored != "", same && p.params != h.params, nil
}

func (h *Hasher) run(ctx context.Context, password string, p phc, size uint32) ([]byte, error) {
	wait := time.NewTimer(hashWait)
	defer wait.Stop()
	select {
	case h.slots <- struct{}{}:
	case <-wait.C:
		return nil, ErrBusy.After(hashWait)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), p.salt, p.params.Passes, p.params.MemoryKiB, p.params.Threads, size), nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
