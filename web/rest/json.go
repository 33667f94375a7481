package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	var tree any
	err := json.Unmarshal(body, &tree)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		line, column := position(body, int(syntax.Offset))
		at := fmt.Sprintf("%d:%d", line, column)
		return fault.New(fault.Invalid, codeMalformed, fault.T(
			"Тело запроса не разобрать как JSON, строка и позиция "+at+": "+syntax.Error()+".",
			"The body is not JSON, line and column "+at+": "+syntax.Error()+"."))
	case err != nil:
		return fault.New(fault.Invalid, codeMalformed, fault.T(
			"Тело запроса не разобрать как JSON.", "The body is not JSON."))
	}
	if path, found := findNUL(tree, nil); found {
		return fault.InvalidField(strings.Join(path, "."), "nul", fault.T(
			"Строка содержит символ с кодом 0. Уберите его.", "The text holds a NUL character. Remove it."))
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

// findNUL returns the path of the first string that holds a NUL character.
func findNUL(v any, path []string) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return path, strings.IndexByte(v, 0) >= 0
	case []any:
		for i, one := range v {
			if at, found := findNUL(one, path); found {
				return slices.Insert(slices.Clone(at), len(path), "["+strconv.Itoa(i)+"]"), true
			}
		}
	case map[string]any:
		for key, one := range v {
			if strings.IndexByte(key, 0) >= 0 {
				return path, true
			}
			if at, found := findNUL(one, append(slices.Clone(path), key)); found {
				return at, true
			}
		}
	}
	return nil, false
}
