package whatsapp_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/channels"
)

func put(t testing.TB, w *world, name, mediaType, data string) channels.File {
	t.Helper()
	f, err := w.files.Put(t.Context(), name, mediaType, strings.NewReader(data), 1<<30)
	if err != nil {
		t.Fatalf("put file: %v", err)
	}
	return f
}

func addTemplates(w *world) {
	for _, text := range []string{
		`{"name":"order_ready","language":"ru","status":"APPROVED","category":"UTILITY","id":"1","components":[
			{"type":"HEADER","format":"TEXT","text":"Заказ"},{"type":"BODY","text":"Здравствуйте, {{1}}! Заказ {{2}} готов, {{1}}."},{"type":"FOOTER","text":"Магазин"},
			{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Спасибо"}]}]}`,
		`{"name":"named","language":"en_US","status":"PENDING","category":"MARKETING","parameter_format":"NAMED","id":"2","components":[
			{"type":"HEADER","format":"TEXT","text":"{{shop}}"},{"type":"BODY","text":"Hi {{first_name}}, order {{number}}"}]}`,
		`{"name":"picture","language":"en_US","status":"APPROVED","category":"MARKETING","id":"3","components":[
			{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Look, {{1}}"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Open","url":"https://example.org/{{1}}"}]}]}`,
		`{"name":"turned","language":"en","status":"APPROVED","category":"UTILITY","id":"7","parameter_format":"POSITIONAL","components":[{"type":"BODY","text":"Order {{2}} for {{1}}: {{10}}"}]}`,
		`{"name":"refused","language":"en","status":"REJECTED","rejected_reason":"INVALID_FORMAT","category":"MARKETING","id":"4","components":[{"type":"BODY","text":"{{1}}{{2}}"}]}`,
		`{"name":"cards","language":"en","status":"APPROVED","category":"MARKETING","id":"5","components":[{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[]}]}`,
	} {
		w.AddTemplate(text)
	}
}

func TestTemplatesAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	addTemplates(w)
	w.PageSize(2)
	list, err := w.open(t).Templates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []channels.Template{
		{Name: "order_ready", Language: "ru", State: "approved", Category: "utility", Header: "Заказ", Body: "Здравствуйте, {{1}}! Заказ {{2}} готов, {{1}}.", Footer: "Магазин", Buttons: []channels.Button{{Text: "Спасибо", Data: "Спасибо"}}, Params: []string{"1", "2"}},
		{Name: "named", Language: "en_US", State: "pending", Category: "marketing", Header: "{{shop}}", Body: "Hi {{first_name}}, order {{number}}", Params: []string{"header.shop", "first_name", "number"}},
		{Name: "picture", Language: "en_US", State: "approved", Category: "marketing", Header: "image", Body: "Look, {{1}}", Buttons: []channels.Button{{Text: "Open", URL: "https://example.org/{{1}}"}}, Params: []string{"1", "button.1"}},
		{Name: "turned", Language: "en", State: "approved", Category: "utility", Body: "Order {{2}} for {{1}}: {{10}}", Params: []string{"1", "2", "10"}},
		{Name: "refused", Language: "en", State: "rejected", Reason: "INVALID_FORMAT", Category: "marketing", Body: "{{1}}{{2}}", Params: []string{"1", "2"}},
		{Name: "cards", Language: "en", State: "unsupported", Reason: "templates with cards or an offer's end are not supported: choose another", Category: "marketing", Body: "Look"},
	}
	if len(list) != len(want) {
		t.Fatalf("%d templates over three pages, want %d", len(list), len(want))
	}
	for i := range want {
		if list[i].At.IsZero() {
			t.Errorf("%s has no time", list[i].Name)
		}
		list[i].At = time.Time{}
		if !reflect.DeepEqual(list[i], want[i]) {
			t.Errorf("got  %+v\nwant %+v", list[i], want[i])
		}
	}
}

