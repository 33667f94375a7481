package rules

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/fault"
)

// Bounds of a condition.
const (
	MaxNodes   = 200 // comparisons and groups
	MaxDepth   = 10
	maxValues  = 500  // of an "in"
	maxText    = 2000 // bytes of one value
	maxPattern = 500
)

// Rule is a condition made ready. It does not change and may be used concurrently.
type Rule struct {
	schema *Schema
	root   node
	fields []string
	hours  []int64
}

// node is a group or a comparison.
type node struct {
	kind  group
	nodes []node // of a group

	field   int // of a comparison
	typ     Type
	op      Op
	shown   string // the value as it was written
	text    string
	number  float64
	texts   []string
	numbers []float64
	ids     []int64
	pattern *regexp.Regexp
	time    time.Time
	ago     time.Duration // a time so long before now, or within_hours of a number
	rel     bool          // ago counts
}

type group uint8

const (
	comparison group = iota
	all
	any_
	not
)

// Compile checks a condition and makes a rule of it. The path is where the condition
// stands in what the caller sent, such as "conditions"; errors name the place below it.
func (s *Schema) Compile(c Condition, path string) (*Rule, error) {
	k := compiler{schema: s, rule: &Rule{schema: s}}
	k.rule.root = k.node(&c, path, 1)
	if err := k.bad.Err(); err != nil {
		return nil, err
	}
	slices.Sort(k.rule.fields)
	k.rule.fields = slices.Compact(k.rule.fields)
	return k.rule, nil
}

// Fields returns the names of the fields that the rule looks at, sorted.
func (r *Rule) Fields() []string { return slices.Clone(r.fields) }

// Schedules returns the ids of the schedules that the rule asks for.
func (r *Rule) Schedules() []int64 { return slices.Clone(r.hours) }

type compiler struct {
	schema *Schema
	rule   *Rule
	bad    fault.Collector
	nodes  int
}

func (k *compiler) node(c *Condition, path string, depth int) node {
	k.nodes++
	if k.nodes == MaxNodes+1 || depth == MaxDepth+1 {
		k.bad.Add(path, "too_large", fault.T("Условие слишком велико: разделите его на несколько.", "The condition is too large: divide it into several."))
	}
	if k.nodes > MaxNodes || depth > MaxDepth {
		return node{}
	}
	switch {
	case c.Zero():
		return node{kind: all}
	case c.All != nil:
		return k.group(all, c.All, path+".all", depth)
	case c.Any != nil:
		return k.group(any_, c.Any, path+".any", depth)
	case c.Not != nil:
		return node{kind: not, nodes: []node{k.node(c.Not, path+".not", depth+1)}}
	}
	return k.comparison(c, path)
}

func (k *compiler) group(kind group, list []Condition, path string, depth int) node {
	n := node{kind: kind}
	if kind == any_ && len(list) == 0 {
		k.bad.Add(path, "required", fault.T("В группе «любое из» нет ни одного условия.", "A group “any of” has no condition."))
	}
	for i := range list {
		if k.nodes > MaxNodes {
			break
		}
		n.nodes = append(n.nodes, k.node(&list[i], fmt.Sprintf("%s[%d]", path, i), depth+1))
	}
	return n
}

func (k *compiler) comparison(c *Condition, path string) node {
	i, ok := k.schema.index[c.Field]
	if !ok {
		k.bad.Add(path+".field", "unknown", fault.T("Такого поля нет: «"+short(c.Field)+"».", "There is no field “"+short(c.Field)+"”."))
		return node{}
	}
	f := k.schema.fields[i]
	k.rule.fields = append(k.rule.fields, f.Name)
	if !slices.Contains(ops[f.Type], c.Op) {
		names := make([]string, 0, len(ops[f.Type]))
		for _, o := range ops[f.Type] {
			names = append(names, string(o))
		}
		list := strings.Join(names, ", ")
		k.bad.Add(path+".op", "unknown", fault.T("Это поле так не сравнивают. Можно: "+list+".", "This field is not compared so. There are: "+list+"."))
		return node{}
	}
	n := node{kind: comparison, field: i, typ: f.Type, op: c.Op, shown: string(c.Value)}
	if c.Op == Empty || c.Op == NotEmpty {
		return n
	}
	if msg := k.value(&n, f, c.Value); msg != nil {
		k.bad.Add(path+".value", "invalid", *msg)
	}
	return n
}

func short(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}

