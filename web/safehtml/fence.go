package safehtml

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

var (
	mailRules    = &rules{elements: mailElements, attrs: mailAttrs, styles: true, picture: mailPicture}
	forwardRules = &rules{elements: mailElements, attrs: mailAttrs, styles: true, picture: forwardPicture}
	composeRules = &rules{elements: composeElements, attrs: composeAttrs, picture: composePicture}
	// A file goes with one mail, and what stands under all mails cannot show it.
	signatureRules = &rules{elements: composeElements, attrs: composeAttrs, picture: func(*writer, *picture) bool { return false }}
)

// The second step: what may have come through the first, said once more and otherwise.
var (
	mailFence    = sync.OnceValue(func() *bluemonday.Policy { return lettersFence(`/[0-9A-Za-z]|https?://|` + rasters) })
	forwardFence = sync.OnceValue(func() *bluemonday.Policy { return lettersFence(`cid:|https?://|` + rasters) })
	composeFence = sync.OnceValue(func() *bluemonday.Policy {
		p := fence(composeElements, composeAttrs)
		p.AllowAttrs("href").Matching(regexp.MustCompile(`^(?i:https?://|mailto:|tel:)[^\s<>"\\]*$`)).OnElements("a")
		p.AllowAttrs("src").Matching(contents.Form).OnElements("img")
		return p
	})
)

const rasters = `data:image/(?:png|jpe?g|gif|webp|bmp);base64,`

// lettersFence is the policy of mails whose pictures have addresses that begin as sources says.
func lettersFence(sources string) *bluemonday.Policy {
	p := fence(mailElements, mailAttrs)
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[\p{L}\p{N}_ -]+$`)).Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^m-[0-9A-Za-z_.:-]*$`)).Globally()
	p.AllowAttrs("style").Matching(regexp.MustCompile(`^[\p{L}\p{N}_ :;,.#%()!"'/&*+-]+$`)).Globally()
	p.AllowAttrs("name").Matching(regexp.MustCompile(`^m-[0-9A-Za-z_.:-]*$`)).OnElements("map")
	p.AllowAttrs("usemap").Matching(regexp.MustCompile(`^#m-[0-9A-Za-z_.:-]*$`)).OnElements("img")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`^(?i:https?://|mailto:|tel:|#m-)[^\s<>"\\]*$`)).OnElements("a", "area")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?:` + sources + `)[^\s<>"\\]*$`)).OnElements("img")
	p.AllowAttrs(RemoteAttribute).Matching(regexp.MustCompile(`^(?i:https?)://[^\s<>"\\]*$`)).OnElements("img")
	return p
}

// fence is the policy of some elements and attributes.
func fence(elements map[string]bool, attrs map[string]attr) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	all := slices.Sorted(maps.Keys(elements))
	p.AllowElements(all...)
	p.AllowNoAttrs().OnElements(all...)
	for name, a := range attrs {
		switch element, key, _ := strings.Cut(name, " "); {
		case element == "":
			p.AllowAttrs(key).Matching(a.Form).Globally()
		default:
			p.AllowAttrs(key).Matching(a.Form).OnElements(element)
		}
	}
	p.AllowAttrs("target").Matching(regexp.MustCompile(`^_blank$`)).OnElements("a", "area")
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^"+rel+"$")).OnElements("a", "area")
	return p
}
