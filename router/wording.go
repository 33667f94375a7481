package router

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/internal/fault"
)

// Bounds of a text that triggers write.
const maxWording = 10_000 // bytes, and twice that once variables are filled in

// variable is how a text names something: {{ contact.name | default: "colleague" }}.
var variable = regexp.MustCompile(`\{\{\s*([a-z_]+(?:\.[a-z_]+)+)\s*(?:\|\s*default:\s*(?:"([^"]*)"|“([^”]*)”|«([^»]*)»)\s*)?\}\}`)

// Variables are what a text may name, in the order in which they are offered.
func Variables() []string {
	return []string{"contact.name", "contact.first_name", "conversation.number", "conversation.subject", "request.number", "account.name", "message.text"}
}

// checkWording refuses a text that names what there is not, or that is not closed.
func checkWording(bad *fault.Collector, path, text string) {
	switch {
	case strings.TrimSpace(text) == "":
		bad.Add(path, "required", fault.T("Напишите текст.", "Write a text."))
	case len(text) > maxWording:
		bad.Add(path, "too_long", fault.T("Текст не длиннее 10 000 байт.", "A text has at most 10,000 bytes."))
	}
	for _, found := range variable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(Variables(), found[1]) {
			list := strings.Join(Variables(), ", ")
			bad.Add(path, "unknown_variable", fault.T("Переменной «"+found[1]+"» нет. Можно: "+list+".", "There is no variable “"+found[1]+"”. There are: "+list+"."))
		}
	}
	if rest := variable.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		bad.Add(path, "malformed", fault.T(`Переменная написана неверно. Пример: {{ contact.name | default: "коллега" }}.`, `A variable is malformed. An example: {{ contact.name | default: "colleague" }}.`))
	}
}

// word fills a text's variables in. One that is empty and has no default leaves nothing.
func (s *Snapshot) word(text string) string {
	out := variable.ReplaceAllStringFunc(text, func(found string) string {
		parts := variable.FindStringSubmatch(found)
		if value := s.variable(parts[1]); value != "" {
			return value
		}
		return parts[2] + parts[3] + parts[4]
	})
	if len(out) > 2*maxWording {
		out = strings.ToValidUTF8(out[:2*maxWording], "")
	}
	return out
}

func (s *Snapshot) variable(name string) string {
	switch name {
	case "contact.name":
		if s.Contact != nil {
			return s.Contact.Name
		}
	case "contact.first_name":
		if s.Contact != nil {
			first, _, _ := strings.Cut(strings.TrimSpace(s.Contact.Name), " ")
			return first
		}
	case "conversation.number":
		if s.Conversation != nil {
			return strconv.FormatInt(s.Conversation.Number, 10)
		}
	case "conversation.subject":
		if s.Conversation != nil {
			return s.Conversation.Subject
		}
	case "request.number":
		if s.Request != nil {
			return strconv.FormatInt(s.Request.Number, 10)
		}
	case "account.name":
		return s.AccountName
	case "message.text":
		if s.Message != nil {
			return s.Message.Text
		}
	}
	return ""
}
