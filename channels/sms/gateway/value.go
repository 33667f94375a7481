package gateway

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// value is a body that was understood as far as possible.
type value struct {
	whole string
	tree  any // of JSON: objects, lists, texts, numbers; of a form an object of texts
}

// deepest bounds how deep a path goes.
const deepest = 20

// understood reads a body as JSON, or else as nothing but text.
func understood(body []byte) value {
	v := value{whole: string(body)}
	in := json.NewDecoder(bytes.NewReader(body))
	in.UseNumber()
	if in.Decode(&v.tree) != nil {
		v.tree = nil
	}
	return v
}

// pushed reads a push: JSON where it is that, else a form, with what the address holds.
func pushed(body []byte, query map[string]string) value {
	v := understood(body)
	if _, isObject := v.tree.(map[string]any); isObject {
		return v
	}
	if _, isList := v.tree.([]any); isList {
		return v
	}
	form := map[string]any{}
	if values, err := url.ParseQuery(v.whole); err == nil {
		for name, texts := range values {
			list, repeated := strings.CutSuffix(name, "[]")
			if !repeated {
				form[name] = texts[0]
				continue
			}
			var all []any
			for _, text := range texts {
				all = append(all, text)
			}
			form[list] = all
		}
	}
	for name, text := range query {
		form[name] = text
	}
	v.tree = form
	return v
}

// at returns the text at a path of names and numbers, such as "messages.0.status"; of several,
// divided by "|", the first that is there.
func (v value) at(paths string) (string, bool) {
	for path := range strings.SplitSeq(paths, "|") {
		if text, ok := v.text(path); ok {
			return text, true
		}
	}
	return "", false
}

func (v value) text(path string) (string, bool) {
	found, ok := v.node(path)
	if !ok {
		return "", false
	}
	switch t := found.(type) {
	case string:
		return t, true
	case json.Number:
		return t.String(), true
	case bool:
		return strconv.FormatBool(t), true
	}
	return "", false
}

func (v value) node(path string) (any, bool) {
	if object, ok := v.tree.(map[string]any); ok {
		if whole, ok := object[path]; ok { // a name of a form may hold anything
			return whole, true
		}
	}
	node := v.tree
	steps := strings.Split(path, ".")
	if len(steps) > deepest {
		return nil, false
	}
	for _, step := range steps {
		switch t := node.(type) {
		case map[string]any:
			next, ok := t[step]
			if !ok && step == "*" && len(t) == 1 { // the only one, under whatever name
				for _, next = range t {
					ok = true
				}
			}
			if !ok {
				return nil, false
			}
			node = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(t) {
				return nil, false
			}
			node = t[i]
		default:
			return nil, false
		}
	}
	return node, node != nil
}

// items returns the things that a push tells of: those of a list, those whose names begin as
// "data[", or itself.
func (v value) items(h *Hook) []value {
	var found []any
	switch node, ok := v.node(h.Each); {
	case h.Each == "":
		found = []any{v.tree}
	case ok:
		found, _ = node.([]any)
	default:
		object, _ := v.tree.(map[string]any)
		var names []string
		for name := range object {
			if strings.HasPrefix(name, h.Each+"[") {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			found = append(found, object[name])
		}
	}
	var list []value
	for _, one := range found {
		item := value{tree: one}
		if text, ok := one.(string); ok && h.Lines {
			lines := map[string]any{}
			for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
				lines[strconv.Itoa(i)] = line
			}
			item.tree = lines
		}
		item.whole = v.whole
		list = append(list, item)
	}
	return list
}
