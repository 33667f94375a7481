package safehtml

import (
	"regexp"
	"slices"
	"strings"

	"parley/web/safehtml/css"
)

const maxClasses = 32 // of one element

var plainName = css.Shape{Form: regexp.MustCompile(`^[0-9A-Za-z_.:-]+$`), Most: 100}

// plainClass may stand in a selector without an escape, once it has its prefix.
var plainClass = css.Shape{Form: regexp.MustCompile(`^[\p{L}\p{N}_-]+$`), Most: 100}

// ours are the class names that keep their form.
var ours = words(BodyClass + " " + QuoteClass + " " + PictureClass)

// renamed is an id or name of the mail as the page has it, "" when it is not kept.
func renamed(name string) string {
	if name = strings.TrimSpace(name); !plainName.MatchString(name) {
		return ""
	}
	return prefixed(name)
}

// className is a class of the mail as the page has it, "" when it is not kept.
func className(name string) string {
	switch {
	case ours[name]:
		return name
	case !plainClass.MatchString(name):
		return ""
	}
	return prefixed(name)
}

func prefixed(name string) string {
	if strings.HasPrefix(name, prefix) {
		return name
	}
	return prefix + name
}

// classes are the classes of an element as the page has them.
func classes(list string) string {
	var out []string
	for name := range strings.FieldsSeq(list) {
		if name = className(name); name != "" && len(out) < maxClasses && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

// names are what style sheets may speak of.
var names = css.Names{
	Class: className,
	ID: func(name string) string {
		if !plainClass.MatchString(name) {
			return ""
		}
		return renamed(name)
	},
	Element: func(name string) string {
		name = strings.ToLower(name)
		switch {
		case name == "body":
			return "." + BodyClass
		case name == "html" || mailElements[name]:
			return name
		}
		return ""
	},
}
