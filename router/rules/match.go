package rules

import (
	"slices"
	"strings"
)

// Match tells whether the facts fulfil the rule. They must be of the rule's schema.
func (r *Rule) Match(f *Facts) bool {
	if f.schema != r.schema {
		panic("facts of another schema")
	}
	return r.root.match(f)
}

func (n *node) match(f *Facts) bool {
	switch n.kind {
	case all:
		for i := range n.nodes {
			if !n.nodes[i].match(f) {
				return false
			}
		}
		return true
	case any_:
		for i := range n.nodes {
			if n.nodes[i].match(f) {
				return true
			}
		}
		return false
	case not:
		return !n.nodes[0].match(f)
	}
	return n.holds(f)
}

// holds compares. What is empty equals nothing, contains nothing and lies nowhere; a
// negated comparison is true of it.
func (n *node) holds(f *Facts) bool {
	v := &f.values[n.field]
	switch n.op {
	case Empty:
		return !v.set
	case NotEmpty:
		return v.set
	case NotEquals:
		return !n.equal(v)
	case NotContains:
		return !n.contains(v)
	case NotIn:
		return !n.among(v)
	case NotWithinHours:
		return v.set && !n.within(f, v)
	case Equals:
		return n.equal(v)
	case Contains:
		return n.contains(v)
	case In:
		return n.among(v)
	case WithinHours:
		return v.set && n.within(f, v)
	case StartsWith:
		return v.set && strings.HasPrefix(v.text, n.text)
	case Matches:
		return v.set && n.pattern.MatchString(v.shown)
	}
	return v.set && n.ordered(f, v)
}

func (n *node) equal(v *value) bool {
	switch n.typ {
	case Number:
		return v.set && v.number == n.number
	case Bool:
		return v.number == n.number
	case Ref:
		return v.set && v.ids[0] == n.ids[0]
	}
	return v.set && v.text == n.text
}

func (n *node) contains(v *value) bool {
	switch {
	case !v.set:
		return false
	case n.typ == List:
		return slices.Contains(v.list, n.text)
	case n.typ == Refs:
		return slices.Contains(v.ids, n.ids[0])
	}
	return strings.Contains(v.text, n.text)
}

func (n *node) among(v *value) bool {
	switch {
	case !v.set:
		return false
	case n.typ == Number:
		return slices.Contains(n.numbers, v.number)
	case n.typ == Ref || n.typ == Refs:
		return slices.ContainsFunc(v.ids, func(id int64) bool { return slices.Contains(n.ids, id) })
	case n.typ == List:
		return slices.ContainsFunc(v.list, func(text string) bool { return slices.Contains(n.texts, text) })
	}
	return slices.Contains(n.texts, v.text)
}

func (n *node) within(f *Facts, v *value) bool {
	if n.rel {
		return f.now.Sub(v.time).Abs() <= n.ago
	}
	if f.calendar == nil {
		return false
	}
	open, _ := f.calendar.Open(n.ids[0], v.time)
	return open
}

func (n *node) ordered(f *Facts, v *value) bool {
	var order int
	if n.typ == Time {
		at := n.time
		if n.rel {
			at = f.now.Add(-n.ago)
		}
		order = v.time.Compare(at)
	} else {
		switch {
		case v.number < n.number:
			order = -1
		case v.number > n.number:
			order = 1
		}
	}
	switch n.op {
	case GT:
		return order > 0
	case GTE:
		return order >= 0
	case LT:
		return order < 0
	}
	return order <= 0
}
