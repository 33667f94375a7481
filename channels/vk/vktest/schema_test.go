package vktest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// schemas is VK's published description of its API, version 5.199.
const schemas = "../../../../shared/schemas/vk"

// undocumented are parameters that the documentation has and the published schema lacks:
// dev.vk.com/reference/objects/message, format_data, November 2026.
var undocumented = []string{"format_data"}

type node = map[string]any

// schema holds the published files by their folder and name.
type schema struct{ files map[string]node }

func loadSchema(t *testing.T) *schema {
	t.Helper()
	s := &schema{files: map[string]node{}}
	names, _ := filepath.Glob(filepath.Join(schemas, "*", "*.json"))
	if len(names) == 0 {
		t.Skip("no schemas in ../shared/schemas/vk")
	}
	for _, name := range append(names, filepath.Join(schemas, "errors.json")) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var v node
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(schemas, name)
		s.files[filepath.ToSlash(rel)] = v
	}
	return s
}

// resolve finds what a reference means; nil when it lies in a file that is not at hand.
func (s *schema) resolve(ref string) node {
	file, path, _ := strings.Cut(strings.TrimPrefix(ref, "../"), "#/")
	var at any = s.files[file]
	for part := range strings.SplitSeq(path, "/") {
		m, ok := at.(node)
		if !ok {
			return nil
		}
		at = m[part]
	}
	m, _ := at.(node)
	return m
}

// check says what is wrong with a value.
func (s *schema) check(def node, v any, at string) (wrong []string) {
	complain := func(format string, a ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, a...)) }
	if ref, ok := def["$ref"].(string); ok {
		if target := s.resolve(ref); target != nil {
			wrong = append(wrong, s.check(target, v, at)...)
		}
	}
	for _, part := range list(def["allOf"]) {
		wrong = append(wrong, s.check(part.(node), v, at)...)
	}
	if options := list(def["oneOf"]); len(options) > 0 && !slices.ContainsFunc(options, func(o any) bool { return len(s.check(o.(node), v, at)) == 0 }) {
		complain("fits none of the alternatives")
	}
	if !fits(def["type"], v) {
		complain("is %T, want %v", v, def["type"])
		return wrong
	}
	if enum := list(def["enum"]); len(enum) > 0 && !slices.ContainsFunc(enum, func(e any) bool { return fmt.Sprint(e) == fmt.Sprint(v) }) {
		complain("%v is none of %v", v, enum)
	}
	if n, ok := v.(float64); ok {
		if least, ok := def["minimum"].(float64); ok && n < least {
			complain("%v is below %v", n, least)
		}
		if most, ok := def["maximum"].(float64); ok && n > most {
			complain("%v is above %v", n, most)
		}
	}
	if text, ok := v.(string); ok {
		if most, ok := def["maxLength"].(float64); ok && utf8.RuneCountInString(text) > int(most) {
			complain("is longer than %v", most)
		}
	}
	if items, ok := def["items"].(node); ok {
		for i, e := range list(v) {
			wrong = append(wrong, s.check(items, e, at+"["+strconv.Itoa(i)+"]")...)
		}
	}
	fields, isObject := v.(node)
	properties, _ := def["properties"].(node)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		p, _ := properties[name].(node)
		value, there := fields[name]
		switch {
		case there:
			wrong = append(wrong, s.check(p, value, at+"."+name)...)
		case isObject && p["required"] == true:
			complain("lacks %s", name)
		}
	}
	return wrong
}

func list(v any) []any { l, _ := v.([]any); return l }

func fits(want, v any) bool {
	switch want := want.(type) {
	case []any:
		return slices.ContainsFunc(want, func(w any) bool { return fits(w, v) })
	case string:
		switch want {
		case "integer":
			n, ok := v.(float64)
			return ok && n == float64(int64(n))
		case "number":
			_, ok := v.(float64)
			return ok
		case "string":
			_, ok := v.(string)
			return ok
		case "boolean":
			_, ok := v.(bool)
			return ok
		case "array":
			_, ok := v.([]any)
			return ok
		case "object":
			_, ok := v.(node)
			return ok
		}
	}
	return true
}

// method finds the description of a method.
func (s *schema) method(name string) node {
	room, _, _ := strings.Cut(name, ".")
	for _, m := range list(s.files[room+"/methods.json"]["methods"]) {
		if m.(node)["name"] == name {
			return m.(node)
		}
	}
	return nil
}

