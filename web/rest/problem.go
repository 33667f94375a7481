package rest

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strconv"
	"time"

	"parley/internal/fault"
)

// Problem is an error as callers get it, a document of RFC 9457.
type Problem struct {
	Type      string         `json:"type" doc:"Always about:blank: the code says more."`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail" doc:"A sentence for a person, in the caller's language."`
	Code      string         `json:"code" doc:"Stable and for programs."`
	Errors    []FieldProblem `json:"errors,omitempty"`
	RequestID string         `json:"request_id,omitempty"`

	extra      map[string]json.RawMessage
	retryAfter time.Duration
}

// FieldProblem is what is wrong with one field.
type FieldProblem struct {
	Location string `json:"location" doc:"Path of the field, such as body.email."`
	Message  string `json:"message"`
	Code     string `json:"code,omitempty"`
}

// Error returns the code and the sentence.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders returns Retry-After where the caller should wait.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retryAfter+time.Second-1)/time.Second)))
	}
	return h
}

// ContentType is that of problem documents.
func (p *Problem) ContentType(string) string { return ProblemType }

// ProblemType is the media type of problem documents.
const ProblemType = "application/problem+json"

// MarshalJSON adds the members that the fault's details bring.
func (p *Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	own, err := json.Marshal((*plain)(p))
	if err != nil || len(p.extra) == 0 {
		return own, err
	}
	all := maps.Clone(p.extra)
	var members map[string]json.RawMessage
	if err := json.Unmarshal(own, &members); err != nil {
		return nil, err
	}
	maps.Copy(all, members)
	return json.Marshal(all)
}

// problemOf turns any error into what its caller gets. Where fields are named, prefix
// ("body" or "query") stands before them. Faults keep their words; deadlines are a
// timeout; everything else is an internal error, and logged says that it should be
// logged by whoever called.
func problemOf(ctx context.Context, err error, prefix string) (p *Problem, unexpected bool) {
	if errors.As(err, &p) {
		return p, false
	}
	f, ok := fault.As(err)
	if !ok && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)) {
		f, ok = ErrTimeout.After(time.Second), true
	}
	if !ok {
		return newProblem(ctx, http.StatusInternalServerError, "internal", internalText), true
	}
	p = newProblem(ctx, statusOf(f), f.Code, f.Text)
	lang := languageOf(ctx)
	for _, field := range f.Fields {
		p.Errors = append(p.Errors, FieldProblem{Location: join(prefix, field.Path), Message: field.Text.In(lang), Code: field.Code})
	}
	p.retryAfter = f.RetryAfter
	p.attach(f.Details)
	return p, false
}

func newProblem(ctx context.Context, status int, code string, text fault.Text) *Problem {
	lang := languageOf(ctx)
	return &Problem{
		Type: "about:blank", Title: titleOf(status).In(lang), Status: status,
		Detail: text.In(lang), Code: code, RequestID: RequestOf(ctx).ID,
	}
}

// attach makes the members of details members of the problem; a value that is no
// object becomes the member "details".
func (p *Problem) attach(details any) {
	if details == nil {
		return
	}
	data, err := json.Marshal(details)
	if err != nil {
		return // the refusal itself matters more than what goes with it
	}
	if json.Unmarshal(data, &p.extra) != nil {
		p.extra = map[string]json.RawMessage{"details": data}
	}
}

func join(prefix, path string) string {
	switch {
	case prefix == "":
		return path
	case path == "":
		return prefix
	default:
		return prefix + "." + path
	}
}

// statusOf maps a fault to HTTP. This is the only place that does.
func statusOf(f *fault.Error) int {
	switch {
	case f.Code == ErrMethod.Code:
		return http.StatusMethodNotAllowed
	case f.Code == codeReused:
		return http.StatusUnprocessableEntity
	case f.Code == codeMalformed:
		return http.StatusBadRequest
	case f.Code == codeMediaType:
		return http.StatusUnsupportedMediaType
	}
	switch f.Kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Gone:
		return http.StatusGone
	default:
		return http.StatusInternalServerError
	}
}

var internalText = fault.T(
	"Внутренняя ошибка. Повторите; если не поможет, сообщите администратору номер запроса.",
	"Internal error. Try again; if that does not help, give the administrator the request id.")

// titleOf names a status for people.
func titleOf(status int) fault.Text {
	switch status {
	case http.StatusBadRequest:
		return fault.T("Запрос не разобрать", "Bad request")
	case http.StatusUnauthorized:
		return fault.T("Нужен вход", "Not signed in")
	case http.StatusForbidden:
		return fault.T("Нет прав", "Not allowed")
	case http.StatusNotFound:
		return fault.T("Не найдено", "Not found")
	case http.StatusMethodNotAllowed:
		return fault.T("Метод не принимается", "Method not allowed")
	case http.StatusConflict:
		return fault.T("Не сейчас", "Conflict")
	case http.StatusGone:
		return fault.T("Уже недоступно", "Gone")
	case http.StatusRequestEntityTooLarge:
		return fault.T("Слишком много данных", "Too large")
	case http.StatusUnsupportedMediaType:
		return fault.T("Неизвестный формат", "Unsupported format")
	case http.StatusUnprocessableEntity:
		return fault.T("Проверьте данные", "Check the data")
	case http.StatusTooManyRequests:
		return fault.T("Слишком часто", "Too many requests")
	case http.StatusServiceUnavailable:
		return fault.T("Временно недоступно", "Unavailable")
	case http.StatusInternalServerError:
		return fault.T("Внутренняя ошибка", "Internal error")
	default:
		return fault.T("Ошибка", http.StatusText(status))
	}
}
