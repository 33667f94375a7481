package smtp

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/dkim"

	"parley/channels"
	"parley/channels/email/compose"
)

// DKIM is the key that mails are signed with (RFC 6376). Without a key they are not.
type DKIM struct {
	Domain   string // "" = that of the account's address
	Selector string
	Key      string // RSA or Ed25519, PEM of PKCS 1 or PKCS 8
}

// signedFields are the header fields under the signature. From stands twice: a second one, put in on
// the way, would break the signature. Fields that a mail lacks are protected from being added.
var signedFields = []string{
	"From", "From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
	"MIME-Version", "Content-Type", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
}

// options returns how to sign, nil when mails are not signed. The error is a *channels.ConfigError.
func (d DKIM) options(own string) (*dkim.SignOptions, error) {
	if strings.TrimSpace(d.Key) == "" {
		return nil, nil
	}
	key, err := parseKey(d.Key)
	if err != nil {
		return nil, &channels.ConfigError{Field: "dkim_key",
			RU: "Ключ DKIM не читается. Нужен закрытый ключ RSA (от 1024 бит) или Ed25519 в формате PEM.",
			EN: "The DKIM key cannot be read. A private RSA key (1024 bits or more) or Ed25519 key in PEM is needed."}
	}
	if d.Domain == "" {
		d.Domain = domain(own)
	}
	for name, value := range map[string]string{"dkim_domain": d.Domain, "dkim_selector": d.Selector} {
		if spec, wide, err := compose.Envelope("x@" + value); err != nil || wide || spec != "x@"+strings.ToLower(value) {
			return nil, &channels.ConfigError{Field: name,
				RU: "Укажите домен и селектор, под которыми открытый ключ DKIM опубликован в DNS.",
				EN: "Give the domain and the selector under which the public DKIM key stands in the DNS."}
		}
	}
	return &dkim.SignOptions{
		Domain: d.Domain, Selector: d.Selector, Signer: key, HeaderKeys: signedFields,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}, nil
}

// minRSA is the shortest RSA key that verifiers accept, in bits (RFC 8301, 3.2).
const minRSA = 1024

func parseKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("not PEM")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return checkRSA(key)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("neither PKCS 1 nor PKCS 8") // the cause may quote the key
	}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return checkRSA(key)
	case ed25519.PrivateKey:
		return key, nil
	default:
		return nil, fmt.Errorf("key of type %T", key)
	}
}

func checkRSA(key *rsa.PrivateKey) (crypto.Signer, error) {
	if key.N.BitLen() < minRSA {
		return nil, errors.New("key is too short")
	}
	return key, nil
}

// sign returns the signature's header field, which goes before the mail. The mail is read for it from
// beginning to end and not kept.
func (s *Sender) sign(ctx context.Context, m *compose.Message) (string, error) {
	if s.dkim == nil {
		return "", nil
	}
	signer, err := dkim.NewSigner(s.dkim)
	if err != nil {
		return "", fmt.Errorf("begin signature: %w", err)
	}
	streamErr := m.Stream(ctx, signer)
	closeErr := signer.Close() // always: it ends the signer's goroutine
	if err := errors.Join(streamErr, closeErr); err != nil {
		return "", fmt.Errorf("sign mail: %w", err)
	}
	return signer.Signature(), nil
}
