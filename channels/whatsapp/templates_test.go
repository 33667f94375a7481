package whatsapp_test

import (
	"strings"
	"testing"

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
		`{"name":"refused","language":"en","status":"REJECTED","rejected_reason":"INVALID_FORMAT","category":"MARKETING","id":"4","components":[{"type":"BODY","text":"{{1}}{{2}}"}]}`,
		`{"name":"cards","language":"en","status":"APPROVED","category":"MARKETING","id":"5","components":[{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[]}]}`,
	} {
		w.AddTemplate(text)
	}
}
