package inbox

import (
	"strconv"

	"parley/internal/fault"
)

// MaxPinned is how many conversations an agent may pin. They stand above every list, which is a
// list no more when they fill it.
const MaxPinned = 20

var errManyPins = fault.New(fault.Conflict, "too_many_pinned", fault.T(
	"Закрепить можно не больше "+strconv.Itoa(MaxPinned)+" диалогов. Открепите какой-нибудь.",
	"At most "+strconv.Itoa(MaxPinned)+" conversations can be pinned. Unpin one first."))
