package whatsapp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// schemaFile is Meta's OpenAPI, which lies beside the repository.
const schemaFile = "../../../shared/schemas/whatsapp/business-messaging-api_v23.0.yaml"

// loadSchema reads Meta's OpenAPI and mends what in it contradicts its own examples.
var loadSchema = sync.OnceValues(func() (*openapi3.T, error) {
	if _, err := os.Stat(schemaFile); err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromFile(schemaFile)
	if err != nil {
		return nil, err
	}
	for name, ref := range doc.Components.Schemas {
		// "additionalProperties: false" in one half of an allOf forbids the other half's properties: no
		// message of the file's own examples would be valid.
		if strings.HasSuffix(name, "Message") {
			for _, half := range ref.Value.AllOf {
				half.Value.AdditionalProperties = openapi3.BoolSchema{}
			}
		}
		// The pattern of a button's index is the footnote marks of a page.
		if index := ref.Value.Properties["index"]; index != nil && strings.HasSuffix(name, "Component") {
			index.Value.Pattern = "^[0-9]$"
		}
		for _, half := range ref.Value.AllOf {
			if index := half.Value.Properties["index"]; index != nil {
				index.Value.Pattern = "^[0-9]$"
			}
		}
	}
	// The reference of media wants the form to name the type; the file forgets it.
	form := doc.Paths.Value(edges["POST media"]).Post.RequestBody.Value.Content["multipart/form-data"].Schema.Value
	form.Properties["type"] = openapi3.NewStringSchema().NewRef()
	return doc, nil
})

func schema(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := loadSchema()
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("Meta's OpenAPI is not at ../shared/schemas/whatsapp")
	}
	if err != nil {
		t.Fatalf("load Meta's OpenAPI: %v", err)
	}
	return doc
}

// edges are the parts of the API that we use, by what follows the version and an id.
var edges = map[string]string{
	"POST messages":         "/{Version}/{Phone-Number-ID}/messages",
	"POST media":            "/{Version}/{Phone-Number-ID}/media",
	"GET message_templates": "/{Version}/{WABA-ID}/message_templates",
	"GET subscribed_apps":   "/{Version}/{WABA-ID}/subscribed_apps",
	"GET number":            "/{Version}/{Phone-Number-ID}",
	"GET media":             "/{Version}/{Media-ID}",
}

// judge checks requests and answers against the schema.
type judge struct{ doc *openapi3.T }

// route finds the operation of a request, and the ids in its path.
func (j judge) route(r *http.Request) (*routers.Route, map[string]string, error) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	edge := path[len(path)-1]
	if len(path) == 2 {
		edge = "media"
		if path[1] == meta.NumberID {
			edge = "number"
		}
	}
	template, known := edges[r.Method+" "+edge]
	if !known {
		return nil, nil, fmt.Errorf("%s %s is in no schema", r.Method, r.URL.Path)
	}
	item := j.doc.Paths.Value(template)
	params := map[string]string{}
	for i, name := range strings.Split(strings.Trim(template, "/"), "/") {
		if strings.HasPrefix(name, "{") {
			params[strings.Trim(name, "{}")] = path[i]
		}
	}
	return &routers.Route{Spec: j.doc, Path: template, PathItem: item, Method: r.Method, Operation: item.GetOperation(r.Method)}, params, nil
}

func (j judge) input(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, error) {
	route, params, err := j.route(r)
	if err != nil {
		return nil, err
	}
	r = r.Clone(context.Background())
	r.Body, r.GetBody, r.ContentLength = io.NopCloser(bytes.NewReader(body)), nil, int64(len(body))
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}, nil
}

// request says what is wrong with a request of ours.
func (j judge) request(r *http.Request, body []byte) error {
	if strings.Contains(r.URL.Path, "/files/") {
		return nil // Meta's addresses of files are no part of the API
	}
	if strings.HasSuffix(r.URL.Path, "/messages") {
		var m map[string]any
		if err := json.Unmarshal(body, &m); err != nil {
			return err
		}
		if m["status"] != nil { // the schema describes receipts, but lists them nowhere
			return j.doc.Components.Schemas["MarkMessageRequestPayload"].Value.VisitJSON(m)
		}
		if id, hidden := m["recipient"]; hidden { // newer than the schema: …/business-scoped-user-ids
			m["to"] = id
			delete(m, "recipient")
			var err error
			if body, err = json.Marshal(m); err != nil {
				return err
			}
		}
	}
	in, err := j.input(r, body)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(context.Background(), in)
}

// answer says what is wrong with a 200 of the fake server.
func (j judge) answer(r *http.Request, body, answer []byte) error {
	if strings.Contains(r.URL.Path, "/files/") || bytes.Contains(body, []byte(`"status":"read"`)) {
		return nil
	}
	in, err := j.input(r, body)
	if err != nil {
		return err
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Options: in.Options}
	out.SetBodyBytes(answer)
	return openapi3filter.ValidateResponse(context.Background(), out)
}

// watched is a transport that has every exchange judged.
type watched struct {
	judge judge
	next  http.RoundTripper

	mu     sync.Mutex
	faults []string
	seen   []string // what was judged
}

func (w *watched) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	w.note(r, "request", body, w.judge.request(r, body))
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	if resp.StatusCode == http.StatusOK {
		w.note(r, "answer", answer, w.judge.answer(r, body, answer))
	}
	return resp, nil
}

func (w *watched) note(r *http.Request, what string, text []byte, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, what+" "+r.Method+" "+r.URL.Path)
	if err != nil {
		w.faults = append(w.faults, fmt.Sprintf("%s of %s %s: %v\n%.600s", what, r.Method, r.URL.Path, err, text))
	}
}

func (w *watched) report(t testing.TB) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, fault := range w.faults {
		t.Error(fault)
	}
	slices.Sort(w.seen)
	t.Logf("%d requests and answers judged, of these kinds: %s", len(w.seen), strings.Join(slices.Compact(w.seen), "; "))
}
