package whatsapptest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// AddTemplate adds a template, as Meta's JSON describes it.
func (s *Server) AddTemplate(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.templates = append(s.templates, json.RawMessage(text))
}

// PageSize sets how many templates a page has at most.
func (s *Server) PageSize(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pageSize = n
}

func (s *Server) listTemplates(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := r.URL.Query().Get("name")
	var found []json.RawMessage
	for _, t := range s.templates {
		var about struct{ Name string }
		if json.Unmarshal(t, &about) != nil || strings.Contains(about.Name, name) {
			found = append(found, t)
		}
	}
	start, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil || start > len(found) {
		start = 0
	}
	end := min(start+s.pageSize, len(found))
	page := map[string]any{"data": append([]json.RawMessage{}, found[start:end]...)}
	if len(found) > 0 {
		paging := map[string]any{"cursors": map[string]any{"before": strconv.Itoa(start), "after": strconv.Itoa(end)}}
		if end < len(found) {
			paging["next"] = s.base + r.URL.Path + "?after=" + strconv.Itoa(end)
		}
		page["paging"] = paging
	}
	answer(w, page)
}
