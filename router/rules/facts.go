package rules

import (
	"fmt"
	"strings"
	"time"
)

// Calendar knows schedules. Rules ask it for within_hours.
type Calendar interface {
	// Open tells whether a time is within a schedule's hours; known is false when there is
	// no such schedule.
	Open(schedule int64, at time.Time) (open, known bool)
}

// Facts are what rules of one schema are asked about. Fields that nobody set are empty.
// They are not safe for concurrent use while they are being set.
type Facts struct {
	schema   *Schema
	values   []value
	now      time.Time
	calendar Calendar
}

// value is a fact. Which part counts is up to the field's type.
type value struct {
	set    bool
	text   string // folded
	shown  string // as given
	number float64
	list   []string // folded
	ids    []int64
	time   time.Time
}

// NewFacts returns empty facts as of now. A nil calendar knows no schedule.
func (s *Schema) NewFacts(now time.Time, calendar Calendar) *Facts {
	return &Facts{schema: s, values: make([]value, len(s.fields)), now: now, calendar: calendar}
}

// at is the place of a field of one of the types. Any other is a mistake of the program.
func (f *Facts) at(name string, types ...Type) *value {
	i, ok := f.schema.index[name]
	if ok {
		for _, t := range types {
			if f.schema.fields[i].Type == t {
				return &f.values[i]
			}
		}
	}
	panic(fmt.Sprintf("fact %q is not of the schema, or of another type", name))
}

// Text sets a text or a choice; "" is empty.
func (f *Facts) Text(name, text string) {
	*f.at(name, Text, Choice) = value{set: text != "", text: Fold(text), shown: text}
}

// Number sets a number.
func (f *Facts) Number(name string, n float64) { *f.at(name, Number) = value{set: true, number: n} }

// Bool sets a truth. One that is not set is false.
func (f *Facts) Bool(name string, b bool) {
	v := f.at(name, Bool)
	*v = value{set: true}
	if b {
		v.number = 1
	}
}

// Time sets a time; the zero time is empty.
func (f *Facts) Time(name string, t time.Time) { *f.at(name, Time) = value{set: !t.IsZero(), time: t} }

// ID sets the id of something; 0 is empty.
func (f *Facts) ID(name string, id int64) {
	*f.at(name, Ref) = value{set: id != 0, ids: []int64{id}}
}

// IDs sets several ids.
func (f *Facts) IDs(name string, ids []int64) { *f.at(name, Refs) = value{set: len(ids) > 0, ids: ids} }

// List sets several texts.
func (f *Facts) List(name string, texts []string) {
	v := value{set: len(texts) > 0, shown: strings.Join(texts, ", "), list: make([]string, len(texts))}
	for i, t := range texts {
		v.list[i] = Fold(t)
	}
	*f.at(name, List) = v
}

// Fold is how texts are compared: lower case, ё as е, single spaces.
func Fold(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(text), "ё", "е")), " ")
}
