package smstest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// Password is what the gateway wants to see.
const Password = "gateway-password-0123"

// Gateway is a plain gateway: it takes a GET with a query. It is an http.Handler.
type Gateway struct {
	mu   sync.Mutex
	sent []url.Values
}

// Description tells an account of it, at a URL.
func (g *Gateway) Description(address string) string {
	return `{"name":"Test","source":"this package","checked":"2026-11-22","method":"GET","url":"` + address + `/send",
		"query":{"user":"{login}","key":"{password}","phone":"{to}","msg":"{text}","from":"{from}","ref":"{key}"},
		"taken":{"path":"result","match":"^ok$"},"id":"id","reason":"code","reasons":{"7":"permanent","13":"auth"},"dedup":true,
		"receipt":{"when":{"path":"state"},"id":"id","state":"state","reason":"why","states":{"DELIVRD":"delivered","UNDELIV":"failed","EXPIRED":"failed"},"answer":"ACK"},
		"inbound":{"when":{"path":"words"},"id":"id","from":"sender","text":"words"}}`
}

// ServeHTTP implements http.Handler.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Get("key") != Password {
		answer(w, http.StatusOK, map[string]any{"result": "error", "code": 13})
		return
	}
	g.mu.Lock()
	g.sent = append(g.sent, query)
	n := len(g.sent)
	g.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"result": "ok", "id": fmt.Sprint("g", n)})
}

// Sent returns every message that was taken, as it came.
func (g *Gateway) Sent() []url.Values {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.sent)
}
