package inbox_test

import (
	"strings"
	"testing"

	"parley/inbox"
)

// TestLineSaysWhatTheAuthorSays shows what lists have of mails with signatures and quotations.
func TestLineSaysWhatTheAuthorSays(t *testing.T) {
	t.Parallel()
	const signature = "\n\n-- \nAnn\nShop"
	for name, c := range map[string]struct{ text, want string }{
		"plain":                 {"It is on its way.", "It is on its way."},
		"signed":                {"It is on its way." + signature, "It is on its way."},
		"quotation above":       {"Bob wrote on 3 March:\n\n> Where is it?\n> Bob\n\nIt is on its way." + signature, "It is on its way."},
		"between quotations":    {"> Where?\n\nIn Perm.\n\n> When?\n\nToday.", "In Perm. Today."},
		"a list":                {"Please send:\n\nthe number", "Please send: the number"},
		"a colon at the end":    {"Please send:", "Please send:"},
		"two colons":            {"Now:\nBob wrote:\n> x", "Now:"},
		"dashes without a word": {"a\n--\nb", "a -- b"},
		"nothing of its own":    {"> Where is it?", "> Where is it?"},
		"nothing but a name":    {"-- \nAnn", "-- Ann"},
	} {
		m := inbox.Message{Direction: inbox.Outbound, Text: c.text, Mail: inbox.Mail{Head: inbox.Head{From: &inbox.Party{Address: "a@shop.example"}}}}
		if got := m.Line(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if m.From = nil; m.Line() != inbox.Preview(c.text, 0) {
			t.Errorf("%s: a chat's line is %q", name, m.Line())
		}
	}
	m := inbox.Message{Direction: inbox.Outbound, Text: "---------- Forwarded message ----------\nFrom: Bob\n\nHello", Mail: inbox.Mail{Head: inbox.Head{From: &inbox.Party{Address: "a@shop.example"}, Forwards: true, Subject: "Fwd: Order"}}}
	if m.Line() != "Fwd: Order" {
		t.Errorf("forwarded without a word: %q", m.Line())
	}
	if m.Text = "See below.\n\n" + m.Text; m.Line() != "See below." {
		t.Errorf("forwarded: %q", m.Line())
	}
	m = inbox.Message{Direction: inbox.Inbound, Text: "> as it came\n-- \nBob", Mail: inbox.Mail{Head: inbox.Head{From: &inbox.Party{Address: "b@b.example"}}}}
	if m.Line() != strings.Join(strings.Fields(m.Text), " ") {
		t.Errorf("of a stranger: %q", m.Line())
	}
}
