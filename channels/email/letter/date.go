package letter

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
)

// date finds when a mail was written: its Date, else when the last server received it.
func (h *Header) date() time.Time {
	if t, ok := parseDate(h.decode(h.rawFirst("Date"))); ok {
		return t
	}
	for _, name := range []string{"Received", "Delivery-Date", "Resent-Date"} {
		for _, raw := range h.all(name) {
			if i := strings.LastIndexByte(raw, ';'); i >= 0 {
				raw = raw[i+1:]
			}
			if t, ok := parseDate(raw); ok {
				return t
			}
		}
	}
	return time.Time{}
}

func (h *Header) rawFirst(name string) string {
	raw, _ := h.first(name)
	return raw
}

// parseDate reads a date however a mailer wrote it. Dates that no mail can have count
// as none.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return time.Time{}, false
	}
	t, err := mail.ParseDate(s)
	if err != nil {
		var ok bool
		if t, ok = looseDate(s); !ok {
			return time.Time{}, false
		}
	}
	if name, offset := t.Zone(); offset == 0 {
		t = t.Add(-time.Duration(zones[name]) * time.Hour) // package time does not know what names mean
	}
	t = t.UTC()
	if t.Year() < 1971 || t.Year() > 2200 {
		return time.Time{}, false
	}
	return t, true
}

// zones are the names that mailers really send; a zone that is not here counts as UTC.
var zones = map[string]int{
	"GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "WET": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "BST": 1, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8,
}

var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// looseDate collects what it recognises among the words: a month's name, a time, a year,
// a day, a zone.
func looseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02", "02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	var d looseParts
	d.day, d.year = -1, -1
	for _, word := range strings.FieldsFunc(comments(s), func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
		d.take(word)
	}
	if d.month == 0 || d.day < 1 || d.day > 31 || d.year < 0 {
		return time.Time{}, false
	}
	return time.Date(d.year, d.month, d.day, d.hour, d.minute, d.second, 0, time.UTC).Add(-d.offset), true
}

type looseParts struct {
	year, day            int
	month                time.Month
	hour, minute, second int
	offset               time.Duration
}

func (d *looseParts) take(word string) {
	if month, ok := months[strings.ToLower(word[:min(3, len(word))])]; ok && d.month == 0 && word[0] > '9' {
		d.month = month
		return
	}
	if strings.Count(word, "-") == 2 && word[0] != '-' { // 12-Jan-2005
		for part := range strings.SplitSeq(word, "-") {
			if part != "" {
				d.take(part)
			}
		}
		return
	}
	if h, rest, ok := strings.Cut(word, ":"); ok {
		m, sec, _ := strings.Cut(rest, ":")
		if i := strings.IndexAny(sec, ".+-"); i >= 0 {
			sec = sec[:i]
		}
		d.hour, d.minute, d.second = number(h, 23), number(m, 59), number(sec, 60)
		return
	}
	if word[0] == '+' || word[0] == '-' {
		digits := strings.ReplaceAll(word[1:], ":", "")
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 && n <= 1500 {
			d.offset = time.Duration(n/100)*time.Hour + time.Duration(n%100)*time.Minute
			if word[0] == '-' {
				d.offset = -d.offset
			}
		}
		return
	}
	if hours, ok := zones[strings.ToUpper(word)]; ok {
		d.offset = time.Duration(hours) * time.Hour
		return
	}
	switch n, err := strconv.Atoi(word); {
	case err != nil || n < 0:
	case d.day < 0 && n <= 31 && len(word) <= 2:
		d.day = n
	case d.year < 0 && len(word) == 4:
		d.year = n
	case d.year < 0 && len(word) == 3: // 19100 + n, as old mailers counted
		d.year = 1900 + n
	case d.year < 0 && len(word) == 2 && n < 70:
		d.year = 2000 + n
	case d.year < 0 && len(word) == 2:
		d.year = 1900 + n
	}
}

func number(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}
