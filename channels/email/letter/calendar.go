package letter

import (
	"io"
	"strings"
	"time"
)

// Event is an invitation to a meeting, its answer or its cancellation (RFC 5545, 5546).
type Event struct {
	Method    string // REQUEST, REPLY, CANCEL, PUBLISH, …; "" when not said
	UID       string
	Summary   string
	Location  string
	Organizer Address
	Attendees []Address // the first 50
	Status    string    // CONFIRMED, TENTATIVE, CANCELLED or ""
	Repeats   bool

	// Start and End are moments where the calendar says in which zone; else (Floating, or a
	// whole day) they are the wall clock's time written as UTC. Zero when not understood.
	Start, End time.Time
	Zone       string // the time zone's name as given, "" for UTC and for none
	AllDay     bool
	Floating   bool
}

// calendar stores an invitation and keeps its summary.
func (w *walk) calendar(r io.Reader, it *part) (*node, error) {
	r, head := keepPrefix(r, w.bounds.Part)
	n, err := w.file(r, it)
	if err != nil {
		return nil, err
	}
	w.letter.Parts[it.index].Bytes = head.kept
	if w.letter.Calendar == nil {
		w.letter.Calendar = readEvent(lines(decodeBytes(head.kept, firstOf(it.params["charset"], "utf-8"))), it.params["method"])
	}
	return n, nil
}

const maxAttendees = 50

// readEvent reads the first event of a calendar; nil when there is none.
func readEvent(text, method string) *Event {
	e := &Event{Method: strings.ToUpper(method)}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\n ", ""), "\n\t", "")
	inside, found := 0, false
	for line := range strings.SplitSeq(text, "\n") {
		name, params, value := property(line)
		switch {
		case name == "METHOD" && e.Method == "":
			e.Method = strings.ToUpper(value)
		case name == "BEGIN" && (inside > 0 || value == "VEVENT" || value == "VTODO"):
			inside++
			found = true
		case name == "END" && inside > 0:
			if inside--; inside == 0 {
				return e
			}
		case inside == 1:
			e.set(name, params, value)
		}
	}
	if !found {
		return nil
	}
	return e
}

func (e *Event) set(name string, params map[string]string, value string) {
	switch name {
	case "UID":
		e.UID = cut(oneLine(value), 500)
	case "SUMMARY":
		e.Summary = cut(oneLine(unescapeCalendar(value)), 1000)
	case "LOCATION":
		e.Location = cut(oneLine(unescapeCalendar(value)), 1000)
	case "STATUS":
		e.Status = strings.ToUpper(cut(oneLine(value), 50))
	case "RRULE":
		e.Repeats = true
	case "ORGANIZER":
		e.Organizer = calendarAddress(params, value)
	case "ATTENDEE":
		if len(e.Attendees) < maxAttendees {
			e.Attendees = append(e.Attendees, calendarAddress(params, value))
		}
	case "DTSTART":
		e.Start = e.moment(params, value)
	case "DTEND":
		e.End = e.moment(params, value)
	}
}

func calendarAddress(params map[string]string, value string) Address {
	if len(value) > 7 && strings.EqualFold(value[:7], "mailto:") {
		value = value[7:]
	}
	return Address{Name: cut(oneLine(params["CN"]), 500), Address: tidyAddress(oneLine(value))}
}

func (e *Event) moment(params map[string]string, value string) time.Time {
	if t, err := time.Parse("20060102", value); err == nil {
		e.AllDay = true
		return t
	}
	if t, err := time.Parse("20060102T150405Z", value); err == nil {
		return t
	}
	t, err := time.Parse("20060102T150405", value)
	if err != nil {
		return time.Time{}
	}
	e.Zone = cut(oneLine(params["TZID"]), 100)
	if zone, err := time.LoadLocation(e.Zone); err == nil && e.Zone != "" && e.Zone != "Local" {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone).UTC()
	}
	e.Floating = true
	return t
}

// text says the essence without words of any language.
func (e *Event) text() string {
	var out []string
	for _, line := range []string{e.Summary, e.when(), e.Location, addressLine([]Address{e.Organizer})} {
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func (e *Event) when() string {
	if e.Start.IsZero() {
		return ""
	}
	layout, suffix := "2006-01-02 15:04", " UTC"
	if e.AllDay {
		layout, suffix = "2006-01-02", ""
	} else if e.Floating {
		suffix = strings.TrimRight(" "+e.Zone, " ")
	}
	when := e.Start.Format(layout)
	if !e.End.IsZero() && !e.AllDay {
		when += " – " + e.End.Format(layout)
	}
	return when + suffix
}

// property takes one unfolded line of a calendar apart; names are in upper case.
func property(line string) (name string, params map[string]string, value string) {
	params = map[string]string{}
	end, inQuotes := -1, false
	for i := 0; i < len(line) && end < 0; i++ {
		switch line[i] {
		case '"':
			inQuotes = !inQuotes
		case ':':
			if !inQuotes {
				end = i
			}
		}
	}
	if end < 0 {
		return "", params, ""
	}
	head, value := line[:end], strings.TrimSpace(line[end+1:])
	name, head, _ = strings.Cut(head, ";")
	for len(head) > 0 && len(params) < 20 {
		var key, val string
		key, head, _ = strings.Cut(head, "=")
		if strings.HasPrefix(head, `"`) {
			val, head, _ = strings.Cut(head[1:], `"`)
			head = strings.TrimPrefix(head, ";")
		} else {
			val, head, _ = strings.Cut(head, ";")
		}
		params[strings.ToUpper(strings.TrimSpace(key))] = val
	}
	return strings.ToUpper(strings.TrimSpace(name)), params, value
}

func unescapeCalendar(s string) string {
	return strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(s)
}
