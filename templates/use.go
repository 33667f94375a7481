package templates

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/internal/fault"
)

// maxValue is how long one value may be, in runes; networks bound the whole.
const maxValue = 1024

// Use finds a template that may be sent and checks its values, in the order of Params. Faults name the fields
// name and values[i].
func (s *Service) Use(ctx context.Context, account int64, name, language string, values []string) (Template, error) {
	t, found, err := s.store.FindTemplate(ctx, account, name, language)
	if err != nil {
		return t, fmt.Errorf("find template: %w", err)
	}
	if !found {
		return t, fault.InvalidField("name", "unknown", fault.T("У канала нет такого шаблона. Обновите список.", "The channel has no such template. Refresh the list."))
	}
	if t.State != Approved {
		is := t.State.words()
		return t, fault.InvalidField("name", "not_approved", fault.T("Сеть не одобрила этот шаблон: он "+is.RU+".", "The network has not approved this template: it is "+is.EN+"."))
	}
	var bad fault.Collector
	if len(values) != len(t.Params) {
		need, have := strconv.Itoa(len(t.Params)), strconv.Itoa(len(values))
		bad.Add("values", "count", fault.T("Шаблону нужно значений: "+need+", дано: "+have+".", "The template needs "+need+" values, these are "+have+"."))
		return t, bad.Err()
	}
	for i, v := range values {
		field := "values[" + strconv.Itoa(i) + "]"
		switch {
		case strings.TrimSpace(v) == "":
			bad.Add(field, "required", fault.T("Заполните значение.", "Fill in the value."))
		case strings.ContainsAny(v, "\n\t") || strings.Contains(v, "    "):
			bad.Add(field, "format", fault.T("Без переносов строк, табуляций и рядов пробелов.", "Without line breaks, tabs and rows of spaces."))
		case utf8.RuneCountInString(v) > maxValue:
			bad.Add(field, "too_long", fault.T("Не больше 1024 знаков.", "At most 1024 characters."))
		}
	}
	return t, bad.Err()
}

// words say what became of a template that may not be sent.
func (s State) words() fault.Text {
	switch s {
	case Pending:
		return fault.T("на проверке", "pending")
	case Rejected:
		return fault.T("отклонён", "rejected")
	case Paused:
		return fault.T("приостановлен", "paused")
	}
	return fault.T("недоступен", "unavailable")
}

// tidy bounds what a network says of a template.
func tidy(t Template) Template {
	t.Name, t.Language, t.State = cut(t.Name, 512), cut(t.Language, 64), State(cut(string(t.State), 64))
	t.Reason, t.Category = cut(t.Reason, maxText), cut(t.Category, 64)
	t.Header, t.Body, t.Footer = cut(t.Header, maxText), cut(t.Body, maxText), cut(t.Footer, maxText)
	t.Buttons, t.Params = t.Buttons[:min(len(t.Buttons), 30)], t.Params[:min(len(t.Params), 100)]
	for i := range t.Buttons {
		t.Buttons[i].Text, t.Buttons[i].URL = cut(t.Buttons[i].Text, 200), cut(t.Buttons[i].URL, 2000)
	}
	for i := range t.Params {
		t.Params[i] = cut(t.Params[i], 200)
	}
	return t
}

// cut makes a text storable and at most so many bytes long.
func cut(text string, most int) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
