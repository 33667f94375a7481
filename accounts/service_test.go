package accounts_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/accounts"
	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/secret"
)

// wrongFields returns what a fault complains of, as "path:code …".
func wrongFields(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	var list []string
	for _, x := range f.Fields {
		if x.Text.RU == "" || x.Text.EN == "" {
			return "a complaint about " + x.Path + " lacks words"
		}
		list = append(list, x.Path+":"+x.Code)
	}
	return strings.Join(list, " ")
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	with := func(name string, value any) accounts.Draft {
		config := valid()
		config[name] = value
		return accounts.Draft{Kind: kindTest, Name: "mail", Config: config}
	}
	for name, c := range map[string]struct {
		draft accounts.Draft
		want  string
	}{
		"fine":                {with("port", float64(143)), ""},
		"list as text":        {with("boxes", "a, b"), ""},
		"empty list":          {with("languages", []any{}), ""},
		"unknown kind":        {accounts.Draft{Kind: "fax", Name: "fax"}, "kind:unknown"},
		"nothing":             {accounts.Draft{Kind: kindTest}, "name:required config.host:required config.password:required"},
		"long name":           {accounts.Draft{Kind: kindTest, Name: strings.Repeat("ж", 101), Config: valid()}, "name:too_long"},
		"NUL in name":         {accounts.Draft{Kind: kindTest, Name: "a\x00", Config: valid()}, "name:malformed"},
		"no such team":        {accounts.Draft{Kind: kindTest, Name: "mail", Config: valid(), TeamID: 6}, "team_id:unknown"},
		"unknown field":       {with("hots", "x"), "config.hots:unknown"},
		"null":                {with("host", nil), "config.host:required"},
		"blank":               {with("host", "  "), "config.host:required"},
		"text as number":      {with("port", "143"), "config.port:type"},
		"number as text":      {with("host", 7), "config.host:type"},
		"text as bool":        {with("tls", "yes"), "config.tls:type"},
		"no option":           {with("mode", "fetch"), "config.mode:unknown_option"},
		"of another mode":     {with("push_port", "of call"), ""},
		"missing in the mode": {with("mode", "push"), "config.push_key:required"},
		"no colour":           {with("color", "red"), "config.color:malformed"},
		"no list":             {with("boxes", map[string]any{}), "config.boxes:type"},
		"list of lists":       {with("boxes", []any{[]any{"a"}}), "config.boxes:type"},
		"comma in list":       {with("boxes", []any{"a,b"}), "config.boxes:type"},
		"no option of a list": {with("languages", []any{"ru", "xx"}), "config.languages:unknown_option"},
		"secret as list":      {with("password", []any{}), "config.password:type"},
		"NUL":                 {with("host", "a\x00b"), "config.host:malformed"},
		"too long":            {with("host", strings.Repeat("a", 20_000)), "config.host:too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			h := newHouse(m, newPuppet())
			_, err := h.Create(t.Context(), admin(), c.draft)
			if got := wrongFields(err); got != c.want || (err != nil) != (c.want != "") {
				t.Errorf("complaints %q (%v), want %q", got, err, c.want)
			}
			if stored := len(m.rows); (stored == 1) != (c.want == "") {
				t.Errorf("%d rows are stored", stored)
			}
		})
	}
}

