package rules

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Explanation is why a rule came to its verdict: the condition again, each part with
// whether it held, and each comparison with what was found.
type Explanation struct {
	Holds bool          `json:"holds"`
	Group string        `json:"group,omitempty"` // all, any, not; "" = a comparison
	Parts []Explanation `json:"parts,omitempty"`

	Field  string          `json:"field,omitempty"`
	Op     Op              `json:"op,omitempty"`
	Wanted json.RawMessage `json:"wanted,omitempty"`
	Found  string          `json:"found,omitempty"` // at most MaxFound runes; "" = empty
	// Problem is set when a comparison could not be made: "unknown_schedule".
	Problem string `json:"problem,omitempty"`
}

// MaxFound bounds Explanation.Found.
const MaxFound = 200

// Verdict reads the explanation from its leaves upwards. It equals Holds; an
// explanation that was kept can be checked by it.
func (e *Explanation) Verdict() bool {
	switch e.Group {
	case "all":
		for i := range e.Parts {
			if !e.Parts[i].Verdict() {
				return false
			}
		}
		return true
	case "any":
		for i := range e.Parts {
			if e.Parts[i].Verdict() {
				return true
			}
		}
		return false
	case "not":
		return !e.Parts[0].Verdict()
	}
	return e.Holds
}

// Explain is Match with its reasons. Every part is looked at, also those that could not
// change the verdict any more.
func (r *Rule) Explain(f *Facts) Explanation {
	if f.schema != r.schema {
		panic("facts of another schema")
	}
	return r.root.explain(f)
}

// groupNames are the words of groups.
var groupNames = map[group]string{all: "all", any_: "any", not: "not"}

func (n *node) explain(f *Facts) Explanation {
	if n.kind == comparison {
		return n.explained(f)
	}
	e := Explanation{Group: groupNames[n.kind]}
	for i := range n.nodes {
		e.Parts = append(e.Parts, n.nodes[i].explain(f))
	}
	e.Holds = e.Verdict()
	return e
}

func (n *node) explained(f *Facts) Explanation {
	e := Explanation{Holds: n.holds(f), Field: f.schema.fields[n.field].Name, Op: n.op, Found: f.values[n.field].show(n.typ)}
	if n.shown != "" {
		e.Wanted = json.RawMessage(n.shown)
	}
	if (n.op == WithinHours || n.op == NotWithinHours) && !n.rel {
		known := false
		if f.calendar != nil {
			_, known = f.calendar.Open(n.ids[0], f.values[n.field].time)
		}
		if !known {
			e.Problem = "unknown_schedule"
		}
	}
	return e
}

// show is a fact for people to read.
func (v *value) show(t Type) string {
	if !v.set {
		return ""
	}
	switch t {
	case Number:
		return strconv.FormatFloat(v.number, 'f', -1, 64)
	case Bool:
		return strconv.FormatBool(v.number == 1)
	case Time:
		return v.time.UTC().Format(time.RFC3339)
	case Ref, Refs:
		var b strings.Builder
		for i, id := range v.ids {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(strconv.FormatInt(id, 10))
		}
		return cut(b.String())
	}
	return cut(v.shown)
}

func cut(text string) string {
	if utf8.RuneCountInString(text) <= MaxFound {
		return text
	}
	return string([]rune(text)[:MaxFound-1]) + "…"
}
