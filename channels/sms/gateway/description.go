package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parley/channels"
)

// Description is how a gateway is spoken to. In URL, Headers, Query, Form and JSON the holes {to},
// {text}, {from}, {key} (our id of the message), {login}, {password}, {callback} (our webhook's
// address) and {basic} (base64 of login:password) are filled in, each as its place demands.
type Description struct {
	Name    string            `json:"name"`
	Source  string            `json:"source"`  // where the gateway describes itself
	Checked string            `json:"checked"` // when that was read
	Method  string            `json:"method"`  // GET or POST
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
	Query   map[string]string `json:"query,omitempty"`
	Form    map[string]string `json:"form,omitempty"` // the body, or
	JSON    json.RawMessage   `json:"json,omitempty"` // the body
	// Plus keeps the plus sign of numbers.
	Plus bool `json:"plus,omitempty"`
	// Dedup says that the gateway recognises a repetition by {key}.
	Dedup bool `json:"dedup,omitempty"`

	Taken   Test              `json:"taken"`
	ID      string            `json:"id,omitempty"`      // path of the gateway's id in the answer
	Reason  string            `json:"reason,omitempty"`  // path of a refusal's code
	Reasons map[string]string `json:"reasons,omitempty"` // code: "permanent", "transient" or "auth"

	Receipt *Hook `json:"receipt,omitempty"`
	Inbound *Hook `json:"inbound,omitempty"`
}

// Test looks at an answer or a push. All that is given must hold.
type Test struct {
	Path   string `json:"path,omitempty"`   // of a value that must be there
	Match  string `json:"match,omitempty"`  // a regular expression for it; without Path, for the whole body
	Status []int  `json:"status,omitempty"` // of HTTP; none = 2xx

	match *regexp.Regexp
}

// Hook says where in a push things stand. A push is JSON, a form, or a query.
type Hook struct {
	Each  string `json:"each,omitempty"`  // path of a list: every item is one thing
	Lines bool   `json:"lines,omitempty"` // an item is a text whose lines are "0", "1", …
	When  Test   `json:"when"`            // of an item
	ID    string `json:"id,omitempty"`
	From  string `json:"from,omitempty"`
	Text  string `json:"text,omitempty"`
	State string `json:"state,omitempty"`
	// States tell what the gateway's own states mean: "sent", "delivered", "read" or "failed".
	// Others are on the way.
	States map[string]string `json:"states,omitempty"`
	Reason string            `json:"reason,omitempty"`
	Answer string            `json:"answer,omitempty"` // what the gateway wants to hear
}

// longest bounds a description, in bytes.
const longest = 16 << 10

// Parse reads a description. The error says in words what is wrong.
func Parse(data []byte) (Description, error) {
	var d Description
	if len(data) > longest {
		return d, errors.New("it is longer than 16 KB")
	}
	in := json.NewDecoder(strings.NewReader(string(data)))
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return d, fmt.Errorf("read description: %w", err)
	}
	return d, d.prepare()
}

// prepare checks a description and compiles its expressions.
func (d *Description) prepare() error {
	if d.Method == "" {
		d.Method = "POST"
	}
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(d.URL))
	switch {
	case d.Method != "GET" && d.Method != "POST":
		return errors.New("method: use GET or POST")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return errors.New("url: an address like https://gateway.example/send is needed")
	case len(d.Form) > 0 && len(d.JSON) > 0:
		return errors.New("form, json: give one of them")
	case d.Method == "GET" && (len(d.Form) > 0 || len(d.JSON) > 0):
		return errors.New("method: a GET has no body; use query")
	case !strings.Contains(string(d.all()), "{to}") || !strings.Contains(string(d.all()), "{text}"):
		return errors.New("{to} and {text} must stand somewhere")
	}
	for code, kind := range d.Reasons {
		if _, ok := kinds[kind]; !ok {
			return fmt.Errorf("reasons.%s: use permanent, transient or auth", code)
		}
	}
	tests := []*Test{&d.Taken}
	for _, h := range []*Hook{d.Receipt, d.Inbound} {
		if h == nil {
			continue
		}
		tests = append(tests, &h.When)
		for state, means := range h.States {
			if !slices.Contains([]string{"sent", "delivered", "read", "failed"}, means) {
				return fmt.Errorf("states.%s: use sent, delivered, read or failed", state)
			}
		}
	}
	if d.Receipt != nil && (d.Receipt.ID == "" || d.Receipt.State == "") {
		return errors.New("receipt: id and state are needed")
	}
	if d.Inbound != nil && (d.Inbound.From == "" || d.Inbound.Text == "") {
		return errors.New("inbound: from and text are needed")
	}
	for _, t := range tests {
		if t.match, err = regexp.Compile(t.Match); err != nil {
			return fmt.Errorf("match: %w", err)
		}
	}
	return nil
}

// all is every template of the description, to look for holes.
func (d *Description) all() []byte {
	var b strings.Builder
	b.WriteString(d.URL)
	for _, m := range []map[string]string{d.Headers, d.Query, d.Form} {
		for _, v := range m {
			b.WriteString(v)
		}
	}
	b.Write(d.JSON)
	return []byte(b.String())
}

var kinds = map[string]channels.ErrorKind{"permanent": channels.Permanent, "transient": channels.Transient, "auth": channels.AuthFailed}

// holds tells whether an answer or item passes the test.
func (t Test) holds(status int, v value) bool {
	switch {
	case len(t.Status) == 0 && (status < 200 || status > 299), len(t.Status) > 0 && !slices.Contains(t.Status, status):
		return false
	case t.Path == "" && t.Match == "":
		return true
	case t.Path == "":
		return t.match.MatchString(v.whole)
	}
	text, ok := v.at(t.Path)
	return ok && t.match.MatchString(text)
}
