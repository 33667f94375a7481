package rest

import "parley/internal/fault"

// Seen is embedded in the bodies of changes to what people save as a whole.
type Seen struct {
	Version int64 `json:"version,omitempty" doc:"The version that was seen: 409 with the object as it is when somebody else was quicker. Absent: whatever it is by now."`
}

// Changed is the answer to a change. Who was not the first is refused with what the others made, as show shows it.
func Changed[S fault.Versioned, T any](now S, err error, show func(S) T) (*Body[T], error) {
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		if held, ok := f.Details.(map[string]any); ok {
			shown := make(map[string]any, len(held))
			for noun, value := range held {
				theirs, ok := value.(S)
				if !ok {
					return nil, err
				}
				shown[noun] = show(theirs)
			}
			return nil, f.WithDetails(shown)
		}
	}
	if err != nil {
		return nil, err
	}
	return Reply(show(now)), nil
}
