package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/fault"
)

// check refuses what cannot be taken, naming each field at fault as the form does.
func (a *Account) check(s Submission) error {
	var bad fault.Collector
	if len(s.Fields) > MaxFields {
		return fault.InvalidField("", "too_many", fault.T(fmt.Sprintf("Не больше %d полей.", MaxFields), fmt.Sprintf("At most %d fields.", MaxFields)))
	}
	total, filled := 0, len(s.Files) > 0
	for _, f := range s.Fields {
		n := utf8.RuneCountInString(f.Value)
		total += n
		switch {
		case f.Name == "" || utf8.RuneCountInString(f.Name) > maxName:
			bad.Add(cut(f.Name, maxName), "malformed", fault.T("Имя поля — от 1 до 100 знаков.", "A field's name has between 1 and 100 characters."))
		case n > maxValue:
			bad.Add(f.Name, "too_long", fault.T(fmt.Sprintf("Не больше %d знаков, здесь %d.", maxValue, n), fmt.Sprintf("At most %d characters, here are %d.", maxValue, n)))
		case strings.TrimSpace(f.Value) != "" && !isService(fold(f.Name)):
			filled = true
		}
	}
	if total > maxTotal {
		bad.Add("", "too_long", fault.T(fmt.Sprintf("Всего не больше %d знаков.", maxTotal), fmt.Sprintf("At most %d characters in all.", maxTotal)))
	}
	for _, i := range a.config.Inputs {
		if i.Required && s.first(fold(i.Name)) == "" && s.first(aliases(i.Name)...) == "" {
			bad.Add(i.Name, "required", fault.T("Заполните это поле.", "Fill this field in."))
		}
	}
	checkContact(&bad, s)
	checkFiles(&bad, s.Files)
	if err := bad.Err(); err != nil {
		return err
	}
	if !filled {
		return fault.InvalidField("", "required", fault.T("Заполните хотя бы одно поле.", "Fill in at least one field."))
	}
	return nil
}

// aliases are the names that a field may go by.
func aliases(name string) []string {
	for _, names := range [][]string{nameNames, emailNames, phoneNames, messageNames, subjectNames} {
		if slices.Contains(names, fold(name)) {
			return names
		}
	}
	return nil
}

func checkContact(bad *fault.Collector, s Submission) {
	if v := s.first(emailNames...); v != "" && !plausibleEmail(v) {
		name, _ := s.has(emailNames...)
		bad.Add(name, "malformed", fault.T("Укажите адрес вида name@example.com.", "Enter an address like name@example.com."))
	}
	if v := s.first(phoneNames...); v != "" && !plausiblePhone(v) {
		name, _ := s.has(phoneNames...)
		bad.Add(name, "malformed", fault.T("Укажите номер вида +7 900 123-45-67.", "Enter a number like +1 555 123 4567."))
	}
}

func checkFiles(bad *fault.Collector, files []Upload) {
	if len(files) > MaxFiles {
		bad.Add(files[MaxFiles].Field, "too_many", fault.T(fmt.Sprintf("Не больше %d файлов.", MaxFiles), fmt.Sprintf("At most %d files.", MaxFiles)))
	}
	for _, f := range files {
		if len(f.Content) > MaxFileBytes {
			bad.Add(f.Field, "too_large", fault.T(fmt.Sprintf("Файл не больше %d МБ.", MaxFileBytes>>20), fmt.Sprintf("A file has at most %d MB.", MaxFileBytes>>20)))
		}
	}
}

// maxEmail is in bytes: RFC 5321, 4.5.3.1.3 less the angle brackets.
const maxEmail = 254

func plausibleEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && len(s) <= maxEmail && name != "" && strings.Contains(host, ".") &&
		!strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") && !strings.ContainsAny(s, " <>,;\"\r\n\t") && !strings.Contains(host, "@")
}

// plausiblePhone is generous: a lead is not lost over a bracket. Letters are no number.
func plausiblePhone(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
		case strings.ContainsRune("+ -().\u00a0", r):
		default:
			return false
		}
	}
	return n >= 5 && n <= 15 && len(s) <= 64
}
