package webchat

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/fault"
)

// Introduction is what a visitor, or the page they came to, says on arrival. Every
// part may be empty.
type Introduction struct {
	Name     string
	Email    string
	Phone    string
	Language string // a tag such as "ru-RU"
	Page     string
	Referrer string
	UTM      map[string]string
	Identity *Identity
}

// Visitor is who a token names. ID is also their chat.
type Visitor struct {
	ID       string            `json:"v"`
	Name     string            `json:"n,omitempty"`
	Email    string            `json:"e,omitempty"` // typed
	Phone    string            `json:"p,omitempty"` // typed
	User     string            `json:"u,omitempty"` // the site's own id, verified
	Language string            `json:"l,omitempty"`
	Page     string            `json:"w,omitempty"`
	Referrer string            `json:"r,omitempty"`
	UTM      map[string]string `json:"m,omitempty"`
	IssuedAt int64             `json:"t"` // Unix seconds
}

// Bounds in bytes. The whole visitor travels in a header with every request, so what a
// page says of itself is cut, and what a person says is refused when it is longer.
const (
	maxName    = 200
	maxEmail   = 254 // RFC 5321, 4.5.3.1.3 less the angle brackets
	maxPhone   = 32
	maxUser    = 128
	maxAddress = 300
	maxUTMs    = 6
	maxUTMKey  = 24
	maxUTM     = 64
)

// Welcome makes a visitor of an introduction. Its faults name the field that is wrong.
func (a *Account) Welcome(i Introduction, now time.Time) (Visitor, error) {
	v := Visitor{
		ID: newVisitorID(), Name: tidy(i.Name), Email: strings.ToLower(tidy(i.Email)), Phone: tidy(i.Phone),
		Language: a.config.Language(i.Language), Page: cut(tidy(i.Page), maxAddress), Referrer: cut(tidy(i.Referrer), maxAddress),
		UTM: tidyUTM(i.UTM), IssuedAt: now.Unix(),
	}
	var wrong fault.Collector
	if i.Identity != nil {
		if err := wrong.Merge(a.recognise(*i.Identity, &v)); err != nil {
			return Visitor{}, err
		}
	}
	if len(v.Name) > maxName {
		wrong.Add("name", "too_long", fault.T("Имя слишком длинное.", "The name is too long."))
	}
	if v.Email != "" && !plausibleEmail(v.Email) {
		wrong.Add("email", "malformed", fault.T("Укажите адрес вида name@example.com.", "Enter an address like name@example.com."))
	}
	if v.Phone != "" && !plausiblePhone(v.Phone) {
		wrong.Add("phone", "malformed", fault.T("Укажите номер вида +7 900 123-45-67.", "Enter a number like +1 555 123 4567."))
	}
	if err := wrong.Err(); err != nil {
		return Visitor{}, err
	}
	v.Phone = digits(v.Phone)
	return v.shortened(), nil
}

// shortened returns the visitor with as much of what their page said as fits in a token.
func (v Visitor) shortened() Visitor {
	fits := func() bool {
		data, err := marshal(v)
		return err == nil && len(data) <= maxVisitor
	}
	for _, giveUp := range []func(){func() { v.Referrer = "" }, func() { v.UTM = nil }, func() { v.Page = "" }} {
		if fits() {
			break
		}
		giveUp()
	}
	return v
}

// newVisitorID returns 128 random bits in lower-case base32.
func newVisitorID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: the runtime ends the program instead
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// DisplayName is the name given, or one made of the visitor's id, always the same.
func (v Visitor) DisplayName() string {
	if v.Name != "" {
		return v.Name
	}
	sum := sha256.Sum256([]byte(v.ID))
	number := 1000 + binary.BigEndian.Uint32(sum[:])%9000
	switch v.Language {
	case "ru":
		return fmt.Sprint("Гость ", number)
	case "ar":
		return fmt.Sprint("زائر ", number)
	}
	return fmt.Sprint("Guest ", number)
}

// sender is the visitor as the port describes people.
func (v Visitor) sender(account channels.AccountID) channels.Sender {
	scope := "account:" + strconv.FormatInt(int64(account), 10)
	s := channels.Sender{Scope: scope, Address: v.ID, Name: v.DisplayName(), Verified: true}
	if v.User != "" {
		s.Extra = append(s.Extra, channels.Address{Scope: scope + ":user", Address: v.User, Verified: true})
	}
	if v.Email != "" {
		s.Extra = append(s.Extra, channels.Address{Scope: "email", Address: v.Email})
	}
	if v.Phone != "" {
		s.Extra = append(s.Extra, channels.Address{Scope: "phone", Address: v.Phone})
	}
	return s
}

func plausibleEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && len(s) <= maxEmail && name != "" && strings.Contains(host, ".") &&
		!strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") && !strings.ContainsAny(s, " <>,;\"") && !strings.Contains(host, "@")
}

func plausiblePhone(s string) bool {
	n := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
		case r == '+' && i == 0, strings.ContainsRune(" -().", r):
		default:
			return false
		}
	}
	return n >= 5 && n <= 15 && len(s) <= maxPhone
}

// digits keeps the plus sign and the digits of a phone number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// tidy trims a line of text and removes what no line holds.
func tidy(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s))
}

// cut shortens a text to at most n bytes of whole characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