// TestWhatDoesNotApplyIsNotKept changes the mode of an account to and fro.
func TestWhatDoesNotApplyIsNotKept(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	h := newHouse(newMemory(), p)
	id := h.connect(t, "mail")
	patch := func(config map[string]any) (accounts.Account, error) {
		return h.Patch(t.Context(), admin(), id, accounts.Patch{Config: config})
	}
	a, err := patch(map[string]any{"mode": "push", "push_key": "key-of-pushes", "push_port": float64(99)})
	if err != nil || a.Config["push_port"] != float64(99) || !slices.Contains(a.Secrets, "push_key") {
		t.Fatalf("of the mode: %+v %v", a, err)
	}
	a, err = patch(map[string]any{"mode": "poll", "push_key": "another", "push_port": "rubbish"})
	if _, shown := a.Config["push_port"]; err != nil || shown || slices.Contains(a.Secrets, "push_key") {
		t.Errorf("of another mode: %+v %v", a, err)
	}
	last := p.configs[len(p.configs)-1]
	if last["push_key"] != "" || last["push_port"] != "" {
		t.Errorf("the driver is given %v", last)
	}
	if _, err := patch(map[string]any{"mode": "push"}); wrongFields(err) != "config.push_key:required" {
		t.Errorf("back again the key is still there: %v", err)
	}
}

func TestDriverHasTheLastWord(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	p.open = func(a channels.Account) error {
		if a.Config["host"] == "localhost" {
			return &channels.ConfigError{Field: "host", RU: "Не этот.", EN: "Not this one."}
		}
		return nil
	}
	h := newHouse(newMemory(), p)
	config := valid()
	config["host"] = "localhost"
	_, err := h.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: "mail", Config: config})
	if got := wrongFields(err); got != "config.host:invalid" {
		t.Errorf("complaints %q (%v)", got, err)
	}
	id := h.connect(t, "mail")
	if _, err := h.Patch(t.Context(), admin(), id, accounts.Patch{Config: map[string]any{"host": "localhost"}}); wrongFields(err) != "config.host:invalid" {
		t.Errorf("patched with %v", err)
	}
	if a, _ := h.Get(t.Context(), admin(), id); a.Config["host"] != "mail.example" || a.Version != 1 {
		t.Errorf("a refused patch left %+v", a)
	}
}

func TestValuesReachTheDriver(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	h := newHouse(newMemory(), p)
	config := valid()
	maps.Copy(config, map[string]any{"port": 1143, "tls": false, "boxes": []any{"a ", "b", "a"}, "extra": ""})
	a, err := h.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: " mail ", Config: config, TeamID: 5})
	if err != nil {
		t.Fatal(err)
	}
	wantShown := map[string]any{
		"host": "mail.example", "port": float64(1143), "tls": false, "mode": "poll", "boxes": []string{"a", "b"}, "languages": []string{"ru", "en"},
	}
	if !reflect.DeepEqual(a.Config, wantShown) || a.Name != "mail" || a.TeamID != 5 || !slices.Equal(a.Secrets, []string{"password"}) {
		t.Errorf("shown as %+v", a)
	}
	want := map[string]string{
		"host": "mail.example", "password": password, "port": "1143", "tls": "false", "mode": "poll", "boxes": "a,b", "languages": "ru,en",
	}
	if got := p.lastConfig(); !maps.Equal(got, want) {
		t.Errorf("the driver was given %v, want %v", got, want)
	}
}

func TestSecretsAreKeptUnlessChanged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		patch map[string]any
		want  string // password; extra
		err   string
	}{
		"omitted":     {map[string]any{"port": float64(1)}, password + ";more", ""},
		"empty":       {map[string]any{"password": "", "extra": ""}, password + ";more", ""},
		"masked":      {map[string]any{"password": secret.Mask}, password + ";more", ""},
		"changed":     {map[string]any{"password": "new one"}, "new one;more", ""},
		"cleared":     {map[string]any{"extra": nil}, password + ";", ""},
		"required":    {map[string]any{"password": nil}, password + ";more", "config.password:required"},
		"no such one": {map[string]any{"pass": nil}, password + ";more", "config.pass:unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPuppet()
			h := newHouse(newMemory(), p)
			config := valid()
			config["extra"] = "more"
			a, err := h.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: "mail", Config: config})
			if err != nil {
				t.Fatal(err)
			}
			_, err = h.Patch(t.Context(), admin(), a.ID, accounts.Patch{Config: c.patch})
			if got := wrongFields(err); got != c.err || (err != nil) != (c.err != "") {
				t.Fatalf("complaints %q (%v), want %q", got, err, c.err)
			}
			if _, err := h.Test(t.Context(), admin(), a.ID); err != nil { // opens what is stored
				t.Fatal(err)
			}
			if got := p.lastConfig()["password"] + ";" + p.lastConfig()["extra"]; got != c.want {
				t.Errorf("secrets are %q, want %q", got, c.want)
			}
		})
	}
}

