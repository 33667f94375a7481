package desk

import (
	"encoding/json"
	"errors"

	"parley/inbox/history"
	"parley/internal/fault"
	"parley/web/rest"
)

// Was is what callers saw in the fields that they change, as they read them: empty = they did
// not say, and the last of several wins.
type Was map[string]json.RawMessage

// meanwhile is a change that was refused because others were quicker; it says who, and what the
// fields are now.
func meanwhile(err error) error {
	f, ok := fault.As(err)
	if !ok || !errors.Is(err, history.ErrMeanwhile) {
		return err
	}
	lines, ok := f.Details.([]history.Line)
	if !ok {
		return err
	}
	own := func(history.Line) bool { return true }
	return history.ErrMeanwhile.WithDetails(map[string][]FieldChange{"changed": rest.Map(lines, showChange(own))})
}
