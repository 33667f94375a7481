package web

import (
	"bytes"
	"encoding/json"
	"fmt"

	"parley/accounts"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/inbox/search"
	"parley/internal/auth"
	"parley/internal/notify"
	"parley/router"
	"parley/router/assign"
	"parley/router/clocks"
	"parley/router/views"
	"parley/templates"
	"parley/templates/quickreply"
	"parley/web/alerts"
	"parley/web/chat"
	"parley/web/events"
	"parley/web/files"
	"parley/web/routing"
	"parley/web/rules"
)

// openapi.json is what clients are generated from; a test holds it to what a running
// server says of itself.
//
//go:generate go run ./openapi openapi.json

// Describe returns the description of every operation, as a server with all its parts
// serves it at /api/openapi.json, indented for readers. The version is "dev". Nothing is started:
// the parts are empty, for declaring an operation does not run it.
func Describe() ([]byte, error) {
	s, err := New(Deps{
		Version: "dev",
		Auth:    new(auth.Service), Inbox: new(inbox.Service), Contacts: new(contact.Service), Pipeline: new(pipeline.Service), History: new(history.Service),
		Feed: new(events.Feed), Accounts: new(accounts.Service), Files: struct{ files.Store }{}, Chats: struct{ chat.Store }{}, Templates: new(templates.Service), QuickReplies: new(quickreply.Service),
		Alerts: alerts.New(new(notify.Bell)),
		Views:  new(views.Service),
		Search: new(search.Service),
		Rules:  rules.Deps{Router: new(router.Service)}, Routing: routing.Deps{Clocks: new(clocks.Service), Assign: new(assign.Service)},
	})
	if err != nil {
		return nil, err
	}
	defer s.stop()
	compact, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe API: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, compact, "", "  "); err != nil {
		return nil, fmt.Errorf("describe API: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
