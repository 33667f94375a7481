package phone_test

import (
	"testing"

	"parley/channels"
	"parley/channels/sms/phone"
)

func TestE164(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, region, want string }{
		{"+79001234567", "RU", "+79001234567"}, {"79001234567", "RU", "+79001234567"}, {"8 (900) 123-45-67", "RU", "+79001234567"}, {"89001234567", "RU", "+79001234567"},
		{"9001234567", "RU", "+79001234567"}, {"+15551234567", "RU", "+15551234567"}, {"15551234567", "US", "+15551234567"}, {"5551234567", "US", "+15551234567"},
		{"380441234567", "RU", "+380441234567"}, {"+375291234567", "RU", "+375291234567"}, {"0044 20 7946 0958", "GB", "+442079460958"}, {"020 7946 0958", "GB", "+442079460958"},
		{"12345", "RU", ""}, {"MTS", "RU", ""}, {"", "RU", ""}, {"+", "RU", ""}, {"900", "RU", ""},
	} {
		got, ok := phone.E164(c.text, c.region)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s: %q, want %q", c.text, c.region, got, c.want)
		}
	}
}

func TestSender(t *testing.T) {
	t.Parallel()
	if s := phone.Sender(7, "79001234567", "RU"); s.Scope != "phone" || s.Address != "+79001234567" || !s.Verified {
		t.Errorf("%+v", s)
	}
	if s := phone.Sender(7, " Tele2 ", "RU"); s.Scope != "account:7" || s.Address != "Tele2" {
		t.Errorf("%+v", s)
	}
	if to := phone.Target(channels.Outgoing{Chat: "c", To: []channels.Address{{Scope: "email", Address: "x"}, {Scope: "phone", Address: "+1"}}}); to != "+1" {
		t.Errorf("%s", to)
	}
}

func FuzzE164(f *testing.F) {
	for _, s := range []string{"+79001234567", "89001234567", "", "+", "٠١٢٣٤٥٦٧٨٩", "tel:+1;ext=5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, ok := phone.E164(text, "RU")
		if !ok {
			return
		}
		if again, ok := phone.E164(number, "US"); !ok || again != number {
			t.Errorf("%q is %q, which is %q", text, number, again)
		}
	})
}
