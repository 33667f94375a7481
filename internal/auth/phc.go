package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Params is how much work a password hash is. The zero value is not usable.
type Params struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// DefaultParams returns parameters that take about 60 ms and 32 MiB on a server core of 2026. They
// are above the second recommendation of OWASP's password storage cheat sheet (19
// MiB, 2 passes; read 2026).
func DefaultParams() Params { return Params{MemoryKiB: 32 * 1024, Passes: 3, Threads: 1} }

// Bounds on what a stored hash may ask for, so that a row from a damaged backup
// cannot exhaust the machine.
const (
	maxMemoryKiB = 256 * 1024
	maxPasses    = 16
	maxThreads   = 8
	minSalt      = 8
	minDigest    = 16
	maxPart      = 64 // bytes of salt or digest
	maxPHC       = 512
)

// errPHC says that a stored password hash cannot be read. It does not repeat it.
var errPHC = errors.New("stored password hash is not argon2id in PHC form")

// phc is a stored hash: "$argon2id$v=19$m=32768,t=3,p=1$SALT$DIGEST", base64
// without padding, the form of the PHC string format specification.
type phc struct {
	params Params
	salt   []byte
	digest []byte
}

func (p phc) String() string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.params.MemoryKiB, p.params.Passes, p.params.Threads,
		enc.EncodeToString(p.salt), enc.EncodeToString(p.digest))
}

func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(s) > maxPHC || len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return phc{}, errPHC
	}
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return phc{}, errPHC
	}
	m, okM := cost(costs[0], "m=", maxMemoryKiB)
	t, okT := cost(costs[1], "t=", maxPasses)
	p, okP := cost(costs[2], "p=", maxThreads)
	salt, okS := part(parts[4], minSalt)
	digest, okD := part(parts[5], minDigest)
	if !okM || !okT || !okP || !okS || !okD {
		return phc{}, errPHC
	}
	return phc{params: Params{MemoryKiB: m, Passes: t, Threads: uint8(p)}, salt: salt, digest: digest}, nil
}

// cost reads "m=123" as a decimal number from 1 to most, written plainly.
func cost(s, name string, most uint32) (uint32, bool) {
	digits, ok := strings.CutPrefix(s, name)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || n < 1 || uint32(n) > most || strconv.FormatUint(n, 10) != digits {
		return 0, false
	}
	return uint32(n), true
}

func part(s string, least int) ([]byte, bool) {
	b, err := base64.RawStdEncoding.Strict().DecodeString(s)
	return b, err == nil && len(b) >= least && len(b) <= maxPart && !strings.ContainsAny(s, "\r\n")
}
