package consent_test

import (
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/sms/consent"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]channels.Consent{
		"STOP": channels.ConsentStopped, "stop.": channels.ConsentStopped, " «Стоп!» ": channels.ConsentStopped, "СТОП": channels.ConsentStopped,
		"Opt-out": channels.ConsentStopped, "Отпишите меня": channels.ConsentStopped, "unsubscribe\n": channels.ConsentStopped,
		"START": channels.ConsentGiven, "Старт": channels.ConsentGiven, "unstop": channels.ConsentGiven,
		"": "", "stop by tomorrow": "", "Не стоп": "", "cancel": "", "yes": "", "Да": "", "st op": "", "stop 5": "",
		strings.Repeat(" ", 200) + "stop": "",
	} {
		if got := consent.Of(text); got != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, seed := range []string{"STOP", "стоп", "start", "\xff", "«»"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := consent.Of(text)
		if again := consent.Of(strings.ToUpper(text)); len(text) < 50 && isASCII(text) && again != got {
			t.Errorf("%q says %q, in capitals %q", text, got, again)
		}
	})
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0
}
