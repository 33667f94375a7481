package auth

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/fault"
)

// Password length in characters. The upper bound keeps hashing of nonsense
// cheap; no composition rules, because they make passwords worse.
const (
	MinPassword = 10
	MaxPassword = 200
)

// commonPasswords are what a guesser tries first among those long enough to pass
// the length rule, in lower case.
var commonPasswords = []string{
	"1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "123456789a", "123123123123",
	"1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5", "qwerty1234", "qwerty12345", "qwerty123456",
	"qwertyuiop", "qwertyuiop[]", "asdfghjkl;", "йцукенгшщз", "йцукенгшщзхъ", "password12", "password123", "password1234",
	"passw0rd123", "administrator", "admin12345", "admin123456", "iloveyou12", "letmein1234", "welcome123",
	"welcome1234", "changeme123", "пароль1234", "пароль12345", "abcdefghij", "abcd123456", "parley1234", "parleyparley",
}

// CheckPassword says whether a password may be chosen by the owner of an e-mail
// and a name. The fault names the field given.
func CheckPassword(field, password, email, name string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return fault.InvalidField(field, "malformed", fault.T("Пароль должен быть текстом.", "The password must be text."))
	case n < MinPassword:
		return fault.InvalidField(field, "too_short", fault.T(
			"Не короче 10 знаков. Подойдёт фраза из нескольких слов.", "At least 10 characters. A phrase of several words is good."))
	case n > MaxPassword:
		return fault.InvalidField(field, "too_long", fault.T("Не длиннее 200 знаков.", "At most 200 characters."))
	}
	low := strings.ToLower(strings.TrimSpace(password))
	local, _, _ := strings.Cut(strings.ToLower(email), "@")
	guessable := []string{strings.ToLower(email), local, strings.ToLower(name), squeeze(strings.ToLower(name))}
	switch {
	case slices.Contains(guessable, low) || slices.Contains(guessable, squeeze(low)):
		return fault.InvalidField(field, "personal", fault.T(
			"Пароль не должен совпадать с почтой или именем.", "The password must not be your e-mail or name."))
	case slices.Contains(commonPasswords, low) || oneRune(low):
		return fault.InvalidField(field, "common", fault.T(
			"Этот пароль угадают первым. Придумайте другой.", "This is among the first passwords to be guessed. Choose another."))
	}
	return nil
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func oneRune(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}
