package vk_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/vk"
	"parley/channels/vk/vktest"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	good := map[string]string{"token": token, "group_id": "224466"}
	callback := map[string]string{"token": token, "group_id": "224466", "mode": "callback", "confirmation": "abc", "secret": secret}
	for name, c := range map[string]struct {
		base   map[string]string
		change map[string]string
		field  string // at fault; "" = none
	}{
		"long poll":            {good, nil, ""},
		"callback":             {callback, nil, ""},
		"blanks around":        {good, map[string]string{"token": " " + token + "\n", "group_id": " 224466 "}, ""},
		"own address":          {good, map[string]string{"base_url": "http://127.0.0.1:8080/method/"}, ""},
		"no token":             {good, map[string]string{"token": ""}, "token"},
		"a token of two words": {good, map[string]string{"token": "a b"}, "token"},
		"a group by name":      {good, map[string]string{"group_id": "club224466"}, "group_id"},
		"a negative group":     {good, map[string]string{"group_id": "-224466"}, "group_id"},
		"an address with key":  {good, map[string]string{"base_url": "https://a.ru/?key=1"}, "base_url"},
		"an address with user": {good, map[string]string{"base_url": "https://u:p@a.ru/"}, "base_url"},
		"no address":           {good, map[string]string{"base_url": "api.vk.com"}, "base_url"},
		"another mode":         {good, map[string]string{"mode": "poll"}, "mode"},
		"no confirmation":      {callback, map[string]string{"confirmation": ""}, "confirmation"},
		"no secret":            {callback, map[string]string{"secret": ""}, "secret"},
		"a secret with blanks": {callback, map[string]string{"secret": "a b"}, "secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := maps.Clone(c.base)
			maps.Copy(values, c.change)
			a, err := (&vk.Driver{}).Open(channels.Account{Kind: channels.KindVK, Config: values}, channels.Env{})
			var bad *channels.ConfigError
			switch {
			case c.field == "" && (err != nil || a == nil):
				t.Errorf("refused: %v", err)
			case c.field != "" && (!errors.As(err, &bad) || bad.Field != c.field):
				t.Errorf("error %v, want one about %s", err, c.field)
			case c.field == "token" && values["token"] != "" && strings.Contains(err.Error(), values["token"]):
				t.Error("the error repeats the token")
			}
		})
	}
}

// TestTest says in words what is wrong with an account before it is connected.
func TestTest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method string
		fault  vktest.Fault
		code   string // "" = nothing is wrong
		field  string
	}{
		"all is well":                {"none", vktest.Fault{}, "", ""},
		"the token is refused":       {"groups.getById", vktest.Refuse(5), vk.CodeToken, "token"},
		"the group is another":       {"groups.getById", vktest.Refuse(100), vk.CodeGroup, "group_id"},
		"long poll is off":           {"groups.getLongPollServer", vktest.Refuse(100), vk.CodeLongPollOff, "mode"},
		"no right to long poll":      {"groups.getLongPollServer", vktest.Refuse(15), vk.CodeRight, "token"},
		"the settings stay unseen":   {"groups.getLongPollSettings", vktest.Refuse(15), "", ""},
		"an answer that is no JSON":  {"groups.getById", vktest.Garble(), vk.CodeUnexpected, ""},
		"an answer that never comes": {"groups.getTokenPermissions", vktest.LoseReply(), vk.CodeUnavailable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "longpoll")
			l.Script(c.method, c.fault)
			err := channels.AsError(l.adapter.(channels.Tester).Test(t.Context()))
			if (err == nil) != (c.code == "") || err != nil && err.Code != c.code {
				t.Fatalf("error %+v, want %q", err, c.code)
			}
			var bad *channels.ConfigError
			if c.field != "" && (!errors.As(err.Err, &bad) || bad.Field != c.field || bad.EN != err.Text || bad.RU == "") {
				t.Errorf("error %+v, want one about %s in both languages", err, c.field)
			}
		})
	}
}

// TestNoSecretLeaves has every way of failing written down, and looks for what must not be in it.
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	for _, f := range []vktest.Fault{
		vktest.Garble(), vktest.Unavailable(), vktest.TooFast(time.Second),
	} {
		l := open(t, "longpoll")
		l.Script("longpoll", f)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		err := channels.AsError(l.adapter.Run(ctx, l.rec))
		cancel()
		if err == nil {
			t.Fatal("Run went on after a poll that failed")
		}
		for _, word := range []string{token, "session-key", "longpoll?", secret} {
			if strings.Contains(err.Error()+err.Text, word) || strings.Contains(l.logs.String(), word) {
				t.Errorf("%q is in %v or in %s", word, err, l.logs)
			}
		}
		if err.Kind != channels.Transient {
			t.Errorf("a poll that failed is %v", err)
		}
	}
}

// TestACommunityIsOne names communities in other words.
func TestACommunityIsOne(t *testing.T) {
	t.Parallel()
	of := func(group, base string) string {
		name, field := (&vk.Driver{}).Singularity(map[string]string{"group_id": group, "base_url": base})
		if field != "group_id" {
			t.Errorf("refused at %q", field)
		}
		return name
	}
	for _, same := range [][2]string{{" 224466 ", ""}, {"0224466", "https://api.vk.com/method"}, {"224466", "https://api.vk.com/method/"}} {
		if of(same[0], same[1]) != of("224466", "") {
			t.Errorf("%q at %q is another community", same[0], same[1])
		}
	}
	if of("224466", "") == of("224467", "") || of("", "") != "" {
		t.Error("communities are not told apart, or none is one")
	}
}
