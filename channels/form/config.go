package form

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/origins"
)

// Config is how a form looks and whom it may be shown by. Treat it as immutable.
type Config struct {
	Title    string
	Inputs   []Input
	Button   string // "" = the form's own word, by language
	Thanks   string // likewise
	Redirect string // where a browser goes afterwards; "" = our page of thanks
	Color    string // #rrggbb
	Language string // of the form, where its visitor does not say: "ru", "en" or "ar"
	Region   string // where phone numbers without a country are: "RU"
	Sites    origins.Sites
}

// Input is one field that the form shows.
type Input struct {
	Name     string // as it is submitted
	Required bool
}

// Bounds of a configuration, in characters.
const (
	maxTitle  = 200
	maxButton = 60
	maxThanks = 1000
	maxInputs = 30
	maxName   = 100
)

const defaultInputs = "name,phone*,email,message"

var (
	color  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	region = regexp.MustCompile(`^[A-Z]{2}$`)
)

func parseConfig(acct channels.Account) (Config, error) {
	get := func(name, otherwise string) string {
		if v := strings.TrimSpace(acct.Config[name]); v != "" {
			return v
		}
		return otherwise
	}
	c := Config{
		Title: get("title", acct.Name), Button: get("button", ""), Thanks: get("thanks", ""), Redirect: get("redirect_url", ""),
		Color: get("color", "#0f766e"), Language: get("language", "ru"), Region: strings.ToUpper(get("region", "RU")),
	}
	var ok bool
	if c.Inputs, ok = parseInputs(get("fields", defaultInputs)); !ok {
		return Config{}, wrong("fields", "От 1 до 30 полей через запятую, без повторов; звёздочка отмечает обязательные: name, phone*.",
			"Between 1 and 30 fields with commas, each once; an asterisk marks what is required: name, phone*.")
	}
	switch {
	case utf8.RuneCountInString(c.Title) > maxTitle:
		return Config{}, wrong("title", "Не длиннее 200 знаков.", "At most 200 characters.")
	case utf8.RuneCountInString(c.Button) > maxButton:
		return Config{}, wrong("button", "Не длиннее 60 знаков.", "At most 60 characters.")
	case utf8.RuneCountInString(c.Thanks) > maxThanks:
		return Config{}, wrong("thanks", "Не длиннее 1000 знаков.", "At most 1000 characters.")
	case c.Redirect != "" && !usable(c.Redirect):
		return Config{}, wrong("redirect_url", "Нужен адрес вида https://shop.ru/thanks.", "An address like https://shop.com/thanks is needed.")
	case !color.MatchString(c.Color):
		return Config{}, wrong("color", "Цвет пишется как #0f766e.", "Write a colour as #0f766e.")
	case !slices.Contains([]string{"ru", "en", "ar"}, c.Language):
		return Config{}, wrong("language", "Выберите ru, en или ar.", "Choose ru, en or ar.")
	case !region.MatchString(c.Region):
		return Config{}, wrong("region", "Две буквы страны, например RU.", "The two letters of a country, such as US.")
	}
	sites, err := origins.Parse(entries(get("sites", "")))
	if err != nil {
		return Config{}, wrong("sites", "Не больше 100 сайтов вида shop.ru, *.shop.ru или https://shop.ru.", "At most 100 sites like shop.com, *.shop.com or https://shop.com.")
	}
	c.Sites = sites
	return c, nil
}

func parseInputs(text string) ([]Input, bool) {
	var inputs []Input
	for _, entry := range entries(text) {
		name, required := strings.CutSuffix(entry, "*")
		name = strings.TrimSpace(name)
		folded := fold(name)
		if name == "" || utf8.RuneCountInString(name) > maxName || isService(folded) ||
			slices.ContainsFunc(inputs, func(i Input) bool { return fold(i.Name) == folded }) {
			return nil, false
		}
		inputs = append(inputs, Input{Name: name, Required: required})
	}
	return inputs, len(inputs) > 0 && len(inputs) <= maxInputs
}

func usable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(address) <= 2000 && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http")
}

func wrong(field, ru, en string) *channels.ConfigError {
	return &channels.ConfigError{Field: field, RU: ru, EN: en}
}

// entries splits a comma-separated value, without blanks and empty parts.
func entries(value string) []string {
	var parts []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
