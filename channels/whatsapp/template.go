package whatsapp

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/channels"
)

// form is a template as Meta describes it.
type form struct {
	Name       string      `json:"name"`
	Language   string      `json:"language"`
	Status     string      `json:"status"`
	Category   string      `json:"category"`
	Reason     string      `json:"rejected_reason"`
	Format     string      `json:"parameter_format"` // NAMED or POSITIONAL
	Components []component `json:"components"`
}

type component struct {
	Type    string       `json:"type"`   // HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, LIMITED_TIME_OFFER
	Format  string       `json:"format"` // of a header: TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION
	Text    string       `json:"text"`
	Buttons []formButton `json:"buttons"`
}

type formButton struct {
	Type string `json:"type"` // QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, OTP, FLOW …
	Text string `json:"text"`
	URL  string `json:"url"`
}

// placeholder is where a value goes: {{1}} or {{name}}.
var placeholder = regexp.MustCompile(`\{\{\s*([A-Za-z0-9_]+)\s*\}\}`)

// placeholders are the names of a text's values, each once. Numbers are in their own order, wherever they stand:
// by that Meta puts the values in.
func placeholders(text string) (names []string) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	if !slices.ContainsFunc(names, func(name string) bool { return !isDigits(name) }) {
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	}
	return names
}

// blank is one value that a template needs.
type blank struct {
	name   string // as Template.Params shows it
	where  string // header, body or button
	param  string // the placeholder
	button int    // its place among the buttons
	kind   string // of a button's parameter
}

// blanks are the values that a template needs: the header's, the body's, the buttons'.
func (f *form) blanks() (list []blank) {
	for _, c := range f.Components {
		switch strings.ToUpper(c.Type) {
		case "HEADER":
			for _, p := range placeholders(c.Text) {
				list = append(list, blank{name: "header." + p, where: "header", param: p})
			}
		case "BODY":
			for _, p := range placeholders(c.Text) {
				list = append(list, blank{name: p, where: "body", param: p})
			}
		case "BUTTONS":
			for i, b := range c.Buttons {
				switch kind := strings.ToUpper(b.Type); {
				case kind == "URL" && len(placeholders(b.URL)) > 0, kind == "OTP":
					list = append(list, blank{name: "button." + strconv.Itoa(i+1), where: "button", button: i, kind: "url"})
				case kind == "COPY_CODE":
					list = append(list, blank{name: "button." + strconv.Itoa(i+1), where: "button", button: i, kind: "copy_code"})
				}
			}
		}
	}
	return list
}

// headerFile is what kind of file the template's header needs; "" when none.
func (f *form) headerFile() string {
	for _, c := range f.Components {
		switch kind := strings.ToLower(c.Format); {
		case !strings.EqualFold(c.Type, "HEADER"):
		case kind == "image", kind == "video", kind == "document":
			return kind
		}
	}
	return ""
}

// sendable is false for templates with parts that an outgoing message has no room for.
func (f *form) sendable() bool {
	for _, c := range f.Components {
		switch strings.ToUpper(c.Type) {
		case "CAROUSEL", "LIMITED_TIME_OFFER":
			return false
		case "HEADER":
			if k := strings.ToUpper(c.Format); k == "LOCATION" || k == "PRODUCT" {
				return false
			}
		}
	}
	return true
}

// templateStates are Meta's states in the port's words; what is not named here is shown in lower case.
var templateStates = map[string]string{
	"APPROVED": "approved", "PENDING": "pending", "IN_APPEAL": "pending", "PENDING_REVIEW": "pending",
	"REJECTED": "rejected", "PAUSED": "paused", "DISABLED": "disabled", "LIMIT_EXCEEDED": "rejected",
}

// template describes a form to the house.
func (f *form) template() channels.Template {
	t := channels.Template{Name: f.Name, Language: f.Language, Category: strings.ToLower(f.Category), State: templateStates[strings.ToUpper(f.Status)]}
	if t.State == "" {
		t.State = strings.ToLower(f.Status)
	}
	if f.Reason != "NONE" {
		t.Reason = f.Reason
	}
	for _, c := range f.Components {
		switch strings.ToUpper(c.Type) {
		case "HEADER":
			if t.Header = c.Text; t.Header == "" {
				t.Header = strings.ToLower(c.Format)
			}
		case "BODY":
			t.Body = c.Text
		case "FOOTER":
			t.Footer = c.Text
		case "BUTTONS":
			for _, b := range c.Buttons {
				out := channels.Button{Text: b.Text, URL: b.URL}
				if out.URL == "" {
					out.Data = b.Text
				}
				t.Buttons = append(t.Buttons, out)
			}
		}
	}
	for _, b := range f.blanks() {
		t.Params = append(t.Params, b.name)
	}
	if !f.sendable() && t.State == "approved" {
		t.State, t.Reason = "unsupported", phrase(CodeTemplateKind).EN
	}
	return t
}

// page is a page of templates.
type page struct {
	Data   []json.RawMessage `json:"data"`
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
		Next string `json:"next"`
	} `json:"paging"`
}
