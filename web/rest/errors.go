package rest

import "parley/internal/fault"

// The refusals of this package. Compare with errors.Is.
var (
	ErrCSRF = fault.New(fault.Forbidden, "csrf", fault.T(
		"Страница устарела. Обновите её и повторите.", "The page is out of date. Reload it and try again."))
	ErrCrossSite = fault.New(fault.Forbidden, "cross_site", fault.T(
		"Запрос пришёл с чужого сайта.", "The request came from another site."))
	ErrNeedPerson = fault.New(fault.Forbidden, "agent_only", fault.T(
		"Это может делать только сотрудник, не ключ.", "Only a person can do this, not a key."))
	ErrNotFound = fault.New(fault.NotFound, "not_found", fault.T(
		"Такого адреса или объекта нет.", "There is no such address or object."))
	ErrMethod = fault.New(fault.Invalid, "method_not_allowed", fault.T(
		"Этот адрес не принимает такой метод.", "This address does not take this method."))
	ErrCursor = fault.InvalidField("cursor", "malformed", fault.T(
		"Это не продолжение списка. Возьмите поле next предыдущей страницы.", "This continues no list. Take the field next of the page before."))
	ErrTimeout = fault.New(fault.Unavailable, "timeout", fault.T(
		"Сервер не успел ответить. Повторите чуть позже.", "The server did not answer in time. Try again a little later."))
)

func errScope(scope string) error {
	return fault.New(fault.Forbidden, "missing_scope", fault.T(
		"Ключу API не хватает права «"+scope+"».", "The API key lacks the scope "+scope+"."))
}
