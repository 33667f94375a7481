package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/fault"
)

const (
	codeMalformed = "malformed_json"
	codeMediaType = "unsupported_media_type"
)

// jsonFormat is JSON as this API reads and writes it.
func jsonFormat() huma.Format {
	return huma.Format{
		Marshal: func(w io.Writer, v any) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc.Encode(v)
		},
		Unmarshal: func(data []byte, v any) error {
			if err := json.Unmarshal(data, v); err != nil {
				return err
			}
			// huma reads a body twice: as any, to validate it, then as its type.
			if tree, ok := v.(*any); ok {
				if _, found := findNUL(*tree, nil); found {
					return errNUL
				}
			}
			return nil
		},
	}
}

var errNUL = errors.New("a NUL character in a string")

// explainJSON says in words why a body was refused before it was validated.
func explainJSON(body []byte) error {
	var shape json.RawMessage
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(body, &shape), &syntax) {
		line, column := position(body, int(syntax.Offset))
		at := fmt.Sprintf("%d:%d", line, column)
		return fault.New(fault.Invalid, codeMalformed, fault.T(
			"Тело запроса не разобрать как JSON, строка и позиция "+at+": "+syntax.Error()+".",
			"The body is not JSON, line and column "+at+": "+syntax.Error()+"."))
	}
	var tree any
	// Numbers stay as they were written: what no type of ours holds is to be found among them.
	read := json.NewDecoder(bytes.NewReader(body))
	read.UseNumber()
	if err := read.Decode(&tree); err != nil {
		return fault.New(fault.Invalid, codeMalformed, fault.T(
			"Тело запроса не разобрать как JSON.", "The body is not JSON."))
	}
	if path, found := findNUL(tree, nil); found {
		return fault.InvalidField(location(path), "nul", fault.T(
			"Строка содержит символ с кодом 0. Уберите его.", "The text holds a NUL character. Remove it."))
	}
	if path, found := findLarge(tree, nil); found {
		return fault.InvalidField(location(path), "range", fault.T(
			"Число вне допустимых пределов. Напишите другое, без степени.", "The number is out of range. Write another one, without an exponent."))
	}
	return fault.New(fault.Invalid, fault.CodeInvalid, fault.T(
		"Тело запроса не подходит к описанию: значение вне допустимых пределов.",
		"The body does not fit the description: a value is out of range."))
}

// position returns the line and column, from 1, of the byte before offset.
func position(body []byte, offset int) (line, column int) {
	read := body[:min(max(offset-1, 0), len(body))]
	return bytes.Count(read, []byte("\n")) + 1, len(read) - bytes.LastIndexByte(read, '\n')
}

// findNUL returns the path of the first string, or of the object with the first key, that
// holds a NUL character.
func findNUL(v any, path []string) ([]string, bool) {
	return find(v, path, func(v any) bool {
		text, ok := v.(string)
		return ok && strings.IndexByte(text, 0) >= 0
	})
}

// findLarge returns the path of the first whole number that no integer holds as it is
// written: of a body whose form was found right it is what could not be read.
func findLarge(v any, path []string) ([]string, bool) {
	return find(v, path, func(v any) bool {
		number, ok := v.(json.Number)
		if !ok {
			return false
		}
		_, err := number.Int64()
		float, _ := number.Float64() // infinite beyond what a float holds
		return err != nil && float == math.Trunc(float)
	})
}

// location writes a path as other errors do: changes[0].subject.
func location(path []string) string { return strings.ReplaceAll(strings.Join(path, "."), ".[", "[") }

// find returns the path of the first value, or of the object with the first key, that is wrong.
func find(v any, path []string, wrong func(any) bool) ([]string, bool) {
	if wrong(v) {
		return path, true
	}
	switch v := v.(type) {
	case []any:
		for i, one := range v {
			if at, found := find(one, path, wrong); found {
				return slices.Insert(slices.Clone(at), len(path), "["+strconv.Itoa(i)+"]"), true
			}
		}
	case map[string]any:
		for key, one := range v {
			if wrong(key) {
				return path, true
			}
			if at, found := find(one, append(slices.Clone(path), key), wrong); found {
				return at, true
			}
		}
	}
	return nil, false
}