// request says what is wrong with the parameters of a call.
func (s *schema) request(name string, params url.Values) (wrong []string) {
	m := s.method(name)
	if m == nil {
		return []string{name + ": there is no such method"}
	}
	if !slices.Contains(list(m["access_token_type"]), any("group")) {
		wrong = append(wrong, name+": a community may not call it")
	}
	known := map[string]node{}
	for _, p := range list(m["parameters"]) {
		known[p.(node)["name"].(string)] = p.(node)
	}
	for key := range params {
		if key == "access_token" || key == "v" || slices.Contains(undocumented, key) {
			continue
		}
		def, ok := known[key]
		if !ok {
			wrong = append(wrong, name+": has no parameter "+key)
			continue
		}
		wrong = append(wrong, s.parameter(def, params.Get(key), name+"("+key+")")...)
	}
	for key, def := range known {
		if def["required"] == true && params.Get(key) == "" {
			wrong = append(wrong, name+": needs "+key)
		}
	}
	return wrong
}

// parameter checks a value as it travels in a form: all are texts, lists have commas, objects are JSON.
func (s *schema) parameter(def node, text, at string) []string {
	var v any = text
	def = maps.Clone(def)
	delete(def, "required")
	if _, isObject := def["$ref"]; isObject && def["type"] == "string" {
		delete(def, "type")
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return []string{at + ": no JSON"}
		}
		return s.check(def, v, at)
	}
	switch def["type"] {
	case "integer", "number":
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			v = n
		}
	case "boolean":
		if text == "1" || text == "0" {
			v = text == "1"
		}
	case "array":
		var all []any
		items, _ := def["items"].(node)
		for part := range strings.SplitSeq(text, ",") {
			if n, err := strconv.ParseFloat(part, 64); err == nil && items["type"] != "string" {
				all = append(all, n)
			} else {
				all = append(all, part)
			}
		}
		v = all
	}
	return s.check(def, v, at)
}

// response says what is wrong with the answer to a call.
func (s *schema) response(name string, answer []byte) []string {
	var v node
	if err := json.Unmarshal(answer, &v); err != nil {
		return []string{name + ": the answer is no JSON"}
	}
	if e, failed := v["error"].(node); failed {
		return s.errorCode(name, e)
	}
	var all []string
	m := s.method(name)
	responses, _ := m["responses"].(node)
	for _, kind := range slices.Sorted(maps.Keys(responses)) {
		def, _ := responses[kind].(node)
		wrong := s.check(def, v, name+" "+kind)
		if len(wrong) == 0 {
			return nil
		}
		all = append(all, wrong...)
	}
	return all
}

// errorCode checks that an error is one of VK's.
func (s *schema) errorCode(name string, e node) []string {
	all, _ := s.files["errors.json"]["errors"].(node)
	for _, def := range all {
		if def.(node)["code"] == e["error_code"] {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: VK has no error %v", name, e["error_code"])}
}

// objects are the definitions of what the events hold. message_reply and message_edit hold the message
// itself, which only the documentation says.
var objects = map[string]string{
	"message_new": "../callback/objects.json#/definitions/callback_message_object", "message_reply": "../callback/objects.json#/definitions/callback_message",
	"message_edit": "../callback/objects.json#/definitions/callback_message", "message_read": "../callback/objects.json#/definitions/callback_message_read",
	"message_event":          "../callback/objects.json#/definitions/callback_message_event",
	"message_reaction_event": "../callback/objects.json#/definitions/callback_message_reaction_event",
	"message_allow":          "../callback/objects.json#/definitions/callback_message_allow",
	"message_deny":           "../callback/objects.json#/definitions/callback_message_deny",
	"message_typing_state":   "../callback/objects.json#/definitions/callback_message_typing_state",
	"market_order_new":       "../market/objects.json#/definitions/market_order", "market_order_edit": "../market/objects.json#/definitions/market_order",
}

// event says what is wrong with an event.
func (s *schema) event(body []byte) []string {
	var e node
	if err := json.Unmarshal(body, &e); err != nil {
		return []string{"an event is no JSON"}
	}
	kind, _ := e["type"].(string)
	envelope := maps.Clone(s.resolve("../callback/objects.json#/definitions/callback_base"))
	envelope["properties"] = maps.Clone(envelope["properties"].(node))
	if kind == "message_event" { // missing in the list of types
		delete(envelope["properties"].(node), "type")
	}
	wrong := s.check(envelope, e, kind)
	ref, ok := objects[kind]
	if !ok {
		return append(wrong, kind+": no definition is known")
	}
	return append(wrong, s.check(s.resolve(ref), e["object"], kind+".object")...)
}
