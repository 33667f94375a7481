package safehtml_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// strict looks at a fragment as browsers build it and names everything that has no business
// in a harmless one. It shares no table with the package, so that a slip there shows here.
func strict(t *testing.T, fragment string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><html><head></head><body>" + fragment + "</body></html>"))
	if err != nil {
		return []string{"not parsed: " + err.Error()}
	}
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			say("a comment")
		case n.Type != html.ElementNode:
			continue
		case n.Namespace != "":
			say("<%s> of %s", n.Data, n.Namespace)
		case !strictElements.MatchString(n.Data):
			say("<%s>", n.Data)
		}
		for _, a := range n.Attr {
			if a.Namespace != "" || !strictAttribute(n, a) {
				say("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if n.Data == "style" && n.FirstChild != nil && dangerousCSS.MatchString(n.FirstChild.Data) {
			say("a style sheet with %q", dangerousCSS.FindString(n.FirstChild.Data))
		}
	}
	return wrong
}

var (
	strictElements = regexp.MustCompile(`^(html|head|body|a|abbr|acronym|address|area|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|` +
		`col|colgroup|dd|del|details|dfn|dir|div|dl|dt|em|figcaption|figure|font|footer|h[1-6r]|header|i|img|ins|kbd|label|li|main|map|mark|menu|nav|ol|p|` +
		`pre|q|rp|rt|ruby|s|samp|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|wbr)$`)
	harmless = regexp.MustCompile(`^(align|valign|dir|lang|title|alt|width|height|border|cellpadding|cellspacing|bgcolor|rules|frame|colspan|` +
		`rowspan|nowrap|scope|span|hspace|vspace|color|face|size|noshade|start|type|reversed|value|clear|open|datetime|shape|coords)$`)
	dangerousCSS = regexp.MustCompile(`(?i)url|\\|<|@(?:[^m]|m[^e])|expression|javascript|behavior|binding|@import|image\(|image-set|src\(|attr\(|var\(|position:(?:fixed|absolute|sticky)|content:|vh\b|/\*`)
	ownName      = regexp.MustCompile(`^m-`)
)

func strictAttribute(n *html.Node, a html.Attribute) bool {
	switch a.Key {
	case "href":
		return (n.Data == "a" || n.Data == "area") && regexp.MustCompile(`^(?i)(https?://[^/]|mailto:|tel:|#m-)`).MatchString(a.Val) && !strings.ContainsAny(a.Val, " \t\r\n\\")
	case "target":
		return a.Val == "_blank" && has(n, "rel")
	case "rel":
		return a.Val == "noopener noreferrer nofollow"
	case "src":
		return n.Data == "img" && regexp.MustCompile(`^(/api/v1/(files|pictures)/\w+$|cid:\S+$|data:image/(png|jpe?g|gif|webp|bmp);base64,[\w+/]+=*$)`).MatchString(a.Val)
	case "data-parley-src":
		return n.Data == "img" && regexp.MustCompile(`^(?i)https?://\S+$`).MatchString(a.Val) && !has(n, "src")
	case "style":
		return !dangerousCSS.MatchString(a.Val) && !strings.ContainsAny(a.Val, "{}@<>")
	case "class":
		for c := range strings.FieldsSeq(a.Val) {
			if !ownName.MatchString(c) && !strings.HasPrefix(c, "parley-") {
				return false
			}
		}
		return true
	case "id":
		return ownName.MatchString(a.Val)
	case "name":
		return n.Data == "map" && ownName.MatchString(a.Val)
	case "usemap":
		return n.Data == "img" && strings.HasPrefix(a.Val, "#m-")
	}
	return harmless.MatchString(a.Key)
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func TestStrictSeesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		`<script>1</script>`, `<p onclick=x>`, `<a href="javascript:x">`, `<a href=" //x">`, `<svg><circle/></svg>`, `<form></form>`, `<img src=x>`,
		`<img src="data:image/svg+xml;base64,AAAA">`, `<p style="background:url(x)">`, `<p style="position:fixed">`, `<style>@import "x";</style>`,
		`<style>a{b:expression(1)}</style>`, `<p id=x>`, `<p class=x>`, `<p name=m-x>`, `<!-- x -->`, `<noscript><p></noscript>`, `<base href=x>`,
		`<a target=_blank href="https://x.org">`, `<img srcset=x>`, `<p is=x>`, `<template></template>`, `<input>`, `<meta http-equiv=refresh>`,
	} {
		if len(strict(t, bad)) == 0 {
			t.Errorf("%s is found harmless", bad)
		}
	}
}
