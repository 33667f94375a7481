package wording_test

import (
	"fmt"
	"testing"

	"parley/channels/webchat"
	"parley/templates/wording"
)

func TestNamesThatNobodyGave(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Anna Kim": "Anna Kim", " Аня ": "Аня", "Guest of honour": "Guest of honour", "Гость": "Гость", "Guest 12345": "Guest 12345",
		"": "", "Guest 1234": "", "Гость 9876": "", "زائر 1234": "", "anna@example.com": "", "+7 900 123-45-67": "", "🙂": "",
	} {
		if got := wording.Called(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
	for i := range 200 {
		for _, language := range []string{"ru", "en", ""} {
			name := webchat.Visitor{ID: fmt.Sprint("visitor", i), Language: language}.DisplayName()
			if got := wording.Called(name); got != "" {
				t.Fatalf("%q, which the chat made up, is taken for a name", name)
			}
		}
	}
}

func TestGuestsAreGreetedByTheFallback(t *testing.T) {
	t.Parallel()
	text, problem := wording.Parse(`Hello, {{ contact.first_name | default: "friend" }}!`, []string{wording.ContactFirstName})
	if problem != nil {
		t.Fatal(problem)
	}
	for name, want := range map[string]string{"Guest 1234": "Hello, friend!", "Anna Kim": "Hello, Anna!"} {
		got, err := text.Fill(wording.Values{wording.ContactFirstName: wording.FirstName(wording.Called(name))}, nil)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", name, got, err, want)
		}
	}
}
