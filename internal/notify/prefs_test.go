package notify_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // zones, whatever machine this is

	"parley/internal/fault"
	"parley/internal/notify"
)

func TestQuietHours(t *testing.T) {
	t.Parallel()
	night := notify.Quiet{On: true, From: "22:00", To: "08:00", Zone: "Europe/Moscow"} // three hours ahead of UTC
	berlin := notify.Quiet{On: true, From: "22:00", To: "03:30", Zone: "Europe/Berlin"}
	for _, c := range []struct {
		name       string
		quiet      notify.Quiet
		now, until string // "" is not quiet
	}{
		{"by day", night, "2026-11-22T12:00:00Z", ""},
		{"a minute before", night, "2026-11-22T18:59:59Z", ""},
		{"it begins", night, "2026-11-22T19:00:00Z", "2026-11-23T05:00:00Z"},
		{"after midnight", night, "2026-11-22T23:30:00Z", "2026-11-23T05:00:00Z"},
		{"its last minute", night, "2026-11-23T04:59:59Z", "2026-11-23T05:00:00Z"},
		{"it has ended", night, "2026-11-23T05:00:00Z", ""},
		{"over the new year", night, "2026-12-31T20:00:00Z", "2027-01-01T05:00:00Z"},
		{"within a day", notify.Quiet{On: true, From: "13:00", To: "14:00", Zone: "UTC"}, "2026-11-22T13:59:00Z", "2026-11-22T14:00:00Z"},
		{"before, within a day", notify.Quiet{On: true, From: "13:00", To: "14:00", Zone: "UTC"}, "2026-11-22T12:59:00Z", ""},
		{"clocks go back", berlin, "2026-10-24T20:00:00Z", "2026-10-25T02:30:00Z"},
		{"clocks go forward", berlin, "2026-03-28T21:00:00Z", "2026-03-29T01:30:00Z"},
		{"off", notify.Quiet{From: "22:00", To: "08:00", Zone: "UTC"}, "2026-11-22T23:00:00Z", ""},
		{"of no zone", notify.Quiet{On: true, From: "22:00", To: "08:00", Zone: "Nowhere/At_all"}, "2026-11-22T23:00:00Z", ""},
		{"of no hours", notify.Quiet{On: true, From: "late", To: "08:00", Zone: "UTC"}, "2026-11-22T23:00:00Z", ""},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if until := c.quiet.Until(now); !until.IsZero() {
			got = until.Format(time.RFC3339)
		}
		if got != c.until {
			t.Errorf("%s: until %q, want %q", c.name, got, c.until)
		}
	}
}

func TestPrefsAreChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*notify.Prefs)
		path   string // "" is right
	}{
		"the default":     {func(*notify.Prefs) {}, ""},
		"nothing at all":  {func(p *notify.Prefs) { p.Ways = nil }, ""},
		"unknown kind":    {func(p *notify.Prefs) { p.Ways["rain"] = nil }, "ways"},
		"unknown way":     {func(p *notify.Prefs) { p.Ways[notify.Breach] = []notify.Way{"pigeon"} }, "ways.breach"},
		"no hour":         {func(p *notify.Prefs) { p.Quiet.From = "25:00" }, "quiet.from"},
		"never quiet":     {func(p *notify.Prefs) { p.Quiet.On, p.Quiet.To = true, p.Quiet.From }, "quiet.to"},
		"unknown zone":    {func(p *notify.Prefs) { p.Quiet.Zone = "Mars/Olympus" }, "quiet.zone"},
		"the machine's":   {func(p *notify.Prefs) { p.Quiet.Zone = "Local" }, "quiet.zone"},
		"no zone":         {func(p *notify.Prefs) { p.Quiet.Zone = "" }, "quiet.zone"},
		"quiet all night": {func(p *notify.Prefs) { p.Quiet.On = true }, ""},
	} {
		p := notify.DefaultPrefs()
		c.change(&p)
		got := ""
		if f, ok := fault.As(p.Check()); ok {
			got = f.Fields[0].Path
		}
		if got != c.path {
			t.Errorf("%s: refused %q, want %q", name, got, c.path)
		}
	}
}

func TestPrefsAreRead(t *testing.T) {
	t.Parallel()
	p := notify.DefaultPrefs()
	p.Ways[notify.Message], p.Quote, p.Quiet.On = []notify.Way{notify.Badge}, true, true
	stored, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	back := notify.ReadPrefs(string(stored))
	if back.Wants(notify.Message, notify.Mail) || !back.Wants(notify.Message, notify.Badge) || !back.Quote || !back.Quiet.On {
		t.Errorf("%+v", back)
	}
	for _, odd := range []string{"", "{", "[]", `{"ways":{"message":["badge"]}}`} {
		if p := notify.ReadPrefs(odd); !p.Wants(notify.Breach, notify.Push) {
			t.Errorf("%q: what is not said is not as by default", odd)
		}
	}
}

func FuzzReadPrefs(f *testing.F) {
	f.Add("", int64(0))
	f.Add(`{"ways":{"message":["badge"]},"quiet":{"on":true,"from":"22:00","to":"08:00","zone":"Europe/Moscow"}}`, int64(1763800000))
	f.Fuzz(func(t *testing.T, stored string, at int64) {
		p := notify.ReadPrefs(stored)
		now := time.Unix(at%(1<<33), 0)
		if until := p.Quiet.Until(now); !until.IsZero() && (until.Before(now) || until.Sub(now) > 26*time.Hour) {
			t.Errorf("quiet from %s until %s", now, until)
		}
	})
}
