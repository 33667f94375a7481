package safehtml

import (
	"net/url"
	"regexp"
	"strings"
)

const maxAddress = 4096 // bytes of a link or of a picture's address

// rel keeps the page a link leads to from knowing and from reaching where it came from.
const rel = "noopener noreferrer nofollow"

// link gives an element its href, if it leads somewhere harmless.
func (w *writer) link(out *attributes, href string) {
	href = strings.TrimSpace(href)
	if name, ok := strings.CutPrefix(href, "#"); ok {
		if name = renamed(name); name != "" && w.rules.styles {
			out.set("href", "#"+name)
		}
		return
	}
	if href = outward(href); href == "" {
		return
	}
	out.set("href", href)
	out.set("target", "_blank")
	out.set("rel", rel)
}

var (
	// unprintable are characters that no address may hold and that hide one.
	unprintable = regexp.MustCompile(`[\x00-\x20\x7f-\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}\x{fff0}-\x{ffff}<>"\\^` + "`" + `{|}]`)
	schemed     = regexp.MustCompile(`^(?i:(https?)://[^/?#]|mailto:[^/]|tel:[0-9+*#(])`)
	web         = regexp.MustCompile(`^(?i:https?)://[^/?#]`)
)

// outward is a link as it may be followed, "" when it may not: to the web, to a mail
// address or to a telephone. Blanks and other characters that do not belong into an
// address are written with per cent signs.
func outward(href string) string {
	if len(href) > maxAddress {
		return ""
	}
	if strings.HasPrefix(strings.ToLower(href), "www.") {
		href = "http://" + href
	} else if strings.HasPrefix(href, "//") {
		href = "https:" + href
	}
	if !schemed.MatchString(href) {
		return ""
	}
	return escaped(href)
}

// webAddress is the address of a remote picture, "" when it is none.
func webAddress(src string) string {
	src = strings.TrimSpace(src)
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	if len(src) > maxAddress || !web.MatchString(src) {
		return ""
	}
	return escaped(src)
}

// escaped is an address without characters that should not be in one; "" when what is
// left cannot be read.
func escaped(address string) string {
	address = unprintable.ReplaceAllStringFunc(address, url.PathEscape)
	if _, err := url.Parse(address); err != nil || len(address) > 3*maxAddress {
		return ""
	}
	return address
}
