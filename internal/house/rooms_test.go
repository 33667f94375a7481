package house_test

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// rooms says which rooms a room may import, in the order data flows. A name ending in /* stands for all
// packages below it. A room's own packages may always import what the room may.
//
// Test files may import anything: a test of a low room may run against the real store.
var rooms = []struct {
	room    string
	imports string
}{
	{"channels", ""},
	{"channels/*", "channels internal/origins internal/plaintext"}, // channeltest, fake, and one folder per network
	{"accounts", "channels inbox/actor internal/secret"},
	{"inbox", "channels templates router/rules inbox/* internal/plaintext"},
	{"inbox/actor", ""},
	{"inbox/contact", "inbox/actor"},
	{"inbox/pipeline", "inbox/actor inbox/contact"},
	{"inbox/*", "channels templates router/rules inbox inbox/*"}, // intake and what else decides
	{"router", "channels inbox inbox/* router/* templates/wording"},
	{"router/clocks", "inbox inbox/* router router/rules router/sla"},
	{"router/assign", "inbox inbox/* router router/sla"},
	{"router/alert", "inbox inbox/* router router/assign"},
	{"router/views", "inbox inbox/actor router router/rules"},
	{"router/routertest", "channels accounts inbox inbox/* router router/* internal/auth internal/jobs internal/store"},
	{"router/rules", ""},
	{"router/sla", ""},
	{"bots", "inbox inbox/* templates templates/*"},
	{"templates", ""},
	{"templates/wording", ""},
	{"templates/quickreply", "inbox/actor templates/wording"},
	{"mailings", "inbox inbox/* templates templates/* router/rules"},
	{"web", publicRooms + ownSides + "internal/auth internal/live internal/blob internal/config internal/notify internal/telemetry web/*"},
	{"web/app", ""},    // the agents' page, built and embedded
	{"web/widget", ""}, // the visitors' chat, built and embedded
	{"web/*", publicRooms + ownSides + "internal/auth internal/live internal/blob internal/config internal/notify internal/telemetry web web/*"},
	{"cmd/parley", "channels internal/app internal/auth internal/config internal/load internal/telemetry"},

	{"internal/app", everything},
	{"internal/store", publicRooms + "internal/auth internal/blob internal/jobs internal/outbox internal/live internal/cluster internal/notify internal/secret internal/load internal/store/*"},
	{"internal/store/*", publicRooms + "internal/auth internal/blob internal/jobs internal/outbox internal/live internal/cluster internal/notify internal/secret internal/load internal/store internal/store/* internal/testenv"},
	{"internal/outbox", "channels"},
	{"internal/jobs", ""},
	{"internal/cluster", "channels"},
	{"internal/live", ""},
	{"internal/notify", "internal/notify/*"},
	{"internal/notify/*", ""}, // how push services are spoken to
	{"internal/blob", ""},
	{"internal/egress", ""},
	{"internal/secret", ""},
	{"internal/auth", "internal/secret"},
	{"internal/auth/*", "internal/secret internal/auth"},
	{"internal/config", "internal/secret"},
	{"internal/telemetry", ""},
	{"internal/fault", "internal/arabic"},
	{"internal/arabic", ""}, // sentences in a third language, by the English ones
	{"internal/origins", ""},
	{"internal/plaintext", ""},
	{"internal/house", ""},
	{"internal/testenv", ""},
	{"internal/testenv/*", "internal/testenv"},
	{"internal/load", publicRooms + "internal/auth internal/blob internal/secret"},
	{"bench", ""}, // instruments: their tests look at the program from outside
	{"faults", ""},
	{"e2e", ""},
	{"examples/*", ""}, // what others would write: they see the program from outside
}

const (
	everything  = "*"
	publicRooms = "channels accounts inbox inbox/* router router/* bots templates templates/* mailings "

	// webchat and form are the adapters whose far side is our own HTTP, which stands in web.
	ownSides = "channels/webchat channels/form "

	// everyRoom may be imported by all: it is how the house says no.
	everyRoom = "internal/fault"
)

// neverAdapters are the rooms below channels that are not a network's adapter; every other one is
// listed by hand in internal/app and imported nowhere else unless a line above names it.
var neverAdapters = []string{"channels/channeltest", "channels/fake"}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		allowed, ok := allowedImports(p.dir)
		if !ok {
			t.Errorf("%s is in no line of the table of rooms: say what it may import", p.dir)
			continue
		}
		for _, file := range p.sources {
			for _, imported := range file.imports {
				room, ours := strings.CutPrefix(imported, module+"/")
				if ours && !mayImport(p.dir, allowed, room) {
					t.Errorf("%s imports %s; %s may import: %s", file.path, room, p.dir, orNothing(allowed))
				}
			}
		}
	}
}

func TestTableOfRooms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"inbox", "channels", true},
		{"inbox", "inbox/contact", true},
		{"inbox", "internal/store", false},
		{"inbox/contact", "inbox", false},
		{"channels/email", "channels", true},
		{"channels/email", "channels/email/imap", true},
		{"channels/email/imap", "channels/email", true},
		{"channels/email", "channels/sms", false},
		{"web", "internal/store", false},
		{"web", "channels/email", false},
		{"web/chat", "channels/webchat", true},
		{"inbox", "channels/webchat", false},
		{"web/api", "internal/auth", true},
		{"internal/app", "channels/email", true},
		{"internal/store/storetest", "internal/store", true},
		{"cmd/parley", "internal/store", false},
		{"templates", "internal/fault", true},
	} {
		allowed, ok := allowedImports(c.from)
		if got := ok && mayImport(c.from, allowed, c.to); got != c.want {
			t.Errorf("may %s import %s: %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

// allowedImports finds the most exact line for a package: its own, else the one for all packages below
// a folder it is in.
func allowedImports(dir string) (string, bool) {
	if imports, ok := line(dir); ok {
		return imports, true
	}
	for above := path.Dir(dir); above != "."; above = path.Dir(above) {
		if imports, ok := line(above + "/*"); ok {
			return imports, true
		}
	}
	return "", false
}

func line(room string) (string, bool) {
	for _, r := range rooms {
		if r.room == room {
			return r.imports, true
		}
	}
	return "", false
}

func mayImport(from, allowed, room string) bool {
	switch {
	case room == everyRoom || allowed == everything || sameRoom(from, room):
		return true
	case isAdapter(room):
		return slices.Contains(strings.Fields(allowed), room)
	}
	return slices.ContainsFunc(strings.Fields(allowed), func(name string) bool {
		below, all := strings.CutSuffix(name, "/*")
		return name == room || all && strings.HasPrefix(room, below+"/")
	})
}

// sameRoom reports whether both are packages of one network's adapter, which it may divide as it likes.
func sameRoom(from, room string) bool {
	a, b := strings.Split(from, "/"), strings.Split(room, "/")
	return a[0] == "channels" && len(a) > 1 && len(b) > 1 && a[0] == b[0] && a[1] == b[1]
}

func isAdapter(room string) bool {
	return strings.HasPrefix(room, "channels/") && !slices.Contains(neverAdapters, room)
}

func orNothing(allowed string) string {
	if allowed == "" {
		return "no room"
	}
	return allowed
}
