package rules

import "time"

// Part is a piece of a rule, for those who put it into another language, such as SQL: a
// group, or a comparison with its value as it was read. What belongs to others is zero.
type Part struct {
	Group string // all, any, not; "" = a comparison
	Parts []Part

	Field    Field
	Op       Op
	Text     string // folded, see Fold
	Number   float64
	Truth    bool // of a Bool
	Texts    []string
	Numbers  []float64
	IDs      []int64
	Schedule int64 // of within_hours that names one; 0 = it does not
	// Time is what a time is compared with, unless Relative: then it is Ago before now.
	Time     time.Time
	Relative bool
	Ago      time.Duration
}

// Parts returns the whole rule.
func (r *Rule) Parts() Part { return r.root.part(r.schema) }

func (n *node) part(s *Schema) Part {
	if n.kind == comparison {
		return n.compared(s.fields[n.field])
	}
	p := Part{Group: groupNames[n.kind], Parts: make([]Part, len(n.nodes))}
	for i := range n.nodes {
		p.Parts[i] = n.nodes[i].part(s)
	}
	return p
}

func (n *node) compared(f Field) Part {
	p := Part{Field: f, Op: n.op, Text: n.text, Number: n.number, Truth: f.Type == Bool && n.number == 1, Texts: n.texts, Numbers: n.numbers, Time: n.time, Relative: n.rel, Ago: n.ago}
	if (n.op == WithinHours || n.op == NotWithinHours) && !n.rel {
		p.Schedule = n.ids[0]
		return p
	}
	p.IDs = n.ids
	return p
}
