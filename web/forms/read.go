package forms

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/channels/form"
	"parley/internal/fault"
	"parley/web/rest"
)

// read reads a form of any of the three kinds that there are.
func read(c *fiber.Ctx) (form.Submission, error) {
	if c.Request().Header.ContentLength() > form.MaxBody {
		return form.Submission{}, tooLarge()
	}
	var body []byte
	if stream := c.Request().BodyStream(); stream != nil {
		var err error
		if body, err = io.ReadAll(io.LimitReader(stream, form.MaxBody+1)); err != nil {
			return form.Submission{}, malformed()
		}
	}
	if len(body) > form.MaxBody {
		return form.Submission{}, tooLarge()
	}
	kind, params, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch kind {
	case fiber.MIMEApplicationForm:
		return Encoded(body)
	case fiber.MIMEMultipartForm:
		return Multipart(body, params["boundary"])
	case fiber.MIMEApplicationJSON:
		return JSON(body)
	}
	return form.Submission{}, fault.New(fault.Invalid, "unsupported_media_type", fault.T(
		"Форма передаётся как application/x-www-form-urlencoded, multipart/form-data или application/json.",
		"Send the form as application/x-www-form-urlencoded, multipart/form-data or application/json."))
}

func malformed() error {
	return fault.New(fault.Invalid, "malformed", fault.T("Форма оборвалась или испорчена. Отправьте её ещё раз.", "The form broke off or is damaged. Send it again."))
}

// mostParts bounds what is read; the form itself says how many fields it takes.
const mostParts = 2 * form.MaxFields

// Encoded reads a form as browsers encode it, in its order.
func Encoded(body []byte) (s form.Submission, err error) {
	for pair := range strings.SplitSeq(string(body), "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err1 := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil || len(s.Fields) == mostParts {
			return form.Submission{}, malformed()
		}
		s.Fields = append(s.Fields, form.Field{Name: name, Value: value})
	}
	return s, nil
}

// Multipart reads a form with files.
func Multipart(body []byte, boundary string) (s form.Submission, err error) {
	if boundary == "" {
		return s, malformed()
	}
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return form.Submission{}, malformed()
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return form.Submission{}, malformed()
		}
		switch {
		case part.FileName() == "" && part.Header.Get("Content-Type") == "":
			s.Fields = append(s.Fields, form.Field{Name: part.FormName(), Value: string(content)})
		case len(content) > 0: // a field for files that was left empty has neither
			s.Files = append(s.Files, form.Upload{
				Field: part.FormName(), Name: rest.FileName(part.FileName()), Type: form.UploadType(part.Header.Get("Content-Type"), content), Content: content,
			})
		}
	}
	return form.Submission{}, malformed()
}

// JSON reads a form that a program sends: an object of texts, numbers, truths and lists of
// them, in its order. The object "utm" stands for fields that begin with utm_.
func JSON(body []byte) (form.Submission, error) {
	var s form.Submission
	in := json.NewDecoder(bytes.NewReader(body))
	in.UseNumber()
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return form.Submission{}, malformed()
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return form.Submission{}, malformed()
		}
		var value any
		if err := in.Decode(&value); err != nil {
			return form.Submission{}, malformed()
		}
		if err := add(&s, name.(string), value); err != nil {
			return form.Submission{}, err
		}
	}
	if _, err := in.Token(); err != nil || in.More() {
		return form.Submission{}, malformed()
	}
	return s, nil
}

func add(s *form.Submission, name string, value any) error {
	if object, ok := value.(map[string]any); ok && name == "utm" {
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if text, ok := object[key].(string); ok {
				s.Fields = append(s.Fields, form.Field{Name: "utm_" + strings.TrimPrefix(key, "utm_"), Value: text})
			}
		}
		return nil
	}
	text, ok := written(value)
	if !ok {
		return fault.InvalidField(name, "type", fault.T("Нужен текст, число или список текстов.", "A text, a number or a list of texts is needed."))
	}
	s.Fields = append(s.Fields, form.Field{Name: name, Value: text})
	if len(s.Fields) > mostParts {
		return malformed()
	}
	return nil
}

// written is a value as people write it.
func written(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "✓", true
		}
		return "", true
	case []any:
		var parts []string
		for _, one := range v {
			text, ok := written(one)
			if _, nested := one.([]any); !ok || nested {
				return "", false
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, ", "), true
	}
	return "", false
}
