package whatsapptest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// message takes a message, a reaction or a receipt.
func (s *Server) message(w http.ResponseWriter, r *http.Request, body []byte) {
	var m map[string]any
	if json.Unmarshal(body, &m) != nil || m["messaging_product"] != "whatsapp" {
		refuse(w, http.StatusBadRequest, 100, "(#100) The parameter messaging_product is required.")
		return
	}
	if m["status"] == "read" {
		s.mu.Lock()
		s.receipts = append(s.receipts, Call{Body: m})
		s.mu.Unlock()
		answer(w, map[string]any{"success": true})
		return
	}
	c := Call{To: recipient(m), Text: said(m), Body: m}
	s.mu.Lock()
	trouble := s.trouble(m, c)
	s.last++
	c.ID = fmt.Sprintf("wamid.HBg%s%06d", s.Account.NumberID, s.last)
	var p planned
	if len(s.faults) > 0 {
		p, s.faults = s.faults[0], s.faults[1:]
	}
	s.calls = append(s.calls, c)
	s.mu.Unlock()
	switch {
	case p.fault == LoseReply:
		hangUp(w)
	case p.fault == Hang:
		select {
		case <-r.Context().Done():
		case <-s.release:
		}
		hangUp(w)
	case p.fault == Garble:
		_, _ = io.WriteString(w, "<html>what?</html>") // a client that has gone needs no answer
	case p.fault != "":
		for name := range p.header {
			w.Header().Set(name, p.header.Get(name))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(p.status)
		_, _ = io.WriteString(w, p.body) // as above
	case trouble != "":
		refuse(w, http.StatusBadRequest, 131009, trouble)
	default:
		answer(w, map[string]any{
			"messaging_product": "whatsapp", "contacts": []any{map[string]any{"input": c.To, "wa_id": c.To}},
			"messages": []any{map[string]any{"id": c.ID}},
		})
	}
}

func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close() // the point of it
	}
}

func recipient(m map[string]any) string {
	to, _ := m["to"].(string)
	if to == "" {
		to, _ = m["recipient"].(string)
	}
	if m["recipient_type"] == "group" {
		to = "group:" + to
	}
	return to
}

// said is the text of a message, wherever its kind keeps it.
func said(m map[string]any) string {
	kind, _ := m["type"].(string)
	content, _ := m[kind].(map[string]any)
	for _, name := range []string{"body", "caption", "emoji", "name"} {
		switch v := content[name].(type) {
		case string:
			return v
		case map[string]any:
			text, _ := v["text"].(string)
			return text
		}
	}
	return ""
}

// trouble says why Meta would not take a message, beyond what its schema tells; "" when it would.
func (s *Server) trouble(m map[string]any, c Call) string {
	kind, _ := m["type"].(string)
	content, ok := m[kind].(map[string]any)
	mark, _ := m["biz_opaque_callback_data"].(string)
	switch {
	case !ok:
		return "Parameter value is not valid: type"
	case c.To == "" || strings.HasPrefix(c.To, "+"):
		return "Parameter value is not valid: to"
	case len(mark) > 512:
		return "Parameter value is not valid: biz_opaque_callback_data"
	}
	switch kind {
	case "text":
		if n := utf8.RuneCountInString(c.Text); n == 0 || n > 4096 {
			return "Parameter value is not valid: text.body"
		}
	case "image", "video", "audio", "document", "sticker":
		return s.fileTrouble(kind, content)
	case "reaction":
		if id, _ := content["message_id"].(string); id == "" {
			return "Parameter value is not valid: reaction.message_id"
		}
	case "template", "interactive":
	default:
		return "Parameter value is not valid: type " + kind
	}
	return ""
}

func (s *Server) fileTrouble(kind string, content map[string]any) string {
	id, _ := content["id"].(string)
	caption, _ := content["caption"].(string)
	u, known := s.uploads[id]
	switch {
	case !known:
		return "Parameter value is not valid: " + kind + ".id"
	case kind == "sticker" && u.Type != "image/webp",
		slices.Contains([]string{"image", "video", "audio"}, kind) && !strings.HasPrefix(u.Type, kind+"/"):
		return "Media of type " + u.Type + " cannot be sent as " + kind
	case utf8.RuneCountInString(caption) > 1024, caption != "" && (kind == "audio" || kind == "sticker"):
		return "Parameter value is not valid: " + kind + ".caption"
	}
	return ""
}
