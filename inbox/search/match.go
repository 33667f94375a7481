package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Match is what an entry of the index must hold: of every group one token at least. Tokens
// are letters, digits and a colon, and nothing else. Without groups it matches nothing.
type Match [][]string

// Bounds of what is read of a query.
const (
	maxQuery  = 256 // runes
	maxTerms  = 12
	minPrefix = 3 // runes from which a word that is still being typed is completed
)

// term is a word of a query.
type term struct {
	word  string
	forms []string // what it may be stored as, the stem first
}

// is tells whether a stem is one of the term's.
func (t *term) is(stem string) bool { return slices.Contains(t.forms, stem) }

// Query is what somebody typed, read.
type Query struct {
	terms  []term
	number int64  // what it is when it is a number alone, such as "#17" or "№ 17"; 0 otherwise
	phone  string // its digits, when they may be a telephone number's
}

// Read reads what was typed. Nothing in it has a meaning of its own: operators, quotes and
// brackets separate words like blanks. What is beyond the bounds is left out.
func Read(typed string) Query {
	if runes := []rune(strings.ToValidUTF8(typed, " ")); len(runes) > maxQuery {
		typed = string(runes[:maxQuery])
		if i := strings.LastIndexFunc(typed, func(r rune) bool { return !inWord(r) }); i > 0 {
			typed = typed[:i] // half a word is none
		}
	}
	var q Query
	spans(typed, func(s span) bool {
		if !slices.ContainsFunc(q.terms, func(t term) bool { return t.word == s.word }) {
			q.terms = append(q.terms, newTerm(s.word))
		}
		return len(q.terms) < maxTerms
	})
	bare := strings.TrimLeft(strings.TrimSpace(typed), "#№ ")
	if n, err := strconv.ParseInt(bare, 10, 64); err == nil && n > 0 {
		q.number = n
	}
	if strings.Trim(bare, "+-()./ \u00a00123456789") == "" {
		if number := phoneQuery(bare); len(number) >= fewestDigits {
			q.phone = number
		}
	}
	return q
}

// Empty tells whether there is nothing to look for.
func (q *Query) Empty() bool { return len(q.terms) == 0 }

// typing returns the last word when it may be the beginning of a longer one.
func (q *Query) typing() (word string, ok bool) {
	if len(q.terms) == 0 {
		return "", false
	}
	word = q.terms[len(q.terms)-1].word
	return word, len([]rune(word)) >= minPrefix
}

// groups says what words must be there, as they are stored with a prefix: in any form, or as they
// were typed, because names are not always known for what they are. Completions are those of the
// last word.
func (q *Query) groups(prefix string, completions []string) Match {
	var m Match
	for i, t := range q.terms {
		group := make([]string, 0, len(t.forms)+1)
		for _, form := range t.forms {
			group = append(group, prefix+form)
		}
		if !t.is(t.word) {
			group = append(group, prefix+t.word)
		}
		if i == len(q.terms)-1 {
			for _, c := range completions {
				if !slices.Contains(group, c) {
					group = append(group, c)
				}
			}
		}
		m = append(m, group)
	}
	return m
}

// only keeps what is among some words; nil when a group has none left, for then nothing matches.
func (m Match) only(known []string) Match {
	out := make(Match, len(m))
	for i, group := range m {
		for _, token := range group {
			if slices.Contains(known, token) {
				out[i] = append(out[i], token)
			}
		}
		if len(out[i]) == 0 {
			return nil
		}
	}
	return out
}

// without is a match whose tokens have lost a prefix.
func (m Match) without(prefix string) Match {
	for _, group := range m {
		for i := range group {
			group[i] = strings.TrimPrefix(group[i], prefix)
		}
	}
	return m
}

// narrow adds to a match what of a filter the index knows: the account, files, and the months
// that the time spans, whole years where it can.
func (f *Filter) narrow(m Match, now time.Time) Match {
	if len(m) == 0 {
		return nil
	}
	if f.Account != 0 {
		m = append(m, []string{inAccount + accountText(f.Account)})
	}
	if f.HasFile {
		m = append(m, []string{withFile})
	}
	if !f.From.IsZero() || !f.To.IsZero() {
		m = append(m, periods(f.From, f.To, now))
	}
	return m
}

func accountText(id channels.AccountID) string { return strconv.FormatInt(int64(id), 10) }

// periods lists the months and years that cover a time. It is a little more than the time;
// whoever asks compares the exact ones.
func periods(from, to, now time.Time) []string {
	if to.IsZero() || to.After(now.AddDate(1, 0, 0)) {
		to = now.AddDate(0, 1, 0)
	}
	if first := time.Date(earliest, 1, 1, 0, 0, 0, 0, time.UTC); from.Before(first) {
		from = first
	}
	from, to = from.UTC(), to.UTC()
	at := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	out := []string{}
	for !at.After(to) {
		if year := at.AddDate(1, 0, 0); at.Month() == time.January && (!year.After(to) || from.Year() == earliest) {
			out, at = append(out, inYear+strconv.Itoa(at.Year())), year
			continue
		}
		out, at = append(out, inMonth+at.Format("200601")), at.AddDate(0, 1, 0)
	}
	if len(out) == 0 { // from lies after to: nothing does
		out = append(out, inMonth+"0")
	}
	return out
}
