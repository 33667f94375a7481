package telegram

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"
)

// maxEntities bounds the formatting of one text; the network itself keeps a hundred of a message.
const maxEntities = 1000

// span is one piece of formatting: bytes of a text, and the tags around them.
type span struct {
	from, to    int
	open, close string
	pre         bool // line breaks are kept as they are
}

// toHTML writes a text with its entities as simple HTML. It is "" where there is nothing to format: what
// the network finds by itself, such as tags and addresses, pages find as well.
func toHTML(text string, entities []models.MessageEntity) string {
	spans := spansOf(text, entities)
	if len(spans) == 0 {
		return ""
	}
	return weave(text, spans)
}

func spansOf(text string, entities []models.MessageEntity) (spans []span) {
	entities = entities[:min(len(entities), maxEntities)]
	offsets := byteOffsets(text, entities)
	formatted := false
	for _, e := range entities {
		s, plain, ok := tagsOf(e)
		if !ok || e.Offset < 0 || e.Length <= 0 {
			continue
		}
		s.from, s.to = offsets[e.Offset], offsets[end(e)]
		if s.from >= s.to {
			continue
		}
		if plain { // an address that the text shows in full
			href, ok := safeLink(text[s.from:s.to], e.Type)
			if !ok {
				continue
			}
			s.open = `<a href="` + html.EscapeString(href) + `">`
		}
		formatted = formatted || !plain
		spans = append(spans, s)
	}
	if !formatted {
		return nil
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	return spans
}

// end is where an entity ends, and its beginning where that would overflow.
func end(e models.MessageEntity) int { return max(e.Offset, e.Offset+e.Length) }

// byteOffsets maps the ends of entities from units to bytes.
func byteOffsets(text string, entities []models.MessageEntity) map[int]int {
	marks := make([]int, 0, 2*len(entities))
	for _, e := range entities {
		marks = append(marks, e.Offset, end(e))
	}
	slices.Sort(marks)
	offsets := make(map[int]int, len(marks))
	r := ruler{text: text}
	for _, m := range marks {
		offsets[m] = r.byteAt(m)
	}
	return offsets
}

// tagsOf gives the tags of an entity. Plain ones are links to what the text says itself.
func tagsOf(e models.MessageEntity) (s span, plain, ok bool) {
	pair := func(name string) (span, bool, bool) {
		return span{open: "<" + name + ">", close: "</" + name + ">"}, false, true
	}
	switch e.Type {
	case models.MessageEntityTypeBold:
		return pair("b")
	case models.MessageEntityTypeItalic:
		return pair("i")
	case models.MessageEntityTypeUnderline:
		return pair("u")
	case models.MessageEntityTypeStrikethrough:
		return pair("s")
	case models.MessageEntityTypeCode:
		return pair("code")
	case models.MessageEntityTypePre:
		return span{open: "<pre>", close: "</pre>", pre: true}, false, true
	case models.MessageEntityTypeBlockquote, models.MessageEntityTypeExpandableBlockquote:
		return pair("blockquote")
	case models.MessageEntityTypeTextLink:
		href, ok := safeLink(e.URL, models.MessageEntityTypeURL)
		return span{open: `<a href="` + html.EscapeString(href) + `">`, close: "</a>"}, false, ok
	case models.MessageEntityTypeURL, models.MessageEntityTypeEmail:
		return span{close: "</a>"}, true, true
	}
	return span{}, false, false
}

// safeLink makes an address that may stand in a link; other schemes than these are left as text.
func safeLink(address string, kind models.MessageEntityType) (string, bool) {
	if kind == models.MessageEntityTypeEmail {
		return "mailto:" + address, true
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https", "mailto", "tel", "tg":
		return address, true
	}
	if strings.Contains(address, "://") || strings.HasPrefix(strings.ToLower(address), "javascript:") || strings.HasPrefix(strings.ToLower(address), "data:") {
		return "", false
	}
	return "http://" + address, true
}

// weave puts tags into a text. Where spans overlap, the inner one is closed and opened again, so that the
// result is well-formed whatever the spans are.
func weave(text string, spans []span) string {
	var out strings.Builder
	var open []span
	at, next := 0, 0
	for at < len(text) || len(open) > 0 {
		stop := len(text)
		if next < len(spans) {
			stop = min(stop, spans[next].from)
		}
		for _, s := range open {
			stop = min(stop, s.to)
		}
		writeText(&out, text[at:stop], open)
		at = stop
		open = closeEnded(&out, open, at)
		for next < len(spans) && spans[next].from <= at {
			out.WriteString(spans[next].open)
			open = append(open, spans[next])
			next++
		}
	}
	return out.String()
}

// closeEnded closes the spans that end here, and for that those within them, which it opens again.
func closeEnded(out *strings.Builder, open []span, at int) []span {
	first := slices.IndexFunc(open, func(s span) bool { return s.to <= at })
	if first < 0 {
		return open
	}
	for _, s := range slices.Backward(open[first:]) {
		out.WriteString(s.close)
	}
	kept := slices.Clone(open[:first])
	for _, s := range open[first:] {
		if s.to > at {
			out.WriteString(s.open)
			kept = append(kept, s)
		}
	}
	return kept
}

func writeText(out *strings.Builder, text string, open []span) {
	text = html.EscapeString(text)
	if !slices.ContainsFunc(open, func(s span) bool { return s.pre }) {
		text = strings.ReplaceAll(text, "\n", "<br>")
	}
	out.WriteString(text)
}

// plainHTML writes a text without formatting.
func plainHTML(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}
