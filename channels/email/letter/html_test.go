package letter_test

import (
	"slices"
	"testing"
	"time"

	"parley/channels/email/letter"
)

func TestTextOfHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"},
		{"divisions", "<div>one</div><div>two<div>three</div></div>", "one\ntwo\nthree"},
		{"breaks", "one<br>two<br><br>three", "one\ntwo\n\nthree"},
		{"an empty line of Gmail", "<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"},
		{"white space", "  one \n  two\t<b> three</b> ", "one two three"},
		{"entities", "a &amp; b&nbsp;c &lt;d&gt; &#1046;", "a & b c <d> Ж"},
		{"what is not shown", "<head><title>t</title><style>p{}</style></head>a<script>x()</script><!-- b -->c", "ac"},
		{"a link", `<a href="https://x.org/a?b=1&amp;c=2">here</a>.`, "here <https://x.org/a?b=1&c=2>."},
		{"a link that is its text", `<a href="https://x.org/">x.org</a> <a href="mailto:a@b.org">a@b.org</a>`, "x.org a@b.org"},
		{"a link that leads nowhere", `<a href="#top">top</a> <a href="javascript:x()">x</a>`, "top x"},
		{"a picture", `<img src="cid:a" alt="our logo"> <img src="b.gif">`, "[our logo]"},
		{"a list", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>", "- a\n- b\n  1. c\n  2. d"},
		{"a quotation", "I agree.<blockquote>one<br>two<blockquote><p>three</p></blockquote></blockquote>end", "I agree.\n> one\n> two\n>\n> > three\n\nend"},
		{"paragraphs quoted", "<blockquote><p>one</p><p>two</p></blockquote>", "> one\n>\n> two"},
		{"a table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"preformatted", "<pre>a  b\n  c</pre>", "a  b\n  c"},
		{"a line", "a<hr>b", "a\n---\nb"},
		{"never closed", "<div><p>a<b>b<a href='https://x.org'>c", "abc <https://x.org>"},
		{"closed too often", "a</blockquote></ul></pre></div>b", "a\nb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := read(t, []byte("Content-Type: text/html; charset=utf-8\r\n\r\n"+c.html))
			if l.Text != c.want {
				t.Errorf("%q is %q, not %q", c.html, l.Text, c.want)
			}
		})
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	const invitation = "Content-Type: text/calendar; method=request; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Moscow\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
		"BEGIN:VEVENT\r\nUID:one@example.org\r\nSUMMARY;LANGUAGE=ru:Чай\\, кофе \r\n и печенье\r\nDTSTART;TZID=Europe/Moscow:20260302T150000\r\nDTEND;TZID=\"Europe/Moscow\":20260302T160000\r\n" +
		"ORGANIZER;CN=\"Smith; Jane\":MAILTO:jane@Example.org\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@b.org\r\nRRULE:FREQ=DAILY\r\nSTATUS:confirmed\r\n" +
		"BEGIN:VALARM\r\nSUMMARY:not this\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	e := read(t, []byte(invitation)).Calendar
	if e == nil {
		t.Fatal("no event")
	}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	if e.Method != "REQUEST" || e.UID != "one@example.org" || e.Summary != "Чай, кофе и печенье" || e.Status != "CONFIRMED" || !e.Repeats {
		t.Errorf("the event is %+v", e)
	}
	if !e.Start.Equal(noon) || !e.End.Equal(noon.Add(time.Hour)) || e.Floating || e.AllDay {
		t.Errorf("it lasts from %v to %v", e.Start, e.End)
	}
	if e.Organizer != (letter.Address{Name: "Smith; Jane", Address: "jane@example.org"}) || !slices.Equal(e.Attendees, []letter.Address{{Address: "a@b.org"}}) {
		t.Errorf("its people are %+v and %+v", e.Organizer, e.Attendees)
	}
	for raw, want := range map[string]letter.Event{
		"DTSTART;VALUE=DATE:20260302":                                  {Start: noon.Add(-12 * time.Hour), AllDay: true},
		"DTSTART:20260302T120000":                                      {Start: noon, Floating: true},
		"DTSTART;TZID=Russian Standard Time (by hand):20260302T120000": {Start: noon, Floating: true, Zone: "Russian Standard Time (by hand)"},
		"DTSTART:soon": {},
	} {
		e := read(t, []byte("Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n"+raw+"\r\nEND:VEVENT")).Calendar
		if e == nil || !e.Start.Equal(want.Start) || e.AllDay != want.AllDay || e.Floating != want.Floating || e.Zone != want.Zone {
			t.Errorf("%s is %+v", raw, e)
		}
	}
	if e := read(t, []byte("Content-Type: text/calendar\r\n\r\nnot a calendar")).Calendar; e != nil {
		t.Errorf("an event out of nothing: %+v", e)
	}
}

func TestHeadersAreAnswered(t *testing.T) {
	t.Parallel()
	l := read(t, []byte("Received: one\r\nreceived: two\r\nX-Word : =?utf-8?q?=D0=97?=\r\nX-Empty:\r\n\r\n"))
	h := l.Header
	if got := h.Values("RECEIVED"); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("received %q", got)
	}
	if h.Get("x-word") != "З" || h.Raw("x-word") != "=?utf-8?q?=D0=97?=" || !h.Has("X-Empty") || h.Has("X-None") || h.Get("X-None") != "" {
		t.Errorf("the fields are %+v", h.Fields())
	}
	if len(h.Fields()) != 4 || h.Fields()[2] != (letter.Field{Name: "X-Word", Raw: "=?utf-8?q?=D0=97?=", Value: "З"}) {
		t.Errorf("the fields are %+v", h.Fields())
	}
	var none *letter.Header
	if none.Get("a") != "" || none.Has("a") || none.Fields() != nil || none.Addresses("To") != nil {
		t.Error("no header answers")
	}
}
