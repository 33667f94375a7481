package rest

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/fault"
)

// transform turns what huma says about a request into a problem in the caller's
// language, with a status of ours. What handlers answer passes.
func (a *API) transform(ctx huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	prefix, err := refusalOf(ctx.Operation(), model)
	p, unexpected := problemOf(ctx.Context(), err, prefix)
	if unexpected {
		a.log.ErrorContext(ctx.Context(), "request failed", "request_id", p.RequestID,
			"operation", ctx.Operation().OperationID, "error", model.Detail)
	}
	if x, ok := ctx.(*exchange); ok {
		x.status = p.Status
	}
	return p, nil
}

func hasPathError(model *huma.ErrorModel) bool {
	for _, e := range model.Errors {
		if e != nil && strings.HasPrefix(e.Location, "path.") {
			return true
		}
	}
	return false
}

// refusalOf is what huma says as an error of ours, and what stands before its fields.
func refusalOf(op *huma.Operation, model *huma.ErrorModel) (prefix string, err error) {
	if e := refusedBody(op, model); e != nil {
		return "body", e
	}
	if len(model.Errors) == 0 {
		return "", errors.New(model.Detail)
	}
	p := fault.New(fault.Invalid, fault.CodeInvalid, fault.T("Проверьте отмеченные поля.", "Check the fields listed."))
	for _, e := range model.Errors {
		path, code, text := translate(e)
		p.Fields = append(p.Fields, fault.FieldError{Path: path, Code: code, Text: text})
	}
	return "", p
}

// refusedBody is what is wrong with the request as a whole, nil when single fields are.
func refusedBody(op *huma.Operation, model *huma.ErrorModel) error {
	switch {
	case hasPathError(model):
		return ErrNotFound
	case strings.HasPrefix(model.Detail, "cannot read request body"):
		return fault.New(fault.Invalid, codeMalformed, fault.T("Тело запроса оборвалось.", "The body of the request broke off."))
	case model.Status == http.StatusRequestEntityTooLarge:
		return tooLarge(op.MaxBodyBytes - 1)
	case model.Status == http.StatusRequestTimeout:
		return fault.New(fault.Unavailable, "body_timeout", fault.T(
			"Тело запроса передавалось слишком долго.", "The body took too long to arrive."))
	case model.Status == http.StatusUnsupportedMediaType:
		return fault.New(fault.Invalid, codeMediaType, fault.T(
			"Тело запроса должно быть JSON: Content-Type: application/json.", "The body must be JSON: Content-Type: application/json."))
	case len(model.Errors) == 0 && model.Status == http.StatusBadRequest:
		return fault.New(fault.Invalid, codeMalformed, fault.T("Нужно тело запроса: JSON.", "A request body is needed: JSON."))
	}
	if len(model.Errors) > 0 {
		e := model.Errors[0]
		if body, ok := e.Value.(string); ok && e.Location == "body" && looksRead(e.Message) {
			return explainJSON([]byte(body))
		}
	}
	return nil
}

// looksRead reports whether a message about the whole body came from reading it as
// JSON and not from validating it.
func looksRead(message string) bool { return !strings.HasPrefix(message, "expected ") }

func tooLarge(limit int64) error {
	size := strconv.FormatInt(limit, 10)
	return fault.New(fault.TooLarge, "body_too_large", fault.T(
		"Запрос больше допустимых "+size+" байт.", "The request is larger than the "+size+" bytes allowed.")).
		WithDetails(map[string]int64{"max_bytes": limit})
}

