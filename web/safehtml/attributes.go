package safehtml

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"parley/web/safehtml/css"
)

// attribute is an attribute of an element.
type attribute struct{ name, value string }

// attributes are the attributes of one tag, none of them twice.
type attributes []attribute

const maxAttributes = 64 // of one tag; further ones are dropped

// readAttributes takes the attributes of the tag at which the tokenizer stands. Of two
// with one name the first counts, as in browsers.
func readAttributes(z *html.Tokenizer, more bool) attributes {
	var out attributes
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if len(out) < maxAttributes && !out.has(string(key)) {
			out = append(out, attribute{string(key), string(value)})
		}
	}
	return out
}

func (a attributes) has(name string) bool {
	for i := range a {
		if a[i].name == name {
			return true
		}
	}
	return false
}

func (a attributes) get(name string) string {
	for i := range a {
		if a[i].name == name {
			return a[i].value
		}
	}
	return ""
}

// set gives an attribute a value, and removes it when that is "".
func (a *attributes) set(name, value string) {
	for i := range *a {
		if (*a)[i].name != name {
			continue
		}
		if value == "" {
			*a = append((*a)[:i], (*a)[i+1:]...)
		} else {
			(*a)[i].value = value
		}
		return
	}
	if value != "" {
		*a = append(*a, attribute{name, value})
	}
}

// attr is the form an attribute's value must have.
type attr = css.Shape

var (
	anyText  = attr{Form: regexp.MustCompile(`^[^\x00-\x08\x0e-\x1f]*$`)}
	length   = attr{Form: regexp.MustCompile(`^[0-9]{1,4}(?:\.[0-9]{1,4})?(?:%|px)?$`)}
	count    = attr{Form: regexp.MustCompile(`^[0-9]{1,4}$`)}
	paint    = attr{Form: regexp.MustCompile(`^#?[0-9A-Za-z]{1,32}$`)}
	side     = attr{Form: regexp.MustCompile(`^(?i:left|right|center|justify|middle|top|bottom|baseline|char|all|none|absmiddle|texttop|absbottom)$`)}
	textWay  = attr{Form: regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)}
	tongue   = attr{Form: regexp.MustCompile(`^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}$`)}
	word     = attr{Form: regexp.MustCompile(`^[0-9A-Za-z_-]{0,32}$`)}
	faces    = attr{Form: regexp.MustCompile(`^[\p{L}\p{N} _.,'"-]+$`), Most: 200}
	size     = attr{Form: regexp.MustCompile(`^[+-]?[0-9]{1,3}$`)}
	numbers  = attr{Form: regexp.MustCompile(`^[0-9., %]+$`), Most: 200}
	contents = attr{Form: regexp.MustCompile(`^(?i:cid:)[^\x00-\x20<>"'\\\x7f]+$`)}
)

// mailAttrs are the attributes of mails, by "element attribute", or " attribute" where
// every element may have it. Links, pictures, styles, classes and ids are not among them:
// they have code of their own.
var mailAttrs = forms(
	form{" dir", textWay}, form{" lang", tongue}, form{" title", anyText}, form{" align", side},
	form{"table width height border cellpadding cellspacing", length}, form{"table bgcolor", paint}, form{"table rules frame", word},
	form{"td width height", length}, form{"td bgcolor", paint}, form{"td valign", side}, form{"td colspan rowspan", count}, form{"td nowrap", word},
	form{"th width height", length}, form{"th bgcolor", paint}, form{"th valign", side}, form{"th colspan rowspan", count}, form{"th nowrap scope", word},
	form{"tr height", length}, form{"tr bgcolor", paint}, form{"tr valign", side},
	form{"tbody valign", side}, form{"thead valign", side}, form{"tfoot valign", side},
	form{"col width", length}, form{"col span", count}, form{"colgroup width", length}, form{"colgroup span", count},
	form{"img width height border hspace vspace", length}, form{"img alt", anyText},
	form{"font color", paint}, form{"font face", faces}, form{"font size", size},
	form{"hr width size", length}, form{"hr color", paint}, form{"hr noshade", word},
	form{"ol start", size}, form{"ol type", word}, form{"ol reversed", word}, form{"ul type", word}, form{"li type", word}, form{"li value", size},
	form{"br clear", side}, form{"details open", word}, form{"time datetime", word}, form{"area shape", word}, form{"area coords", numbers},
	form{"area alt", anyText},
)

var composeAttrs = forms(form{" dir", textWay}, form{"img width height", length}, form{"img alt", anyText}, form{"ol start", size})

// form says what the attributes of an element must look like: "element attribute…".
type form struct {
	names string
	attr  attr
}

func forms(list ...form) map[string]attr {
	out := map[string]attr{}
	for _, f := range list {
		element, rest, _ := strings.Cut(f.names, " ")
		for name := range strings.FieldsSeq(rest) {
			out[element+" "+name] = f.attr
		}
	}
	return out
}

// clean keeps of an element's attributes what may be kept. An img is without its source.
func (w *writer) clean(name string, attrs attributes) attributes {
	var out attributes
	for _, a := range attrs {
		f, ok := w.rules.attrs[name+" "+a.name]
		if !ok {
			f, ok = w.rules.attrs[" "+a.name]
		}
		switch {
		case ok:
			if v := strings.TrimSpace(a.value); f.MatchString(v) {
				out = append(out, attribute{a.name, v})
				w.coloured = w.coloured || f == paint
			}
		case w.rules.styles:
			w.cleanNamed(&out, name, a)
		}
	}
	if name == "a" || name == "area" {
		w.link(&out, attrs.get("href"))
	}
	return out
}

// cleanNamed keeps what ties an element to styles and to links within the mail.
func (w *writer) cleanNamed(out *attributes, element string, a attribute) {
	switch a.name {
	case "style":
		list := css.Attribute(a.value)
		out.set("style", css.Print(list))
		for _, d := range list {
			w.coloured = w.coloured || d.Name == "color" || strings.HasPrefix(d.Name, "background")
		}
	case "class":
		out.set("class", classes(a.value))
	case "id":
		out.set("id", renamed(a.value))
	case "name":
		switch {
		case element == "a" && !out.has("id"):
			out.set("id", renamed(a.value))
		case element == "map":
			out.set("name", renamed(a.value))
		}
	case "usemap":
		if name, ok := strings.CutPrefix(a.value, "#"); ok && element == "img" && renamed(name) != "" {
			out.set("usemap", "#"+renamed(name))
		}
	}
}

// bodyAttributes are those of a body as a div can have them.
func bodyAttributes(attrs attributes) attributes {
	var out attributes
	var style strings.Builder
	for _, a := range attrs {
		switch a.name {
		case "bgcolor":
			style.WriteString("background-color:" + cssColour(a.value) + ";")
		case "text":
			style.WriteString("color:" + cssColour(a.value) + ";")
		}
	}
	style.WriteString(attrs.get("style"))
	class := strings.TrimSpace(BodyClass + " " + attrs.get("class"))
	out = append(out, attribute{"class", class}, attribute{"style", style.String()})
	for _, name := range []string{"id", "dir", "lang"} {
		if v := attrs.get(name); v != "" {
			out = append(out, attribute{name, v})
		}
	}
	return out
}

var bareColour = regexp.MustCompile(`^(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// cssColour is the colour of an old attribute in CSS; what is neither a word nor a number
// is made into what no declaration holds.
func cssColour(v string) string {
	v = strings.TrimSpace(v)
	switch {
	case !paint.MatchString(v):
		return "?"
	case bareColour.MatchString(v):
		return "#" + v
	}
	return v
}
