package contact

import "parley/internal/fault"

// What this room refuses, besides field errors.
var (
	ErrNoContact     = fault.New(fault.NotFound, "contact_not_found", fault.T("Такого контакта нет или он вам не виден.", "There is no such contact, or you may not see it."))
	ErrInUse         = fault.New(fault.Conflict, "contact_in_use", fault.T("У контакта есть диалоги, лиды или обращения, поэтому удалить его нельзя.", "The contact has conversations, leads or requests and cannot be deleted."))
	ErrIdentityInUse = fault.New(fault.Conflict, "identity_in_use", fault.T("На этот адрес отвечают диалоги, убрать его нельзя.", "Conversations answer to this address; it cannot be removed."))
	ErrChanged       = fault.New(fault.Conflict, "contact_changed", fault.T("У контакта только что появился ещё один адрес. Обновите страницу и повторите.", "The contact has just got another address. Reload and try again."))
)
