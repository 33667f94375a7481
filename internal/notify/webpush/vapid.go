package webpush

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Sender is who sends pushes: the key pair by which push services know this installation.
// It is safe for concurrent use.
type Sender struct {
	key    *ecdsa.PrivateKey
	public string
	about  string
}

// tokenLife is how long a signature holds; RFC 8292 allows a day.
const tokenLife = 12 * time.Hour

// NewSender makes the sender of a seed, always the same from the same: subscriptions are
// bound to its public key. about is where push services find who is responsible, an https
// or mailto address; anything else is left out.
func NewSender(seed []byte, about string) (*Sender, error) {
	sum := sha256.Sum256(seed)
	for { // one of 2³² sums is no key
		key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), sum[:])
		if err != nil {
			sum = sha256.Sum256(sum[:])
			continue
		}
		point, err := key.PublicKey.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write public key: %w", err)
		}
		if !strings.HasPrefix(about, "https:") && !strings.HasPrefix(about, "mailto:") {
			about = ""
		}
		return &Sender{key: key, public: base64.RawURLEncoding.EncodeToString(point), about: about}, nil
	}
}

// Public is the key that browsers subscribe with, in base64url.
func (s *Sender) Public() string { return s.public }

// claims are what is signed.
type claims struct {
	Audience string `json:"aud"`
	Expires  int64  `json:"exp"`
	Subject  string `json:"sub,omitempty"`
}

// Authorization is the header by which a push service at an endpoint knows who sends.
func (s *Sender) Authorization(endpoint string, now time.Time) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return "", fmt.Errorf("sign push: the endpoint is no address")
	}
	body, err := json.Marshal(claims{u.Scheme + "://" + u.Host, now.Add(tokenLife).Unix(), s.about})
	if err != nil {
		return "", fmt.Errorf("encode claims: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + encode(body)
	sum := sha256.Sum256([]byte(text))
	r, t, err := ecdsa.Sign(rand.Reader, s.key, sum[:])
	if err != nil {
		return "", fmt.Errorf("sign push: %w", err)
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	t.FillBytes(signature[32:])
	return "vapid t=" + text + "." + encode(signature) + ", k=" + s.public, nil
}
