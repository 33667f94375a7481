package rest

import (
	"strconv"
	"time"
)

// Page is a piece of a list. Next is the cursor of the following piece, "" at the end.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end."`
}

// Paging is embedded in the inputs of lists.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" required:"false" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"500" required:"false" doc:"From the field next of the page before."`
}

// Body is an output that is one JSON value.
type Body[T any] struct{ Body T }

// None is an output without a body; its operations have the status 204.
type None struct{}

// Reply makes an output from a value.
func Reply[T any](v T) *Body[T] { return &Body[T]{Body: v} }

// List makes the output of a list from what is stored; next is the cursor.
func List[S, T any](in []S, next string, show func(S) T) *Body[Page[T]] {
	return &Body[Page[T]]{Body: Page[T]{Items: Map(in, show), Next: next}}
}

// Map turns each element into what is shown; never nil.
func Map[S, T any](in []S, show func(S) T) []T {
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = show(v)
	}
	return out
}

// Time returns t as outputs hold it.
func Time(t time.Time) time.Time { return t.UTC() }

// TimeOrNull returns nil for the zero time, which is null outside.
func TimeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// Slice makes a page of a list that is held whole, ascending by id. Without a limit
// it is everything.
func Slice[S any, K ~int64, T any](all []S, p Paging, id func(S) K, show func(S) T) (*Body[Page[T]], error) {
	from := 0
	if p.Cursor != "" {
		after, err := strconv.ParseInt(p.Cursor, 10, 64)
		if err != nil || after <= 0 || strconv.FormatInt(after, 10) != p.Cursor {
			return nil, ErrCursor
		}
		for from < len(all) && int64(id(all[from])) <= after {
			from++
		}
	}
	rest, next := all[from:], ""
	if p.Limit > 0 && len(rest) > p.Limit {
		rest = rest[:p.Limit]
		next = strconv.FormatInt(int64(id(rest[len(rest)-1])), 10)
	}
	return List(rest, next, show), nil
}

// Placed makes a page of a list that is held whole, in an order that has no key to go on from: its
// cursor is a place. Without a limit it is everything.
func Placed[S, T any](all []S, p Paging, show func(S) T) (*Body[Page[T]], error) {
	from := 0
	if p.Cursor != "" {
		place, err := strconv.Atoi(p.Cursor)
		if err != nil || place <= 0 || strconv.Itoa(place) != p.Cursor {
			return nil, ErrCursor
		}
		from = min(place, len(all))
	}
	rest, next := all[from:], ""
	if p.Limit > 0 && len(rest) > p.Limit {
		rest, next = rest[:p.Limit], strconv.Itoa(from+p.Limit)
	}
	return List(rest, next, show), nil
}
