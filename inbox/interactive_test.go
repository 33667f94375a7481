package inbox_test

import (
	"testing"

	"parley/channels"
	"parley/inbox"
)

func TestTypedNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"1": 1, " 12 ": 12, "3.": 3, "(4)": 4, "№5": 5, "6\uFE0F\u20E3": 6, "7 )": 7,
		"": 0, "0": 0, "01": 0, "100": 0, "-1": 0, "1.5": 0, "2 pieces": 0, "one": 0, "1\n2": 0, "１": 0,
	} {
		if got := inbox.TypedNumber(text); got != want {
			t.Errorf("TypedNumber(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestNumbersLeaveLinksWithoutOne(t *testing.T) {
	t.Parallel()
	rows := [][]channels.Button{{{Text: "<Yes>", Data: "y"}}, {{Text: "Shop", URL: "https://tea.example"}, {Text: "No", Data: "n"}}}
	text, page := inbox.Numbers(rows)
	if text != "\n\n1. <Yes>\nShop: https://tea.example\n2. No" || page != "<p>1. &lt;Yes&gt;<br>Shop: https://tea.example<br>2. No</p>" {
		t.Errorf("Numbers = %q, %q", text, page)
	}
	o := inbox.Offer{Interactive: inbox.Interactive{Buttons: rows, Numbered: true}}
	if b, ok := o.Choose("", "2"); !ok || b.Data != "n" {
		t.Errorf("2 chose %+v", b)
	}
}
