package accounts

import "parley/internal/fault"

// What this room refuses, besides wrong fields.
var (
	// ErrNotFound says that there is no such account, or none the viewer may see.
	ErrNotFound = fault.New(fault.NotFound, "account_not_found", fault.T("Такого канала нет.", "There is no such account."))
	// ErrInUse says that an account with conversations can only be archived.
	ErrInUse = fault.New(fault.Conflict, "account_in_use", fault.T(
		"У канала есть диалоги. Отправьте его в архив, чтобы они остались.", "The account has conversations. Archive it to keep them."))
	// ErrArchived says that an archived account cannot be changed.
	ErrArchived = fault.New(fault.Conflict, "account_archived", fault.T("Канал в архиве.", "The account is archived."))
	// ErrPaused says that an account takes nothing for now.
	ErrPaused = fault.New(fault.Unavailable, "account_paused", fault.T("Канал приостановлен.", "The account is paused."))
)
