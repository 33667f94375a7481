package whatsapp_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/whatsapp/whatsapptest"
)

// TestRequestsAgreeWithTheSchema has every request that the adapter can make, and every answer that the
// server of the tests gives, judged by Meta's OpenAPI.
func TestRequestsAgreeWithTheSchema(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := &watched{judge: judge{schema(t)}, next: w.http.Transport}
	w.http = &http.Client{Transport: seen}
	addTemplates(w)
	a := w.open(t)
	file := func(name, mediaType string) channels.File { return put(t, w, name, mediaType, "bytes of "+name) }
	buttons := func(n int) (rows [][]channels.Button) {
		for i := range n {
			rows = append(rows, []channels.Button{{Text: "Choice " + string(rune('A'+i)), Data: "c" + string(rune('a'+i))}})
		}
		return rows
	}
	for name, m := range map[string]channels.Outgoing{
		"text":            {Text: "Hello"},
		"link":            {Text: "https://example.org/"},
		"html":            {Text: "bold", HTML: "<p><b>bold</b></p>"},
		"longest text":    {Text: strings.Repeat("ж", 4096)},
		"answer":          {Text: "Yes", ReplyTo: "wamid.HBgLMTY1"},
		"image":           {Text: "caption", Files: []channels.File{file("a.png", "image/png")}},
		"longest caption": {Text: strings.Repeat("ж", 1024), Files: []channels.File{file("a.png", "image/png")}},
		"video":           {Files: []channels.File{file("a.mp4", "video/mp4")}},
		"audio and text":  {Text: "listen", Files: []channels.File{file("a.ogg", "audio/ogg; codecs=opus")}},
		"document":        {Text: "contract", Files: []channels.File{file("договор.pdf", "application/pdf")}},
		"sticker":         {Files: []channels.File{file("a.webp", "image/webp")}},
		"several":         {Text: "three", Files: []channels.File{file("a.png", "image/png"), file("b.pdf", "application/pdf"), file("c.mp3", "audio/mpeg")}},
		"buttons":         {Text: "Which?", Buttons: buttons(3)},
		"list":            {Text: "Which?", Buttons: buttons(10)},
		"links":           {Text: "Look", Buttons: [][]channels.Button{{{Text: "Site", URL: "https://example.org"}}}},
		"group":           {Text: "Hello all", Chat: "group:Y2FwaV9ncm91cDox"},
		"hidden phone":    {Text: "Hello", Chat: "US.13491208655302741918"},
		"template":        {Template: &channels.TemplateUse{Name: "order_ready", Language: "ru", Values: []string{"Анна", "42"}}},
		"named values":    {Template: &channels.TemplateUse{Name: "named", Language: "en_US", Values: []string{"Shop", "Ann", "42"}}},
		"template, file":  {Template: &channels.TemplateUse{Name: "picture", Language: "en_US", Values: []string{"Ann", "abc"}}, Files: []channels.File{file("a.png", "image/png")}},
	} {
		m.Key, m.MessageID, m.Attempt = "900", 900, 1
		if m.Chat == "" {
			m.Chat = phone
		}
		if _, err := a.Send(t.Context(), m); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	id := w.Keep(whatsapptest.Upload{Type: "image/jpeg", Data: []byte("jpeg")})
	if _, err := a.Fetch(t.Context(), channels.Media{Ref: id}, w.files); err != nil {
		t.Errorf("fetch: %v", err)
	}
	in := newInbox(a)
	in.push(t, w.Message(phone, "Ann", map[string]any{"type": "text", "text": map[string]any{"body": "hi"}}))
	for name, err := range map[string]error{
		"react": a.React(t.Context(), phone, "wamid.x", "👍"), "take back": a.React(t.Context(), phone, "wamid.x", ""),
		"read": a.MarkRead(t.Context(), phone, "wamid.x"), "typing": a.Typing(t.Context(), "+"+phone, "Ann"),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.Templates(t.Context()); err != nil {
		t.Errorf("templates: %v", err)
	}
	for _, c := range a.Check(t.Context()) {
		if c.Err != nil {
			t.Errorf("check %s: %v", c.Part, c.Err)
		}
	}
	seen.report(t)
	if n := len(w.Receipts()); n != 2 {
		t.Errorf("%d receipts reached the server, want 2", n)
	}
}

// TestSchemaJudges makes sure that the judge refuses what is wrong.
func TestSchemaJudges(t *testing.T) {
	t.Parallel()
	j := judge{schema(t)}
	head := `"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234",`
	for name, body := range map[string]string{
		"no recipient":    `{"messaging_product":"whatsapp","recipient_type":"individual","type":"text","text":{"body":"x"}}`,
		"unknown kind":    `{` + head + `"type":"poem","poem":{"body":"x"}}`,
		"no content":      `{` + head + `"type":"text"}`,
		"long title":      `{` + head + `"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"123456789012345678901"}}]}}}`,
		"four buttons":    `{` + head + `"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[` + strings.TrimSuffix(strings.Repeat(`{"type":"reply","reply":{"id":"a","title":"x"}},`, 4), ",") + `]}}}`,
		"no file":         `{` + head + `"type":"image","image":{"caption":"x"}}`,
		"receipt of none": `{"messaging_product":"whatsapp","status":"read"}`,
		"no language":     `{` + head + `"type":"template","template":{"name":"x"}}`,
		"text is no text": `{` + head + `"type":"text","text":{"body":7}}`,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://graph.facebook.com/v23.0/"+meta.NumberID+"/messages", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+meta.Token)
		if err := j.request(r, []byte(body)); err == nil {
			t.Errorf("%s is taken for right", name)
		}
	}
}