// value reads what the field is compared with; it returns what is wrong.
func (k *compiler) value(n *node, f Field, raw json.RawMessage) *fault.Text {
	if len(raw) == 0 || string(raw) == "null" {
		return say("Укажите значение.", "Give a value.")
	}
	switch {
	case n.op == Matches:
		return n.readPattern(raw)
	case n.op == WithinHours || n.op == NotWithinHours:
		return k.hours(n, raw)
	case n.op == In || n.op == NotIn:
		return n.readList(f, raw)
	}
	return n.readOne(f, raw)
}

func say(ru, en string) *fault.Text {
	t := fault.T(ru, en)
	return &t
}

func (n *node) readPattern(raw json.RawMessage) *fault.Text {
	var text string
	if json.Unmarshal(raw, &text) != nil || text == "" || len(text) > maxPattern {
		return say("Нужно регулярное выражение, не длиннее 500 знаков.", "A regular expression of at most 500 characters is needed.")
	}
	pattern, err := regexp.Compile("(?is)" + text)
	if err != nil {
		reason := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return say("Регулярное выражение с ошибкой: "+reason, "The regular expression is wrong: "+reason)
	}
	n.pattern = pattern
	return nil
}

// hours reads a number of hours or the id of a schedule.
func (k *compiler) hours(n *node, raw json.RawMessage) *fault.Text {
	var number float64
	if json.Unmarshal(raw, &number) == nil {
		if number <= 0 || number > 24*3660 {
			return say("Число часов должно быть больше нуля.", "The number of hours must be above zero.")
		}
		n.rel, n.ago = true, time.Duration(number*float64(time.Hour))
		return nil
	}
	id, ok := readID(raw)
	if !ok {
		return say("Нужно число часов или расписание.", "A number of hours or a schedule is needed.")
	}
	n.ids = []int64{id}
	k.rule.hours = append(k.rule.hours, id)
	return nil
}

func (n *node) readList(f Field, raw json.RawMessage) *fault.Text {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 || len(list) > maxValues {
		return say("Нужен список от одного до 500 значений.", "A list of one to 500 values is needed.")
	}
	for _, item := range list {
		one := node{}
		if msg := one.readOne(f, item); msg != nil {
			return msg
		}
		n.texts = append(n.texts, one.text)
		n.numbers = append(n.numbers, one.number)
		n.ids = append(n.ids, one.ids...)
	}
	return nil
}

func (n *node) readOne(f Field, raw json.RawMessage) *fault.Text {
	switch f.Type {
	case Text, List:
		var text string
		if json.Unmarshal(raw, &text) != nil || strings.TrimSpace(text) == "" || len(text) > maxText {
			return say("Нужен текст, не длиннее 2000 знаков.", "A text of at most 2000 characters is needed.")
		}
		n.text = Fold(text)
	case Choice:
		var text string
		if json.Unmarshal(raw, &text) != nil || !slices.Contains(f.Options, text) {
			list := strings.Join(f.Options, ", ")
			return say("Нужно одно из: "+list+".", "One of these is needed: "+list+".")
		}
		n.text = Fold(text)
	case Number:
		if json.Unmarshal(raw, &n.number) != nil || math.IsInf(n.number, 0) {
			return say("Нужно число.", "A number is needed.")
		}
	case Bool:
		var b bool
		if json.Unmarshal(raw, &b) != nil {
			return say("Нужно true или false.", "true or false is needed.")
		}
		if b {
			n.number = 1
		}
	case Time:
		return n.readTime(raw)
	case Ref, Refs:
		id, ok := readID(raw)
		if !ok {
			return say("Нужен id.", "An id is needed.")
		}
		n.ids = []int64{id}
	}
	return nil
}

// readTime reads a moment, or a number of hours before now.
func (n *node) readTime(raw json.RawMessage) *fault.Text {
	var hours float64
	if json.Unmarshal(raw, &hours) == nil && math.Abs(hours) <= 24*3660 {
		n.rel, n.ago = true, time.Duration(hours*float64(time.Hour))
		return nil
	}
	if json.Unmarshal(raw, &n.time) != nil {
		return say("Нужно время (RFC 3339) или число часов назад.", "A time (RFC 3339) or a number of hours ago is needed.")
	}
	return nil
}

// readID reads an id as the API writes it, a string of digits.
func readID(raw json.RawMessage) (int64, bool) {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return 0, false
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0
}
