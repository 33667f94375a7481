package form

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Field is one value that somebody filled in, in the order of the form.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Upload is a file that somebody attached.
type Upload struct {
	Field   string
	Name    string
	Type    string // media type
	Content []byte
}

// Submission is a form as it arrived. Page and Referrer are what the request itself says; the
// fields "page" and "referrer" say more.
type Submission struct {
	Fields   []Field
	Files    []Upload
	Page     string
	Referrer string
}

// Bounds of a submission.
const (
	MaxFields    = 100
	MaxFiles     = 5
	MaxFileBytes = 5 << 20 // of one
	MaxBody      = 12 << 20
	maxValue     = 20_000 // runes of one value
	maxTotal     = 200_000
)

// The names that mean something besides being shown. Sites name their fields as they like.
var (
	nameNames    = []string{"name", "имя", "fio", "фио", "full_name", "fullname", "your-name"}
	emailNames   = []string{"email", "e-mail", "mail", "почта", "your-email"}
	phoneNames   = []string{"phone", "tel", "telephone", "телефон", "your-phone"}
	messageNames = []string{"message", "text", "comment", "comments", "сообщение", "комментарий", "вопрос", "your-message"}
	subjectNames = []string{"subject", "тема", "your-subject"}
)

// The names that are never shown.
const (
	fieldID       = "submission_id"
	fieldPage     = "page"
	fieldReferrer = "referrer"
	// TrapField is hidden from people; whoever fills it in is a machine.
	TrapField = "website"
	prefixUTM = "utm_"
)

func isService(folded string) bool {
	return slices.Contains([]string{fieldID, fieldPage, fieldReferrer, TrapField}, folded) || strings.HasPrefix(folded, prefixUTM)
}

// fold is a field's name as it is compared.
func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// first returns the first value that is not empty under one of the names.
func (s Submission) first(names ...string) string {
	for _, f := range s.Fields {
		if slices.Contains(names, fold(f.Name)) && strings.TrimSpace(f.Value) != "" {
			return strings.TrimSpace(f.Value)
		}
	}
	return ""
}

// has tells under which of the names, as it was written, there is a field.
func (s Submission) has(names ...string) (string, bool) {
	for _, f := range s.Fields {
		if slices.Contains(names, fold(f.Name)) {
			return f.Name, true
		}
	}
	return "", false
}

func (s Submission) utm() map[string]string {
	var utm map[string]string
	for _, f := range s.Fields {
		if name := fold(f.Name); strings.HasPrefix(name, prefixUTM) && f.Value != "" && len(utm) < 20 {
			if utm == nil {
				utm = map[string]string{}
			}
			utm[name] = cut(line(f.Value), 300)
		}
	}
	return utm
}

// raw is what is kept of a submission beside its message: the fields, in their order.
func (s Submission) raw(limit int) []byte {
	data, err := json.Marshal(s.Fields)
	if err != nil {
		return nil // strings alone: cannot happen
	}
	return data[:min(len(data), limit)]
}

// line is a text on one line, without what no line holds.
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError:
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
