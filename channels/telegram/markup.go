package telegram

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"
	"golang.org/x/net/html"
)

// formatted is a text as the network takes it: plain, with entities counted in UTF-16 units.
type formatted struct {
	text     string
	entities []models.MessageEntity
}

// fromHTML turns an answer's HTML into text with entities. It knows what people can write in the composer;
// other tags give way to what is between them.
func fromHTML(source string) formatted {
	w := &writer{}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			w.words(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			w.start(string(name), attributes(z, more))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(string(name))
		}
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	found := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		found[string(key)] = string(value)
	}
	return found
}

// inlineTags are tags with an entity of their own.
var inlineTags = map[string]models.MessageEntityType{
	"b": models.MessageEntityTypeBold, "strong": models.MessageEntityTypeBold,
	"h1": models.MessageEntityTypeBold, "h2": models.MessageEntityTypeBold, "h3": models.MessageEntityTypeBold,
	"i": models.MessageEntityTypeItalic, "em": models.MessageEntityTypeItalic,
	"u": models.MessageEntityTypeUnderline, "ins": models.MessageEntityTypeUnderline,
	"s": models.MessageEntityTypeStrikethrough, "strike": models.MessageEntityTypeStrikethrough, "del": models.MessageEntityTypeStrikethrough,
	"code": models.MessageEntityTypeCode, "pre": models.MessageEntityTypePre,
	"a": models.MessageEntityTypeTextLink, "blockquote": models.MessageEntityTypeBlockquote,
}

// Tags that stand on lines of their own, those with an empty line between, and those whose content nobody sees.
var (
	blockTags  = []string{"p", "div", "h1", "h2", "h3", "blockquote", "pre", "ul", "ol", "li", "hr"}
	spacedTags = []string{"p", "h1", "h2", "h3", "ul", "ol"}
	silentTags = []string{"script", "style", "title", "template", "head"}
)

// maxDepth bounds nesting; what is deeper is text.
const maxDepth = 100

type openTag struct {
	name   string
	entity int // index into entities, -1 = none
	number int // of the next item, for ol
}

// writer builds a text tag by tag.
type writer struct {
	out      strings.Builder
	units    int
	breaks   int  // line breaks owed before the next words
	space    bool // a space is owed
	fresh    bool // an item has just begun
	open     []openTag
	entities []models.MessageEntity
	silent   int
}

func (w *writer) inside(name string) bool {
	return slices.ContainsFunc(w.open, func(t openTag) bool { return t.name == name })
}

// write adds words after what is owed. Entities opened meanwhile begin behind that.
func (w *writer) write(text string) {
	if text == "" {
		return
	}
	if w.out.Len() > 0 && !w.fresh {
		switch {
		case w.breaks > 0:
			w.put(strings.Repeat("\n", w.breaks))
		case w.space:
			w.put(" ")
		}
	}
	w.breaks, w.space, w.fresh = 0, false, false
	for _, t := range w.open {
		if t.entity >= 0 && w.entities[t.entity].Offset < 0 {
			w.entities[t.entity].Offset = w.units
		}
	}
	w.put(text)
	for _, t := range w.open {
		if t.entity >= 0 {
			e := &w.entities[t.entity]
			e.Length = w.units - e.Offset
		}
	}
}

func (w *writer) put(text string) {
	w.out.WriteString(text)
	w.units += units(text)
}

// words adds text with its white space folded, but not in pre.
func (w *writer) words(text string) {
	if w.silent > 0 {
		return
	}
	if w.inside("pre") {
		w.write(text)
		return
	}
	const white = " \t\r\n\f"
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(white, r) }) {
		if i > 0 || strings.ContainsRune(white, rune(text[0])) {
			w.space = true
		}
		w.write(word)
	}
	if text != "" && strings.ContainsRune(white, rune(text[len(text)-1])) {
		w.space = true
	}
}

func (w *writer) start(name string, attrs map[string]string) {
	switch {
	case name == "br":
		w.breaks++
		return
	case name == "img":
		w.words(attrs["alt"])
		return
	case slices.Contains(silentTags, name):
		w.silent++
		return
	case len(w.open) >= maxDepth:
		return
	}
	w.block(name)
	t := openTag{name: name, entity: -1, number: 1}
	if kind, ok := inlineTags[name]; ok && !(name == "code" && w.inside("pre")) {
		e := models.MessageEntity{Type: kind, Offset: -1}
		if name == "a" {
			e.URL = strings.TrimSpace(attrs["href"])
		}
		if name != "a" || e.URL != "" {
			t.entity = len(w.entities)
			w.entities = append(w.entities, e)
		}
	}
	switch name {
	case "hr":
		w.write("———")
		w.breaks = max(w.breaks, 1)
		return
	case "li":
		w.bullet()
	}
	w.open = append(w.open, t)
}

// block owes the line breaks around a tag that stands on lines of its own.
func (w *writer) block(name string) {
	if !slices.Contains(blockTags, name) {
		return
	}
	owed := 1
	if slices.Contains(spacedTags, name) && !w.inside("li") && !w.inside("blockquote") {
		owed = 2
	}
	w.breaks = max(w.breaks, owed)
}

// bullet begins an item of a list, indented by the lists around it.
func (w *writer) bullet() {
	depth, mark := 0, "• "
	for i := range w.open {
		switch t := &w.open[i]; t.name {
		case "ul":
			depth, mark = depth+1, "• "
		case "ol":
			depth, mark = depth+1, strconv.Itoa(t.number)+". "
		}
	}
	for i := range slices.Backward(w.open) {
		if w.open[i].name == "ol" || w.open[i].name == "ul" {
			w.open[i].number++
			break
		}
	}
	w.write(strings.Repeat("   ", max(depth-1, 0)) + mark)
	w.fresh = true
}

func (w *writer) end(name string) {
	if slices.Contains(silentTags, name) {
		w.silent = max(w.silent-1, 0)
		return
	}
	at := -1
	for i := range slices.Backward(w.open) {
		if w.open[i].name == name {
			at = i
			break
		}
	}
	if at >= 0 {
		w.open = w.open[:at] // what was not closed within it ends as well
	}
	w.block(name)
}

// finish drops formatting of nothing, and line breaks at the end, which pre may have left.
func (w *writer) finish() formatted {
	text := strings.TrimRight(w.out.String(), " \t\r\n")
	whole := units(text)
	var kept []models.MessageEntity
	for _, e := range w.entities {
		e.Length = min(e.Length, whole-e.Offset)
		if e.Offset >= 0 && e.Length > 0 {
			kept = append(kept, e)
		}
	}
	return formatted{text: text, entities: kept}
}
