package chat

import "parley/internal/fault"

var (
	errNoVisitor = fault.New(fault.Unauthenticated, "unknown_visitor", fault.T(
		"Сеанс чата не узнан. Начните его заново.", "The chat session is not recognised. Begin it anew."))
	errNoMessage = fault.New(fault.NotFound, "message_not_found", fault.T(
		"Такого сообщения в этом чате нет.", "There is no such message in this chat."))
	errSite = fault.New(fault.Forbidden, "site_not_allowed", fault.T(
		"Этот чат не разрешён на этом сайте.", "This chat is not allowed on this site."))
	errNotTaken = fault.New(fault.Invalid, "not_accepted", fault.T(
		"Сообщение не принято.", "The message was not accepted."))
	errTooMany = fault.New(fault.TooMany, "too_many", fault.T(
		"Слишком часто. Подождите немного и повторите.", "Too often. Wait a little and try again."))
)