// phrases are huma's words with ours; the first group of an expression fills %s.
var phrases = []struct {
	said *regexp.Regexp
	code string
	text fault.Text
}{
	{regexp.MustCompile(`^unexpected property$`), "unknown_field", fault.T("Такого поля нет. Уберите его или исправьте название.", "There is no such field. Remove it or correct its name.")},
	{regexp.MustCompile(`^unknown query parameter$`), "unknown_parameter", fault.T("Такого параметра нет.", "There is no such parameter.")},
	{regexp.MustCompile(`^expected required property .* to be present$`), "required", fault.T("Обязательное поле.", "This field is required.")},
	{regexp.MustCompile(`^required (?:path|query|header|form|cookie) parameter is missing$`), "required", fault.T("Обязательный параметр.", "This parameter is required.")},
	{regexp.MustCompile(`^expected length <= (\d+)$`), "too_long", fault.T("Не длиннее %s знаков.", "At most %s characters.")},
	{regexp.MustCompile(`^expected length >= 1$`), "required", fault.T("Не может быть пустым.", "This must not be empty.")},
	{regexp.MustCompile(`^expected length >= (\d+)$`), "too_short", fault.T("Не короче %s знаков.", "At least %s characters.")},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), "too_many", fault.T("Не больше %s.", "At most %s.")},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), "too_few", fault.T("Не меньше %s.", "At least %s.")},
	{regexp.MustCompile(`^expected number <= (\S+)$`), "too_large", fault.T("Не больше %s.", "At most %s.")},
	{regexp.MustCompile(`^expected number >= (\S+)$`), "too_small", fault.T("Не меньше %s.", "At least %s.")},
	{regexp.MustCompile(`^expected value to be one of "(.*)"$`), "choice", fault.T("Возможны: %s.", "One of: %s.")},
	{regexp.MustCompile(`^expected string to be an id$`), "malformed", fault.T("Это не идентификатор.", "This is not an id.")},
	{regexp.MustCompile(`^expected string to be RFC 3339 date-time$`), "malformed", fault.T("Время пишется как 2026-11-22T09:30:00Z.", "Write times like 2026-11-22T09:30:00Z.")},
	{regexp.MustCompile(`^invalid date/time for format `), "malformed", fault.T("Время пишется как 2026-11-22T09:30:00Z.", "Write times like 2026-11-22T09:30:00Z.")},
	{regexp.MustCompile(`^expected string to be RFC 4122 uuid`), "malformed", fault.T("Здесь нужен UUID.", "A UUID is needed here.")},
	{regexp.MustCompile(`^expected string to match pattern`), "malformed", fault.T("Значение не того вида.", "The value is not of the right form.")},
	{regexp.MustCompile(`^(?:expected|invalid) boolean$`), "type", fault.T("Здесь нужно true или false.", "true or false is needed here.")},
	{regexp.MustCompile(`^(?:expected|invalid) (?:integer|number|float)$`), "type", fault.T("Здесь нужно число.", "A number is needed here.")},
	{regexp.MustCompile(`^expected string$`), "type", fault.T("Здесь нужна строка.", "A string is needed here.")},
	{regexp.MustCompile(`^expected array$`), "type", fault.T("Здесь нужен список.", "A list is needed here.")},
	{regexp.MustCompile(`^expected object$`), "type", fault.T("Здесь нужен объект.", "An object is needed here.")},
	{noCondition, "malformed", fault.T("Условие: all, any, not или field с op и value, что-то одно.", "A condition is one of all, any, not, or field with op and value.")},
	{regexp.MustCompile(`^expected array items to be unique$`), "repeated", fault.T("Значения не должны повторяться.", "Values must not repeat.")},
}

var missing = regexp.MustCompile(`^expected required property (.*) to be present$`)

// noCondition is said of a whole body by what reads the field conditions, which every
// body with a condition has.
var noCondition = regexp.MustCompile(`^expected a condition: `)

// translate says what is wrong with one field in our words.
func translate(e *huma.ErrorDetail) (path, code string, text fault.Text) {
	path = e.Location
	if m := missing.FindStringSubmatch(e.Message); m != nil {
		path = join(path, m[1])
	}
	if noCondition.MatchString(e.Message) {
		path = join(path, "conditions")
	}
	for _, p := range phrases {
		m := p.said.FindStringSubmatch(e.Message)
		if m == nil {
			continue
		}
		if len(m) > 1 {
			fill := func(s string) string { return strings.Replace(s, "%s", m[1], 1) }
			return path, p.code, fault.T(fill(p.text.RU), fill(p.text.EN))
		}
		return path, p.code, p.text
	}
	return path, "malformed", fault.T("Недопустимое значение.", "This value is not allowed.")
}
