package templates

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ID identifies a template. It stays the same while the network lists the template.
type ID int64

// State is how far a network's approval is. Networks may have further ones of their own.
type State string

// The states that are known. Only an approved template can be sent.
const (
	Approved State = "approved"
	Pending  State = "pending"
	Rejected State = "rejected"
	Paused   State = "paused"
)

// Template is a text that a network has to approve.
type Template struct {
	ID        ID
	AccountID int64
	Name      string
	Language  string // as the network writes it: "ru", "en_US"
	State     State
	Reason    string // why it was rejected; may be empty
	Category  string
	Header    string // text, or the kind of file it needs: image, video, document
	Body      string // with {{1}} or {{name}} where values go
	Footer    string
	Buttons   []Button
	Params    []string // names of the values, in order: those of the header and of buttons have a prefix
	UpdatedAt time.Time
}

// Button is a button of a template; URL is empty where it only answers.
type Button struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

// Prefixes of the names of values that do not stand in the body.
const (
	headerPrefix = "header."
	buttonPrefix = "button."
)

// File is what kind of file the header needs, "" when none.
func (t *Template) File() string {
	switch t.Header {
	case "image", "video", "document":
		return t.Header
	}
	return ""
}

var placeholder = regexp.MustCompile(`\{\{\s*([A-Za-z0-9_]+)\s*\}\}`)

// Fill is how the template reads with values in the order of Params: header, body and footer, a blank line
// between them. A value that is missing or empty leaves its placeholder.
func (t *Template) Fill(values []string) string {
	given := map[string]string{}
	for i, name := range t.Params {
		if i < len(values) {
			given[name] = values[i]
		}
	}
	put := func(text, prefix string) string {
		return placeholder.ReplaceAllStringFunc(text, func(found string) string {
			if v := given[prefix+placeholder.FindStringSubmatch(found)[1]]; v != "" {
				return v
			}
			return found
		})
	}
	var parts []string
	if t.Header != "" && t.File() == "" {
		parts = append(parts, put(t.Header, headerPrefix))
	}
	parts = append(parts, put(t.Body, ""))
	if t.Footer != "" {
		parts = append(parts, t.Footer)
	}
	return strings.Join(parts, "\n\n")
}

// Links are the template's buttons with values in the order of Params.
func (t *Template) Links(values []string) []Button {
	out := make([]Button, len(t.Buttons))
	for i, b := range t.Buttons {
		out[i] = b
		for p, name := range t.Params {
			if name == buttonPrefix+strconv.Itoa(i+1) && p < len(values) {
				out[i].URL = placeholder.ReplaceAllLiteralString(b.URL, values[p])
			}
		}
	}
	return out
}
