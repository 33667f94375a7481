package channels_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"parley/channels"
)

var update = flag.Bool("update", false, "write the vectors that the web app's twin is tested by")

// twinFile is where the web app keeps the vectors for its own count.
const twinFile = "../web/app/text/segments.json"

// vector is one text and what it comes to.
type vector struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	UCS2  bool   `json:"ucs2"`
	Units int    `json:"units"`
	Parts []int  `json:"parts"` // UTF-16 units of each, so that both languages can compare
}

// texts are those that count: at the edges of every alphabet.
func texts() []struct{ name, text string } {
	x := strings.Repeat
	return []struct{ name, text string }{
		{"nothing", ""},
		{"one letter", "a"},
		{"160 letters", x("a", 160)},
		{"161 letters", x("a", 161)},
		{"306 letters", x("a", 306)},
		{"307 letters", x("a", 307)},
		{"the whole basic table", "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà"},
		{"the whole extension table", "\f^{}\\[~]|€"},
		{"80 euros", x("€", 80)},
		{"81 euros", x("€", 81)},
		{"an escape at the edge of a part", x("a", 152) + "€" + x("a", 20)},
		{"an escape just before the edge", x("a", 151) + "€" + x("a", 20)},
		{"two parts that waste a septet", x("a", 152) + x("€", 77)},
		{"70 Russian letters", x("я", 70)},
		{"71 Russian letters", x("я", 71)},
		{"134 Russian letters", x("я", 134)},
		{"135 Russian letters", x("я", 135)},
		{"one foreign letter among many", x("a", 70) + "я"},
		{"35 faces", x("😀", 35)},
		{"36 faces", x("😀", 36)},
		{"a face at the edge of a part", x("я", 66) + "😀" + x("я", 10)},
		{"a backtick is not in the table", "`"},
		{"nor is a small c with cedilla", "ç"},
		{"nor a tab", "\t"},
		{"a break of two characters", "a\r\nb"},
	}
}

func TestSegment(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"nothing": "gsm 0: []", "160 letters": "gsm 160: [160]", "161 letters": "gsm 161: [153 8]", "306 letters": "gsm 306: [153 153]", "307 letters": "gsm 307: [153 153 1]",
		"the whole extension table": "gsm 20: [10]", "80 euros": "gsm 160: [80]", "81 euros": "gsm 162: [76 5]",
		"an escape at the edge of a part": "gsm 174: [152 21]", "an escape just before the edge": "gsm 173: [152 20]", "two parts that waste a septet": "gsm 306: [152 76 1]",
		"70 Russian letters": "ucs2 70: [70]", "71 Russian letters": "ucs2 71: [67 4]", "134 Russian letters": "ucs2 134: [67 67]", "135 Russian letters": "ucs2 135: [67 67 1]",
		"one foreign letter among many": "ucs2 71: [67 4]", "35 faces": "ucs2 70: [70]", "36 faces": "ucs2 72: [66 6]", "a face at the edge of a part": "ucs2 78: [66 12]",
		"a backtick is not in the table": "ucs2 1: [1]", "nor is a small c with cedilla": "ucs2 1: [1]", "nor a tab": "ucs2 1: [1]",
	}
	var vectors []vector
	for _, c := range texts() {
		s := channels.Segment(c.text)
		v := vector{Name: c.name, Text: c.text, UCS2: s.UCS2, Units: s.Units, Parts: []int{}}
		for _, p := range s.Parts {
			v.Parts = append(v.Parts, len(utf16.Encode([]rune(p))))
		}
		vectors = append(vectors, v)
		alphabet := map[bool]string{false: "gsm", true: "ucs2"}[s.UCS2]
		if w, ok := want[c.name]; ok && w != fmt.Sprintf("%s %d: %v", alphabet, s.Units, v.Parts) {
			t.Errorf("%s: %s %d: %v, want %s", c.name, alphabet, s.Units, v.Parts, w)
		}
		if n := (channels.TextLimit{Unit: channels.UnitSegments}).Len(c.text); n != len(s.Parts) {
			t.Errorf("%s: counted as %d of %d parts", c.name, n, len(s.Parts))
		}
	}
	data, err := json.MarshalIndent(vectors, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, '\n')
	if *update {
		if err := os.WriteFile(twinFile, data, 0o644); err != nil { //nolint:gosec // a source file
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(twinFile)
	if err != nil || string(kept) != string(data) {
		t.Errorf("the web app's vectors are others (%v): run go test ./channels -run TestSegment -update", err)
	}
}

// FuzzSegment holds every division to what a network takes.
func FuzzSegment(f *testing.F) {
	for _, c := range texts() {
		f.Add(c.text)
	}
	f.Add("\xff\xfe")
	f.Fuzz(func(t *testing.T, text string) {
		s := channels.Segment(text)
		if strings.Join(s.Parts, "") != text {
			t.Fatal("the parts are not the text")
		}
		sum := 0
		for i, p := range s.Parts {
			part := channels.Segment(p)
			units := part.Units
			if s.UCS2 {
				units = len(utf16.Encode([]rune(p)))
			} else if part.UCS2 {
				t.Fatalf("part %d is in another alphabet", i)
			}
			most := map[bool]int{false: 153, true: 67}[s.UCS2]
			if len(s.Parts) == 1 {
				most = map[bool]int{false: 160, true: 70}[s.UCS2]
			}
			if units == 0 || units > most {
				t.Errorf("part %d of %d has %d units", i, len(s.Parts), units)
			}
			if i+1 < len(s.Parts) { // it was ended because the next character did not fit
				r, _ := utf8.DecodeRuneInString(s.Parts[i+1])
				if units+2 < most || units+1 <= most && (s.UCS2 && r <= 0xFFFF) {
					t.Errorf("part %d wastes room: %d units", i, units)
				}
			}
			sum += units
		}
		if sum != s.Units {
			t.Errorf("%d units in parts, %d in all", sum, s.Units)
		}
	})
}
