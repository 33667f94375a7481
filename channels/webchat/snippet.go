package webchat

import (
	"html"
	"strconv"
	"strings"

	"parley/channels"
)

// Snippet returns the HTML that a site's owner pastes to have the chat, for an
// installation reached at publicURL.
func Snippet(publicURL string, account channels.AccountID) string {
	src := strings.TrimSuffix(publicURL, "/") + "/widget.js?account=" + strconv.FormatInt(int64(account), 10)
	return `<script src="` + html.EscapeString(src) + `" async></script>`
}
