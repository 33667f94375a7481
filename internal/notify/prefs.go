package notify

import (
	"encoding/json"
	"slices"
	"time"

	"parley/internal/fault"
)

// Kind is what an agent is told of.
type Kind string

// The kinds.
const (
	Assigned   Kind = "assigned"   // a conversation came to them, or is offered to them
	Message    Kind = "message"    // a contact wrote in one of theirs
	Mention    Kind = "mention"    // a colleague named them in a note
	Warning    Kind = "warning"    // a deadline comes near
	Breach     Kind = "breach"     // a deadline was missed
	Escalation Kind = "escalation" // they are the last to turn to
	Followed   Kind = "followed"   // a contact wrote in one that they follow
	// Overdue says that many deadlines were missed at once. Nobody has wishes of its own for it: those for a breach hold.
	Overdue Kind = "overdue"
)

// Kinds are all that people have wishes for, in the order in which people see them.
func Kinds() []Kind { return []Kind{Assigned, Message, Mention, Followed, Warning, Breach, Escalation} }

// Way is how an agent is told.
type Way string

// The ways.
const (
	Badge Way = "badge" // in the title and the icon of open pages
	Sound Way = "sound" // of an open page
	Push  Way = "push"  // to the browsers that they allowed it
	Mail  Way = "mail"  // when they are away
)

// Ways are all of them, from the quietest to the farthest.
func Ways() []Way { return []Way{Badge, Sound, Push, Mail} }

// Prefs are how somebody wants to be told.
type Prefs struct {
	// Ways holds, for each kind, the ways that are on.
	Ways map[Kind][]Way `json:"ways"`
	// Quote says that pushes may hold who wrote, and the beginning of what.
	Quote bool  `json:"quote"`
	Quiet Quiet `json:"quiet"`
}

// Quiet are hours in which nothing sounds, pushes, or mails.
type Quiet struct {
	On   bool   `json:"on"`
	From string `json:"from"` // "22:00" by the clock of Zone
	To   string `json:"to"`   // the first minute that is not quiet; before From it is of the next day
	Zone string `json:"zone"` // such as "Europe/Moscow"
}

// DefaultPrefs are those of who has set nothing: everything is told in every way, but
// nothing quoted.
func DefaultPrefs() Prefs {
	p := Prefs{Ways: map[Kind][]Way{}, Quiet: Quiet{From: "22:00", To: "08:00", Zone: "UTC"}}
	for _, k := range Kinds() {
		p.Ways[k] = Ways()
	}
	return p
}

// ReadPrefs reads what Prefs were stored as; "" are the default. What was not known when
// they were stored is as by default.
func ReadPrefs(stored string) Prefs {
	p := DefaultPrefs()
	if stored == "" {
		return p
	}
	var have Prefs
	if json.Unmarshal([]byte(stored), &have) != nil {
		return p
	}
	for k, ways := range have.Ways {
		p.Ways[k] = ways
	}
	p.Quote, p.Quiet = have.Quote, have.Quiet
	return p
}

// Check refuses what cannot be.
func (p Prefs) Check() error {
	var bad fault.Collector
	for kind, ways := range p.Ways {
		if !slices.Contains(Kinds(), kind) {
			bad.Add("ways", "unknown", fault.T("Такого события нет.", "There is no such event."))
		}
		for _, w := range ways {
			if !slices.Contains(Ways(), w) {
				bad.Add("ways."+string(kind), "unknown", fault.T("Такого способа нет.", "There is no such way."))
			}
		}
	}
	for path, at := range map[string]string{"quiet.from": p.Quiet.From, "quiet.to": p.Quiet.To} {
		if _, err := time.Parse(hourMinute, at); err != nil {
			bad.Add(path, "format", fault.T("Часы и минуты: 22:00.", "Hours and minutes: 22:00."))
		}
	}
	if p.Quiet.On && p.Quiet.From == p.Quiet.To {
		bad.Add("quiet.to", "empty", fault.T("Начало и конец совпадают: тишина не наступит.", "It ends when it begins: it would never be quiet."))
	}
	if _, err := time.LoadLocation(p.Quiet.Zone); err != nil || p.Quiet.Zone == "" || p.Quiet.Zone == "Local" {
		bad.Add("quiet.zone", "unknown", fault.T("Такого часового пояса нет.", "There is no such time zone."))
	}
	return bad.Err()
}

// Wants tells whether a kind is to be told in a way.
func (p Prefs) Wants(k Kind, w Way) bool {
	if k == Overdue {
		k = Breach
	}
	return slices.Contains(p.Ways[k], w)
}

// covers tells whether a kind is told in every way in which another is.
func (p Prefs) covers(k, other Kind) bool {
	return !slices.ContainsFunc(p.Ways[other], func(w Way) bool { return !p.Wants(k, w) })
}

const hourMinute = "15:04"

// Until returns when the quiet hours end in which now lies; zero when it is not quiet.
// By the clock on the wall: a night in which clocks are changed is shorter or longer.
func (q Quiet) Until(now time.Time) time.Time {
	from, badFrom := time.Parse(hourMinute, q.From)
	to, badTo := time.Parse(hourMinute, q.To)
	zone, badZone := time.LoadLocation(q.Zone)
	if !q.On || badFrom != nil || badTo != nil || badZone != nil {
		return time.Time{}
	}
	local := now.In(zone)
	minutes := func(t time.Time) int { return t.Hour()*60 + t.Minute() }
	is, begins, ends := minutes(local), minutes(from), minutes(to)
	day := 0
	switch {
	case begins < ends && (is < begins || is >= ends), begins > ends && is < begins && is >= ends, begins == ends:
		return time.Time{}
	case begins > ends && is >= begins:
		day = 1 // it ends tomorrow
	}
	until := time.Date(local.Year(), local.Month(), local.Day()+day, to.Hour(), to.Minute(), 0, 0, zone).UTC()
	if !until.After(now) { // the minute at which it ends is left out by the clocks of this day
		return time.Time{}
	}
	return until
}
