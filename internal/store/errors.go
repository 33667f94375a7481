package store

import "parley/internal/fault"

var errBadCursor = fault.InvalidField("cursor", "malformed", fault.T("Неверный курсор. Начните список сначала.", "The cursor is not valid. Start the list again."))
