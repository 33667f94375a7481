package accounts

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/channels"
	"parley/internal/fault"
)

// maxValue bounds one value of a configuration, in bytes.
const maxValue = 16 << 10

// color is how the pickers of browsers write one.
var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// flaw is what is wrong with a value.
type flaw struct {
	code string
	text fault.Text
}

// typed turns a value as JSON has it into the one that is kept: a string, float64,
// bool or []string. nil means that nothing was given.
func typed(f channels.Field, v any) (any, *flaw) {
	switch f.Type {
	case channels.FieldNumber:
		return number(v)
	case channels.FieldBool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, &flaw{"type", fault.T("Нужно true или false.", "True or false is needed.")}
	case channels.FieldList:
		return several(f, v)
	}
	s, ok := v.(string)
	switch {
	case !ok:
		return nil, &flaw{"type", fault.T("Нужен текст.", "A text is needed.")}
	case strings.TrimSpace(s) == "":
		return nil, nil
	case len(s) > maxValue:
		return nil, &flaw{"too_long", fault.T("Слишком длинно.", "Too long.")}
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return nil, &flaw{"malformed", fault.T("Уберите нулевые и повреждённые знаки.", "Remove NUL and broken characters.")}
	case f.Type == channels.FieldChoice && !f.Takes(s):
		return nil, unknownOption(f)
	case f.Type == channels.FieldColor && !color.MatchString(s):
		return nil, &flaw{"malformed", fault.T("Цвет пишется как #0f766e.", "Write a colour as #0f766e.")}
	}
	return s, nil
}

func number(v any) (any, *flaw) {
	var n float64
	switch x := v.(type) {
	case float64:
		n = x
	case int:
		n = float64(x)
	case int64:
		n = float64(x)
	case json.Number:
		var err error
		if n, err = x.Float64(); err != nil {
			n = math.NaN()
		}
	default:
		n = math.NaN()
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, &flaw{"type", fault.T("Нужно число.", "A number is needed.")}
	}
	return n, nil
}

// several reads a list, or a text with commas.
func several(f channels.Field, v any) (any, *flaw) {
	var parts []string
	switch x := v.(type) {
	case []string:
		parts = x
	case string:
		parts = strings.Split(x, ",")
	case []any:
		for _, part := range x {
			s, ok := part.(string)
			if !ok {
				return nil, notAList()
			}
			parts = append(parts, s)
		}
	default:
		return nil, notAList()
	}
	kept := []string{}
	size := 0
	for _, part := range parts {
		part = strings.TrimSpace(part)
		size += len(part)
		switch {
		case part == "" || slices.Contains(kept, part):
			continue
		case strings.ContainsAny(part, ",\x00") || !utf8.ValidString(part) || size > maxValue:
			return nil, notAList()
		case len(f.Options) > 0 && !f.Takes(part):
			return nil, unknownOption(f)
		}
		kept = append(kept, part)
	}
	if len(kept) == 0 {
		return nil, nil
	}
	return kept, nil
}

func notAList() *flaw {
	return &flaw{"type", fault.T("Нужен список текстов без запятых.", "A list of texts without commas is needed.")}
}

func unknownOption(f channels.Field) *flaw {
	var options []string
	for _, o := range f.Options {
		options = append(options, o.Value)
	}
	all := strings.Join(options, ", ")
	return &flaw{"unknown_option", fault.T(fmt.Sprintf("Можно выбрать: %s.", all), fmt.Sprintf("Choose of: %s.", all))}
}

// rendered is a kept value as drivers read it.
func rendered(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	case []string:
		return strings.Join(x, ",")
	}
	return ""
}

// ordinary is the value of a field that nothing was given for; nil when it has none.
func ordinary(f channels.Field) any {
	if f.Default == "" {
		return nil
	}
	var v any = f.Default
	switch f.Type {
	case channels.FieldNumber:
		v = json.Number(f.Default)
	case channels.FieldBool:
		v = f.Default == "true"
	}
	kept, wrong := typed(f, v)
	if wrong != nil {
		return nil
	}
	return kept
}
