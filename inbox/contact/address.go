package contact

import (
	"strings"
	"unicode"

	"parley/internal/fault"
)

// The scopes whose addresses are the same in every installation.
const (
	ScopeEmail = "email"
	ScopePhone = "phone"
)

const (
	maxScope   = 60
	maxAddress = 500 // bytes
	minDigits  = 5
	maxDigits  = 15 // ITU-T E.164, 2010
)

// Normalise returns an address as it is stored, so that two ways of writing one
// address are equal: e-mail in lower case, phone numbers as a plus sign and digits.
// The field of its fault is "scope" or "address".
func Normalise(scope, address string) (string, error) {
	if !isScope(scope) {
		return "", fault.InvalidField("scope", "malformed", fault.T("Например: email, phone.", "For example: email, phone."))
	}
	address = strings.TrimSpace(strings.Map(printable, address))
	switch {
	case address == "":
		return "", fault.InvalidField("address", "required", fault.T("Укажите адрес.", "Give the address."))
	case len(address) > maxAddress:
		return "", fault.InvalidField("address", "too_long", fault.T("Адрес слишком длинный.", "The address is too long."))
	case scope == ScopeEmail:
		return normaliseEmail(address)
	case scope == ScopePhone:
		return normalisePhone(address)
	default:
		return address, nil
	}
}

func normaliseEmail(address string) (string, error) {
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(address, " <>,;\"\t") || strings.Contains(domain, "@") {
		return "", fault.InvalidField("address", "malformed", fault.T("Адрес почты вида name@example.com.", "An e-mail address like name@example.com."))
	}
	return strings.ToLower(address), nil
}

func normalisePhone(address string) (string, error) {
	digits := digitsOf(address)
	plus := strings.HasPrefix(address, "+")
	switch {
	case !plus && strings.HasPrefix(digits, "00"):
		digits = digits[2:]
	case !plus && len(digits) == 11 && digits[0] == '8': // how Russia dials itself
		digits = "7" + digits[1:]
	}
	if len(digits) < minDigits || len(digits) > maxDigits || strings.IndexFunc(address, notInPhone) >= 0 {
		return "", fault.InvalidField("address", "malformed", fault.T("Номер вида +7 900 123-45-67.", "A number like +1 555 123 4567."))
	}
	return "+" + digits, nil
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func notInPhone(r rune) bool {
	return (r < '0' || r > '9') && !strings.ContainsRune("+-(). \u00A0", r)
}

// printable drops what no address holds.
func printable(r rune) rune {
	if unicode.IsControl(r) || r == unicode.ReplacementChar {
		return -1
	}
	return r
}

func isScope(s string) bool {
	if s == "" || len(s) > maxScope || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(":_-", r)
	}) < 0
}

// Prefixes returns how addresses may begin that somebody looks for by typing q.
func Prefixes(q string) []string {
	q = strings.ToLower(strings.TrimSpace(strings.Map(printable, q)))
	if q == "" {
		return nil
	}
	list := []string{q}
	if digits := digitsOf(q); digits != "" && strings.IndexFunc(q, notInPhone) < 0 {
		list = append(list, "+"+digits)
		if digits[0] == '8' {
			list = append(list, "+7"+digits[1:])
		}
	}
	return list
}