func TestTemplatesAreFilled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		use   channels.TemplateUse
		files []string // media types
		want  string   // the components, or
		code  string   // the refusal
	}{
		"numbers": {channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"Анна", "42"}}, nil,
			`[{"parameters":[{"text":"Анна","type":"text"},{"text":"42","type":"text"}],"type":"body"}]`, ""},
		"numbers in another order": {channels.TemplateUse{Name: "turned", Language: "en", Values: []string{"Ann", "42", "soon"}}, nil,
			`[{"parameters":[{"text":"Ann","type":"text"},{"text":"42","type":"text"},{"text":"soon","type":"text"}],"type":"body"}]`, ""},
		"names": {channels.TemplateUse{Name: "named", Language: "en_US", Values: []string{"Shop", "Ann", "42"}}, nil,
			`[{"parameters":[{"parameter_name":"shop","text":"Shop","type":"text"}],"type":"header"},{"parameters":[{"parameter_name":"first_name","text":"Ann","type":"text"},{"parameter_name":"number","text":"42","type":"text"}],"type":"body"}]`, ""},
		"a file": {channels.TemplateUse{Name: "picture", Language: "en_US", Values: []string{"Ann", "abc"}}, []string{"image/png"},
			`[{"parameters":[{"image":{"id":"FILE"},"type":"image"}],"type":"header"},{"parameters":[{"text":"Ann","type":"text"}],"type":"body"},{"index":"0","parameters":[{"text":"abc","type":"text"}],"sub_type":"url","type":"button"}]`, ""},
		"no file":          {channels.TemplateUse{Name: "picture", Language: "en_US", Values: []string{"Ann", "abc"}}, nil, "", "template_file"},
		"another file":     {channels.TemplateUse{Name: "picture", Language: "en_US", Values: []string{"Ann", "abc"}}, []string{"application/pdf"}, "", "template_file"},
		"a file too many":  {channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"Анна", "42"}}, []string{"image/png"}, "", "template_file"},
		"too few values":   {channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"Анна"}}, nil, "", "template_values"},
		"an empty value":   {channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"Анна", ""}}, nil, "", "template_values"},
		"another language": {channels.TemplateUse{Name: "order_ready", Language: "en", Values: []string{"Ann", "42"}}, nil, "", "template_missing"},
		"part of a name":   {channels.TemplateUse{Name: "order", Language: "ru"}, nil, "", "template_missing"},
		"cards":            {channels.TemplateUse{Name: "cards", Language: "en"}, nil, "", "template_kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			addTemplates(w)
			m := channels.Outgoing{Key: "3", MessageID: 3, Chat: phone, Template: &c.use}
			for _, mediaType := range c.files {
				m.Files = append(m.Files, put(t, w, "file", mediaType, "data"))
			}
			_, err := w.open(t).Send(t.Context(), m)
			if c.code != "" {
				if e := failureOf(t, err); e.Code != c.code || e.Kind != channels.Permanent || len(w.Calls()) != 0 {
					t.Errorf("%s %s, %d calls; want %s", e.Kind, e.Code, len(w.Calls()), c.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			used := w.Calls()[0].Body["template"].(map[string]any)
			got, err := json.Marshal(used["components"])
			if err != nil {
				t.Fatal(err)
			}
			if text := fileID.ReplaceAllString(string(got), `"id":"FILE"`); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}

var fileID = regexp.MustCompile(`"id":"\d+"`)

// TestTemplatesAreLookedUpOnce sends one template often, as a mailing does.
func TestTemplatesAreLookedUpOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	addTemplates(w)
	lookups := 0
	w.Inspect = func(r *http.Request, _ []byte) {
		if r.Method == http.MethodGet {
			lookups++
		}
	}
	a := w.open(t)
	for range 5 {
		if _, err := a.Send(t.Context(), channels.Outgoing{Chat: phone, Template: &channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"A", "1"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if lookups != 1 {
		t.Errorf("looked up %d times for five messages", lookups)
	}
}

// TestTemplateLookupReachesNobody: what fails before the message is sent is no doubt about it.
func TestTemplateLookupReachesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	w.dead.Store(true)
	_, err := a.Send(t.Context(), channels.Outgoing{Chat: phone, Template: &channels.TemplateUse{Name: "order_ready", Language: "ru"}})
	if e := failureOf(t, err); e.Kind != channels.Transient {
		t.Errorf("%s %s, want transient", e.Kind, e.Code)
	}
}

// TestForeignTemplates lists the templates of the corpus, which were made to be submitted.
func TestForeignTemplates(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(corpus, "../templates/*/*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("no templates at ../shared/corpora/webhooks/whatsapp")
	}
	w := newWorld(t)
	count := 0
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var list map[string]json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, one := range list {
			w.AddTemplate(string(one))
			count++
		}
	}
	got, err := w.open(t).Templates(t.Context())
	if err != nil || len(got) != count {
		t.Fatalf("%d of %d templates are listed, %v", len(got), count, err)
	}
	for _, one := range got {
		if one.Name == "" || one.Language == "" {
			t.Errorf("%+v lacks its name or its language", one)
		}
	}
}