func TestSecretsNeverShow(t *testing.T) {
	t.Parallel()
	m := newMemory()
	h := newHouse(m, newPuppet())
	id := h.connect(t, "mail")
	a, err := h.Get(t.Context(), admin(), id)
	if err != nil {
		t.Fatal(err)
	}
	row := m.rows[id]
	hook := a.HookPath.Reveal()
	for what, text := range map[string]string{"the account": fmt.Sprintf("%+v", a), "the row": fmt.Sprintf("%+v %s", row, row.SealedSecrets)} {
		if strings.Contains(text, password) || strings.Contains(text, hook) {
			t.Errorf("%s shows a secret: %s", what, text)
		}
	}
	if !strings.HasPrefix(hook, fmt.Sprintf("/hooks/%d/", id)) {
		t.Errorf("the webhook's path is %q", hook)
	}
	// Sealed values open in their own row alone.
	other := h.connect(t, "other")
	stolen := m.rows[other]
	stolen.SealedSecrets = row.SealedSecrets
	m.rows[other] = stolen
	if _, err := h.Test(t.Context(), admin(), other); !errors.Is(err, secret.ErrForged) {
		t.Errorf("another row's secrets open with %v", err)
	}
}

func TestViewersSeeTheirChannels(t *testing.T) {
	t.Parallel()
	h := newHouse(newMemory(), newPuppet())
	mine, other := h.connect(t, "mine"), h.connect(t, "other")
	bound := actor.Viewer{AgentID: 2, Scope: actor.Team, Accounts: []int64{int64(mine)}}
	list, err := h.List(t.Context(), bound)
	if err != nil || len(list) != 1 || list[0].ID != mine {
		t.Errorf("sees %+v, %v", list, err)
	}
	if _, err := h.Get(t.Context(), bound, other); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("get: %v", err)
	}
	if _, err := h.Pause(t.Context(), bound, other); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("pause: %v", err)
	}
	if err := h.Delete(t.Context(), bound, other, true); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("delete: %v", err)
	}
	if list, _ := h.List(t.Context(), actor.Viewer{}); len(list) != 0 {
		t.Error("nobody sees something")
	}
}

func TestTry(t *testing.T) {
	t.Parallel()
	p := newPuppet()
	h := newHouse(newMemory(), p)
	id := h.connect(t, "mail")
	for name, c := range map[string]struct {
		test func() error
		want accounts.TestResult
	}{
		"fine": {nil, accounts.TestResult{OK: true}},
		"refused": {func() error {
			return &channels.Error{Kind: channels.AuthFailed, Code: "denied", Text: "not " + password}
		}, accounts.TestResult{Problem: accounts.Problem{Code: "denied", Text: "not " + secret.Mask}}},
		"panics": {func() error { panic(password) }, accounts.TestResult{Problem: accounts.Problem{Code: "panic", Text: "the channel's program failed"}}},
	} {
		p.test = c.test
		if got, err := h.Test(t.Context(), admin(), id); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
	if _, err := h.Test(t.Context(), admin(), 999); !errors.Is(err, accounts.ErrNotFound) {
		t.Errorf("an account that is not there: %v", err)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	kinds := newHouse(newMemory(), newPuppet()).Kinds()
	if len(kinds) != 1 || kinds[0].Kind != kindTest || kinds[0].Title.RU != "Проба" || len(kinds[0].Fields) != 11 {
		t.Errorf("kinds = %+v", kinds)
	}
}
