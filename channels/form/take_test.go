package form_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/form"
	"parley/internal/fault"
)

// open returns a form whose clock the test holds.
func open(t *testing.T, config map[string]string, now *time.Time) *form.Account {
	t.Helper()
	if now == nil {
		at := time.Date(2026, 11, 22, 12, 3, 0, 0, time.UTC)
		now = &at
	}
	a, err := new(form.Driver).Open(channels.Account{ID: 3, Kind: channels.KindForm, Name: "Contact us", Config: config},
		channels.Env{Now: func() time.Time { return *now }, Files: &channeltest.Files{}})
	if err != nil {
		t.Fatal(err)
	}
	return a.(*form.Account)
}

// filled makes a submission of "name", "value" pairs.
func filled(pairs ...string) form.Submission {
	var s form.Submission
	for i := 0; i < len(pairs); i += 2 {
		s.Fields = append(s.Fields, form.Field{Name: pairs[i], Value: pairs[i+1]})
	}
	return s
}

// take submits to an inbox of its own and returns what came in.
func take(t *testing.T, a *form.Account, s form.Submission) (channels.Event, error) {
	t.Helper()
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	_, err := a.Take(t.Context(), rec, s)
	if faults := rec.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	if events := rec.Events(); len(events) == 1 {
		return events[0], err
	}
	return channels.Event{}, err
}

func TestSubmissionBecomesAnEvent(t *testing.T) {
	t.Parallel()
	a := open(t, map[string]string{"title": "Заявка"}, nil)
	s := filled("Имя", "Анна", "E-mail", "Anna@Shop.RU", "Телефон", "8 (900) 123-45-67", "Вопрос", "Где мой заказ?\nЖду.", "Номер заказа", "77", "пусто", " ",
		"utm_source", "ya", "UTM_Campaign", "осень", "page", "https://shop.ru/cart", "submission_id", "s-1")
	s.Referrer = "https://ya.ru/"
	s.Files = []form.Upload{{Field: "file", Name: "a.txt", Type: "text/plain", Content: []byte("hello")}}
	ev, err := take(t, a, s)
	if err != nil {
		t.Fatal(err)
	}
	const text = "Где мой заказ?\nЖду.\n\nИмя: Анна\nПочта: Anna@Shop.RU\nТелефон: 8 (900) 123-45-67\nНомер заказа: 77\nСтраница: https://shop.ru/cart"
	if ev.Message.Text != text || ev.Subject != "Заявка" || ev.Key != "id:s-1" || len(ev.Message.Files) != 1 || ev.Message.Files[0].Size != 5 {
		t.Errorf("%q %+v", ev.Message.Text, ev)
	}
	if s := ev.Sender; s.Scope != "account:3" || s.Address != ev.Chat || s.Name != "Анна" || len(s.Extra) != 2 ||
		s.Extra[0] != (channels.Address{Scope: "email", Address: "anna@shop.ru"}) || s.Extra[1] != (channels.Address{Scope: "phone", Address: "+79001234567"}) {
		t.Errorf("%+v", s)
	}
	if src := ev.Source; src.Page != "https://shop.ru/cart" || src.Referrer != "https://ya.ru/" || len(src.UTM) != 2 || src.UTM["utm_campaign"] != "осень" {
		t.Errorf("%+v", src)
	}
}

func TestEverybodyIsSomebodyNew(t *testing.T) {
	t.Parallel()
	a := open(t, nil, nil)
	first, _ := take(t, a, filled("email", "anna@shop.ru", "phone", "+79001234567", "submission_id", "1"))
	second, _ := take(t, a, filled("email", "anna@shop.ru", "phone", "+79001234567", "submission_id", "2"))
	if first.Sender.Address == second.Sender.Address || first.Chat == second.Chat || first.Sender.Extra[0].Verified {
		t.Errorf("%+v %+v", first.Sender, second.Sender)
	}
}

func TestPressingTwiceIsWritingOnce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 9, 0, 0, time.UTC)
	a := open(t, nil, &now)
	keyAfter := func(d time.Duration, s form.Submission) channels.EventKey {
		now = now.Add(d)
		ev, err := take(t, a, s)
		if err != nil {
			t.Fatal(err)
		}
		return ev.Key
	}
	same := filled("phone", "+79001234567", "message", "hi")
	first := keyAfter(0, same)
	for name, c := range map[string]struct {
		got  channels.EventKey
		same bool
	}{
		"at once":                 {keyAfter(0, same), true},
		"past the clock's border": {keyAfter(9*time.Minute, same), true},
		"other words":             {keyAfter(0, filled("phone", "+79001234567", "message", "ho")), false},
		"other fields":            {keyAfter(0, filled("phone", "+7900123456", "message", "7hi")), false},
		"with an id":              {keyAfter(0, filled("phone", "+79001234567", "message", "hi", "submission_id", "x")), false},
		"ten minutes later":       {keyAfter(time.Minute, same), false},
	} {
		if (c.got == first) != c.same {
			t.Errorf("%s: %s after %s", name, c.got, first)
		}
	}
	other := open(t, nil, &now) // as another node, or after a restart
	if one, two := keyAfter(0, same), func() channels.EventKey { ev, _ := take(t, other, same); return ev.Key }(); one != two {
		t.Errorf("%s and %s", one, two)
	}
}

