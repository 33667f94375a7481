package auth

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/fault"
)

const (
	maxEmail     = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets
	maxName      = 100 // characters
	maxSkills    = 50
	maxUserAgent = 300 // bytes
	maxCapacity  = 10000
)

// CleanEmail returns an e-mail address in the form it is stored and compared in:
// lower case, nothing around it. It checks the shape alone; only a letter tells
// whether an address exists.
func CleanEmail(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	odd := strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>(),;:"`, r)
	})
	if at < 1 || at == len(s)-1 || strings.Count(s, "@") != 1 || len(s) > maxEmail || odd || !utf8.ValidString(s) {
		return "", fault.InvalidField("email", "malformed", fault.T(
			"Введите адрес вида name@example.com.", "Enter an address like name@example.com."))
	}
	return s, nil
}

// cleanName returns a name without control characters and double blanks.
func cleanName(field, s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", fault.InvalidField(field, "required", fault.T("Введите название или имя.", "Enter a name."))
	case n > maxName:
		return "", fault.InvalidField(field, "too_long", fault.T("Не длиннее 100 знаков.", "At most 100 characters."))
	}
	return s, nil
}

func cleanLanguage(s string) (string, error) {
	switch s {
	case "":
		return "en", nil
	case "ru", "en", "ar":
		return s, nil
	}
	return "", fault.InvalidField("language", "unknown", fault.T("Язык: ru, en или ar.", "The language is ru, en or ar."))
}

func cleanSkills(in []string) ([]string, error) {
	out := make([]string, 0, len(in))
	for _, s := range in {
		name, err := cleanName("skills", strings.ToLower(s))
		if err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) > maxSkills {
		return nil, fault.InvalidField("skills", "too_many", fault.T("Не больше 50 навыков.", "At most 50 skills."))
	}
	return out, nil
}

func cleanRole(r Role) error {
	if r.Valid() {
		return nil
	}
	return fault.InvalidField("role", "unknown", fault.T(
		"Роль: admin, lead, agent или marketer.", "The role is admin, lead, agent or marketer."))
}

func cleanAccess(a Access, r Role) (Access, error) {
	if r == RoleAdmin {
		return Access{Conversations: ReachAll}, nil
	}
	if a.Conversations == "" {
		a.Conversations = defaultReach(r)
	}
	if !a.Conversations.Valid() {
		return Access{}, fault.InvalidField("access.conversations", "unknown", fault.T(
			"Доступ: all, team или own.", "The access is all, team or own."))
	}
	a.AccountIDs = uniq(a.AccountIDs)
	return a, nil
}

// cleanOrigin bounds what comes from request headers.
func cleanOrigin(o Origin) Origin {
	o.UserAgent = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(o.UserAgent, ""))
	if len(o.UserAgent) > maxUserAgent {
		// The cut may split a character; the broken piece goes.
		o.UserAgent = strings.ToValidUTF8(o.UserAgent[:maxUserAgent], "")
	}
	if len(o.IP) > 64 {
		o.IP = ""
	}
	return o
}

// uniq returns the ids sorted, each once, in a slice of its own.
func uniq[T ~int64](in []T) []T {
	out := slices.Clone(in)
	slices.Sort(out)
	return slices.Compact(out)
}
