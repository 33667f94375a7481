package webchat

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/channels"
)

// Config is how the chat looks and whom it asks what. Treat it as immutable.
type Config struct {
	Title     string
	Greeting  string
	Color     string   // #rrggbb
	Position  string   // "left" or "right"
	Languages []string // at least one of "ru", "en", "ar"; the first serves everybody else
	PreChat   []string // of "name", "email", "phone"
	Sites     Sites
}

// Bounds on the texts of a configuration, in characters.
const (
	maxTitle    = 100
	maxGreeting = 1000
)

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func parseConfig(acct channels.Account) (Config, error) {
	get := func(name, otherwise string) string {
		if v := strings.TrimSpace(acct.Config[name]); v != "" {
			return v
		}
		return otherwise
	}
	c := Config{
		Title: get("title", acct.Name), Greeting: get("greeting", ""), Color: get("color", "#0f766e"), Position: get("position", "right"),
		Languages: list(get("languages", "ru,en,ar")), PreChat: list(get("pre_chat", "")),
	}
	switch {
	case utf8.RuneCountInString(c.Title) > maxTitle:
		return Config{}, wrong("title", "Не длиннее 100 знаков.", "At most 100 characters.")
	case utf8.RuneCountInString(c.Greeting) > maxGreeting:
		return Config{}, wrong("greeting", "Не длиннее 1000 знаков.", "At most 1000 characters.")
	case !color.MatchString(c.Color):
		return Config{}, wrong("color", "Цвет пишется как #0f766e.", "Write a colour as #0f766e.")
	case c.Position != "left" && c.Position != "right":
		return Config{}, wrong("position", "Выберите left или right.", "Choose left or right.")
	case len(c.Languages) == 0 || !subset(c.Languages, "ru", "en", "ar"):
		return Config{}, wrong("languages", "Можно указать ru, en и ar.", "Give some of ru, en and ar.")
	case !subset(c.PreChat, "name", "email", "phone"):
		return Config{}, wrong("pre_chat", "Можно спросить name, email и phone.", "Ask for name, email and phone.")
	}
	var err error
	c.Sites, err = parseSites(list(get("sites", "")))
	return c, err
}

// Language chooses the chat's language for a visitor who asks for one, as a tag such
// as "ru-RU".
func (c Config) Language(asked string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(asked, "_", "-")), "-")
	if slices.Contains(c.Languages, base) {
		return base
	}
	return c.Languages[0]
}

func wrong(field, ru, en string) *channels.ConfigError {
	return &channels.ConfigError{Field: field, RU: ru, EN: en}
}

// list splits a comma-separated value, without blanks, empty parts and repeats.
func list(value string) []string {
	var parts []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}

func subset(values []string, of ...string) bool {
	for _, v := range values {
		if !slices.Contains(of, v) {
			return false
		}
	}
	return true
}