func TestTheTrapIsAnsweredAndLeavesItsLine(t *testing.T) {
	t.Parallel()
	ev, err := take(t, open(t, map[string]string{"fields": "phone*"}, nil), filled("website", "http://spam", "message", "buy"))
	if err != nil || !ev.Ignored || ev.Message != nil || len(ev.Raw) == 0 {
		t.Errorf("%+v %v", ev, err)
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	t.Parallel()
	a := open(t, map[string]string{"fields": "name*,phone*,Номер заказа*"}, nil)
	good := []string{"fio", "Anna", "tel", "+79001234567", "номер заказа", "7"}
	long := make([]byte, 20_001)
	for i := range long {
		long[i] = 'x'
	}
	many := filled(good...)
	for i := range form.MaxFields {
		many.Fields = append(many.Fields, form.Field{Name: fmt.Sprint("f", i), Value: "x"})
	}
	large := filled(good...)
	large.Files = []form.Upload{{Field: "photo", Content: make([]byte, form.MaxFileBytes+1)}}
	for name, c := range map[string]struct {
		s     form.Submission
		field string
		code  string
	}{
		"all is well":   {filled(good...), "", ""},
		"no phone":      {filled("name", "Anna", "Номер заказа", "7"), "phone", "required"},
		"a blank":       {filled("name", " ", "tel", "+79001234567", "Номер заказа", "7"), "name", "required"},
		"no such mail":  {filled(append(slices.Clone(good), "Email", "anna")...), "Email", "malformed"},
		"no such phone": {filled("name", "A", "tel", "call me", "Номер заказа", "7"), "tel", "malformed"},
		"too long":      {filled(append(slices.Clone(good), "x", string(long))...), "x", "too_long"},
		"no name":       {filled(append(slices.Clone(good), "", "x")...), "", "malformed"},
		"many fields":   {many, "", "too_many"},
		"a large file":  {large, "photo", "too_large"},
	} {
		_, err := take(t, a, c.s)
		f, _ := fault.As(err)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.code == "":
		case f == nil || len(f.Fields) != 1 || f.Fields[0].Path != c.field || f.Fields[0].Code != c.code || f.Fields[0].Text.RU == "":
			t.Errorf("%s: %+v", name, err)
		}
	}
	if _, err := take(t, open(t, nil, nil), filled("phone", "", "utm_source", "x")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty form: %v", err)
	}
}

func TestWhatIsNotStoredIsNotTaken(t *testing.T) {
	t.Parallel()
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	rec.Next(channeltest.Refuse)
	_, err := open(t, nil, nil).Take(t.Context(), rec, filled("phone", "+79001234567"))
	if fault.KindOf(err) != fault.Unavailable || !errors.Is(err, channeltest.ErrRefused) {
		t.Errorf("%v", err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ field, value string }{
		"no fields": {"fields", ","}, "twice": {"fields", "name,Name*"}, "the trap": {"fields", "website"}, "utm": {"fields", "utm_source"},
		"redirect": {"redirect_url", "javascript:alert(1)"}, "sites": {"sites", "shop.ru; script-src *"}, "region": {"region", "Russia"},
	} {
		_, err := new(form.Driver).Open(channels.Account{Config: map[string]string{c.field: c.value}}, channels.Env{})
		var bad *channels.ConfigError
		if !errors.As(err, &bad) || bad.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTake(f *testing.F) {
	f.Add("phone", "+7 900", "website", "")
	f.Add("email", "a@b.c", "submission_id", "\x00")
	f.Add("utm_\xff", "x", "", "y")
	f.Fuzz(func(t *testing.T, n1, v1, n2, v2 string) {
		a := open(t, nil, nil)
		first, err1 := take(t, a, filled(n1, v1, n2, v2))
		second, err2 := take(t, a, filled(n1, v1, n2, v2))
		if (err1 == nil) != (err2 == nil) || first.Key != second.Key {
			t.Errorf("%v %q, then %v %q", err1, first.Key, err2, second.Key)
		}
	})
}
