package webchat_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/webchat"
	"parley/internal/fault"
)

const id = "0b0c2c2e-8d2b-4c0e-9a43-0f9f6f4ad0a1"

func TestPost(t *testing.T) {
	t.Parallel()
	file := channels.File{ID: 5, Size: webchat.MaxFileBytes}
	for name, c := range map[string]struct {
		post  webchat.Post
		wrong string
	}{
		"text":           {webchat.Post{ClientID: id, Text: "hi"}, ""},
		"longest text":   {webchat.Post{ClientID: id, Text: strings.Repeat("😀", webchat.MaxText)}, ""},
		"files alone":    {webchat.Post{ClientID: id, Files: slices.Repeat([]channels.File{file}, 10)}, ""},
		"nothing":        {webchat.Post{ClientID: id, Text: " \n"}, "text"},
		"too long":       {webchat.Post{ClientID: id, Text: strings.Repeat("a", webchat.MaxText+1)}, "text"},
		"NUL":            {webchat.Post{ClientID: id, Text: "a\x00b"}, "text"},
		"broken UTF-8":   {webchat.Post{ClientID: id, Text: "\xff"}, "text"},
		"too many files": {webchat.Post{ClientID: id, Files: slices.Repeat([]channels.File{file}, 11)}, "attachments"},
		"large file":     {webchat.Post{ClientID: id, Files: []channels.File{file, {Size: webchat.MaxFileBytes + 1}}}, "attachments[1]"},
		"no client id":   {webchat.Post{Text: "hi"}, "client_id"},
		"no UUID":        {webchat.Post{ClientID: strings.ReplaceAll(id, "-", "_"), Text: "hi"}, "client_id"},
		"no hex":         {webchat.Post{ClientID: "g" + id[1:], Text: "hi"}, "client_id"},
		"all wrong":      {webchat.Post{}, "client_id text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := open(t, nil)
			ev, err := a.Event(visitor(t, a), c.post)
			if got := paths(err); got != c.wrong || (err != nil) != (c.wrong != "") {
				t.Fatalf("wrong fields %q (%v), want %q", got, err, c.wrong)
			}
			if err == nil && (ev.Key != id || ev.Message.Text != c.post.Text || len(ev.Message.Files) != len(c.post.Files)) {
				t.Errorf("event = %+v", ev)
			}
		})
	}
}

func TestOneUUIDIsOneKey(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	ev, err := a.Event(visitor(t, a), webchat.Post{ClientID: strings.ToUpper(id), Text: "hi"})
	if err != nil || ev.Key != id {
		t.Errorf("key %q, error %v", ev.Key, err)
	}
}

func TestSourceTravelsWithThePost(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	utm := map[string]string{"utm_source": "mail", "": "x", "utm_term": " \x00"}
	v, err := a.Welcome(webchat.Introduction{Page: "https://shop.ru/tea", Referrer: "https://search.ru", UTM: utm}, now)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := a.Event(v, webchat.Post{ClientID: id, Text: "hi"})
	want := channels.Source{Page: "https://shop.ru/tea", Referrer: "https://search.ru", UTM: map[string]string{"utm_source": "mail"}}
	if err != nil || !reflect.DeepEqual(ev.Source, want) {
		t.Errorf("source = %+v, error %v", ev.Source, err)
	}
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	v := visitor(t, a)
	read, err := a.Receipt(v, 42, channels.Read)
	if err != nil {
		t.Fatal(err)
	}
	if want := (channels.Receipt{MessageID: 42, State: channels.Read, UpTo: true}); *read.Receipt != want || read.Chat != v.ID {
		t.Errorf("receipt = %+v in %q", read.Receipt, read.Chat)
	}
	again, _ := a.Receipt(v, 42, channels.Read)
	delivered, _ := a.Receipt(v, 42, channels.Delivered)
	other, _ := a.Receipt(visitor(t, a), 42, channels.Read)
	if again.Key != read.Key || delivered.Key == read.Key || other.Key == read.Key {
		t.Errorf("keys %q, %q, %q, %q", read.Key, again.Key, delivered.Key, other.Key)
	}
	if _, err := a.Receipt(v, 0, channels.DeliveryFailed); paths(err) != "message_id state" {
		t.Errorf("a visitor reports a failure of nothing: %v", err)
	}
}

// failing is an inbox that stores nothing, or tells nothing.
type failing struct {
	*channeltest.Recorder
	err error
}

func (f failing) Deliver(context.Context, channels.Batch) ([]channels.Outcome, error) {
	return nil, f.err
}

func TestDeliverSaysAgainLater(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk full")
	for _, cause := range []error{broken, nil} {
		_, err := webchat.Deliver(t.Context(), failing{err: cause}, channels.Event{Key: id})
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("cause %v: %v", cause, err)
		}
		if cause != nil && (!errors.Is(err, broken) || strings.Contains(err.Error(), "disk")) {
			t.Errorf("the cause is lost or shown: %v", err)
		}
	}
}

func FuzzPost(f *testing.F) {
	f.Add(id, "hello", "Anna", "anna@example.com", "+7 900", "https://shop.ru", "utm_source", "mail")
	f.Add("", "\xff\x00", strings.Repeat("ж", 300), "@", "+", strings.Repeat("\U0001F600", 200), "", "")
	f.Fuzz(func(t *testing.T, clientID, text, name, email, phone, page, utmKey, utmValue string) {
		a := open(t, nil)
		tokens := webchat.NewTokens(key())
		v, err := a.Welcome(webchat.Introduction{Name: name, Email: email, Phone: phone, Page: page, Referrer: page, UTM: map[string]string{utmKey: utmValue}}, now)
		if err != nil {
			return
		}
		token, err := tokens.Issue(7, v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := tokens.Open(7, token, now)
		if err != nil || !reflect.DeepEqual(back, v) {
			t.Fatalf("%+v came back as %+v, %v", v, back, err)
		}
		ev, err := a.Event(back, webchat.Post{ClientID: clientID, Text: text})
		if err == nil && (len(ev.Key) != 36 || ev.Chat == "" || ev.Sender.Name == "") {
			t.Errorf("event = %+v", ev)
		}
	})
}
