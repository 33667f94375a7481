package clocks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"parley/router"
	"parley/router/rules"
)

// wishes are the values that one field may still have, by the comparisons that must all
// hold; a nil only is any value.
type wishes struct {
	only []string
	not  []string
}

// contradiction finds the first of the comparisons, all of which must hold, with which no
// value of its field is left: two values wanted at once, or one that is excluded.
func contradiction(c *rules.Condition, path string) (string, bool) {
	seen := map[string]*wishes{}
	var walk func(c *rules.Condition, path string) (string, bool)
	walk = func(c *rules.Condition, path string) (string, bool) {
		for i := range c.All {
			if at, never := walk(&c.All[i], fmt.Sprintf("%s.all[%d]", path, i)); never {
				return at, true
			}
		}
		if len(c.Any) == 1 {
			return walk(&c.Any[0], path+".any[0]")
		}
		if f, ok := router.Schema().Field(c.Field); !ok || f.Type == rules.List || f.Type == rules.Refs {
			return "", false // what has several values may have both
		}
		if seen[c.Field] == nil {
			seen[c.Field] = &wishes{}
		}
		return path, !seen[c.Field].take(c)
	}
	return walk(c, path)
}

// take adds a comparison and tells whether any value is left.
func (w *wishes) take(c *rules.Condition) bool {
	values := valuesOf(c.Value)
	switch c.Op {
	case rules.Equals, rules.In:
		if w.only == nil {
			w.only = values
			break
		}
		w.only = slices.DeleteFunc(slices.Clone(w.only), func(v string) bool { return !slices.Contains(values, v) })
	case rules.NotEquals, rules.NotIn:
		w.not = append(w.not, values...)
	default:
		return true
	}
	return w.only == nil || slices.ContainsFunc(w.only, func(v string) bool { return !slices.Contains(w.not, v) })
}

// valuesOf are what a comparison names, in one spelling.
func valuesOf(value []byte) []string {
	spell := func(v []byte) string { return string(bytes.ToLower(bytes.TrimSpace(v))) }
	var several []json.RawMessage
	if json.Unmarshal(value, &several) != nil {
		return []string{spell(value)}
	}
	out := make([]string, len(several))
	for i, v := range several {
		out[i] = spell(v)
	}
	return out
}
