package telegramtest

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Schema is the published description of the Bot API. It is safe for concurrent use.
type Schema struct {
	Version string                `json:"version"`
	Methods map[string]definition `json:"methods"`
	Types   map[string]definition `json:"types"`
}

type definition struct {
	Fields   []field  `json:"fields"`
	Returns  []string `json:"returns"`
	Subtypes []string `json:"subtypes"`
}

type field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
}

// ReadSchema reads a description from a file.
func ReadSchema(path string) (*Schema, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var s Schema
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	if len(s.Methods) == 0 || len(s.Types) == 0 {
		return nil, fmt.Errorf("read schema: %s holds no methods or types", path)
	}
	return &s, nil
}

// Call says what is wrong with a call: an unknown method or parameter, a missing one, or one of another type.
func (s *Schema) Call(method string, p Params) error {
	d, ok := s.Methods[method]
	if !ok {
		return fmt.Errorf("there is no method %s", method)
	}
	given := map[string]bool{}
	for name := range p.Text {
		given[name] = true
	}
	for _, f := range d.Fields {
		text, ok := p.Text[f.Name]
		_, uploaded := p.Files[f.Name]
		delete(given, f.Name)
		switch {
		case uploaded && !slices.Contains(f.Types, "InputFile"):
			return fmt.Errorf("%s: %s takes no upload", method, f.Name)
		case !ok && !uploaded && f.Required:
			return fmt.Errorf("%s: %s is missing", method, f.Name)
		case !ok:
			continue
		}
		if err := s.parameter(f.Types, text); err != nil {
			return fmt.Errorf("%s: %s: %w", method, f.Name, err)
		}
	}
	for name := range given {
		return fmt.Errorf("%s has no parameter %s", method, name)
	}
	return nil
}

// parameter checks a parameter, which is text or JSON as its type demands.
func (s *Schema) parameter(types []string, text string) error {
	if slices.Contains(types, "String") {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return fmt.Errorf("is neither text nor JSON: %w", err)
	}
	return s.value(types, v, 0)
}

// Answer says what is wrong with an answer to a method.
func (s *Schema) Answer(method string, body []byte) error {
	var a map[string]any
	if err := json.Unmarshal(body, &a); err != nil {
		return fmt.Errorf("%s: the answer is no JSON: %w", method, err)
	}
	switch ok, set := a["ok"].(bool); {
	case !set:
		return fmt.Errorf("%s: the answer does not say whether it is ok", method)
	case ok:
		if err := s.value(s.Methods[method].Returns, a["result"], 0); err != nil {
			return fmt.Errorf("%s: result: %w", method, err)
		}
		return nil
	}
	if _, set := a["error_code"].(float64); !set || a["description"] == nil {
		return fmt.Errorf("%s: the refusal lacks its code or description", method)
	}
	if p, set := a["parameters"]; set {
		return s.value([]string{"ResponseParameters"}, p, 0)
	}
	return nil
}

// Update says what is wrong with an update.
func (s *Schema) Update(body []byte) error {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return fmt.Errorf("the update is no JSON: %w", err)
	}
	return s.value([]string{"Update"}, v, 0)
}

// value checks a value against types, of which one must fit.
func (s *Schema) value(types []string, v any, depth int) error {
	if depth > 64 {
		return fmt.Errorf("nested too deep")
	}
	err := fmt.Errorf("no type is named")
	for _, t := range types {
		if err = s.one(t, v, depth); err == nil {
			return nil
		}
	}
	return err
}

func (s *Schema) one(name string, v any, depth int) error {
	if inner, ok := strings.CutPrefix(name, "Array of "); ok {
		list, ok := v.([]any)
		if !ok {
			return fmt.Errorf("is no array of %s", inner)
		}
		for i, item := range list {
			if err := s.one(inner, item, depth+1); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	}
	good := true
	switch name {
	case "Integer":
		n, ok := v.(float64)
		good = ok && n == float64(int64(n))
	case "Float":
		_, good = v.(float64)
	case "Boolean":
		_, good = v.(bool)
	case "String", "InputFile":
		_, good = v.(string)
	default:
		return s.object(name, v, depth)
	}
	if !good {
		return fmt.Errorf("is no %s", name)
	}
	return nil
}

func (s *Schema) object(name string, v any, depth int) error {
	d, ok := s.Types[name]
	if !ok {
		return fmt.Errorf("there is no type %s", name)
	}
	if len(d.Subtypes) > 0 {
		return s.value(d.Subtypes, v, depth+1)
	}
	o, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("is no %s", name)
	}
	known := map[string]bool{}
	for _, f := range d.Fields {
		known[f.Name] = true
		inner, ok := o[f.Name]
		if !ok {
			if f.Required {
				return fmt.Errorf("%s lacks %s", name, f.Name)
			}
			continue
		}
		if err := s.value(f.Types, inner, depth+1); err != nil {
			return fmt.Errorf("%s: %w", strconv.Quote(f.Name), err)
		}
	}
	for field := range o {
		if !known[field] {
			return fmt.Errorf("%s has no field %s", name, field)
		}
	}
	return nil
}
