package rest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/internal/fault"
	"parley/web/rest"
)

func TestRanges(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][3]int64{ // from, length, 1 when refused; of 100 bytes
		"": {0, 100, 0}, "bytes=0-": {0, 100, 0}, "bytes=0-0": {0, 1, 0}, "bytes=10-19": {10, 10, 0}, "bytes=90-200": {90, 10, 0},
		"bytes=-5": {95, 5, 0}, "bytes=-500": {0, 100, 0}, "bytes=100-": {0, 0, 1}, "bytes=-0": {0, 0, 1}, "bytes=5-4": {0, 100, 0},
		"bytes=1-2,4-5": {0, 100, 0}, "lines=1-2": {0, 100, 0}, "bytes=x-y": {0, 100, 0}, "bytes=--1": {0, 100, 0},
	} {
		from, length, err := rest.RangeOf(header, 100)
		if (err != nil) != (want[2] == 1) || err == nil && (from != want[0] || length != want[1]) {
			t.Errorf("%q: %d, %d, %v", header, from, length, err)
		}
	}
}

func FuzzRange(f *testing.F) {
	for _, seed := range []string{"bytes=0-", "bytes=-1", "bytes=5-9223372036854775807", "bytes=-9223372036854775808"} {
		f.Add(seed, int64(10))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			return
		}
		from, length, err := rest.RangeOf(header, size)
		if err == nil && (from < 0 || length < 0 || from+length > size) {
			t.Errorf("%q of %d bytes: %d, %d", header, size, from, length)
		}
	})
}

func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a.png", `C:\x\y.doc`, "../../etc/passwd", "", "..", "\x00", strings.Repeat("я", 300) + ".txt", "a\u202egnp.exe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		name := rest.FileName(said)
		if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00\r\n") || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 200 {
			t.Errorf("%q became %q", said, name)
		}
	})
}

// FuzzExplainJSON holds the explanation of a refused body to what the decoder says.
func FuzzExplainJSON(f *testing.F) {
	for _, seed := range []string{`{`, `{"a":"\u0000"}`, `[["\u0000"]]`, `{"a":[1e999]}`, `{"a":{"b":1e30}}`, "", "nul", `{"a":1}x`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		err := rest.ExplainJSON(body)
		e, ok := fault.As(err)
		if !ok || e.Text.RU == "" || e.Text.EN == "" {
			t.Fatalf("%q: %v", body, err)
		}
		if malformed := e.Code == "malformed_json"; malformed == json.Valid(body) {
			t.Errorf("%q: %v", body, err)
		}
	})
}

func FuzzChooseLanguage(f *testing.F) {
	for _, seed := range []string{"ru", "en-GB,ru;q=0.3", "q=;;", "*", "ar-SA"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		if got := rest.ChooseLanguage(accept); got != "ru" && got != "en" && got != "ar" {
			t.Errorf("%q: %q", accept, got)
		}
	})
}
