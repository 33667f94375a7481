package rules

import (
	"slices"

	"parley/internal/fault"
)

// ErrOrderChanged says that a list is not what the caller saw.
var ErrOrderChanged = fault.New(fault.Conflict, "order_changed", fault.T(
	"Список тем временем изменил кто-то другой. Он показан заново — переставьте ещё раз.", "Somebody else has changed the list meanwhile. It is shown anew: move it again."))

// CheckOrder says whether a list in which the first that fits counts may be put into the
// order of ids: have is the order now, was the one that the caller saw. It names the field
// ids when that is not the same list in another order.
func CheckOrder[T ~int64](have, was, ids []T) error {
	if !slices.Equal(have, was) {
		return ErrOrderChanged
	}
	a, b := slices.Clone(was), slices.Clone(ids)
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		return fault.InvalidField("ids", "incomplete", fault.T("Перечислите весь список, каждое правило один раз.", "Name the whole list, each rule once."))
	}
	return nil
}
