package whatsapptest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
)

// upload takes a file. The form is read by hand, for its parts' own types.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, body []byte) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		refuse(w, http.StatusBadRequest, 100, "Not a form")
		return
	}
	fields := map[string]string{}
	var u Upload
	form := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		p, err := form.NextPart()
		if err != nil {
			break
		}
		data, err := io.ReadAll(p)
		if err != nil {
			break
		}
		if p.FormName() == "file" {
			u = Upload{Name: p.FileName(), Type: p.Header.Get("Content-Type"), Data: data}
			continue
		}
		fields[p.FormName()] = string(data)
	}
	if fields["messaging_product"] != "whatsapp" || len(u.Data) == 0 || fields["type"] != u.Type {
		refuse(w, http.StatusBadRequest, 100, "(#100) Param file must be a file with one of the known types")
		return
	}
	answer(w, map[string]any{"id": s.Keep(u)})
}

// Keep stores a file, as a contact's phone does before it sends a message about it, and returns its id.
func (s *Server) Keep(u Upload) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	u.ID = fmt.Sprint(449070932738000 + s.last)
	s.uploads[u.ID] = u
	return u.ID
}

// Lose forgets a file.
func (s *Server) Lose(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.uploads, id)
}

// File returns a file that was kept or uploaded.
func (s *Server) File(id string) Upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.uploads[id]
}

// describe tells where a file lies.
func (s *Server) describe(w http.ResponseWriter, id string) {
	s.mu.Lock()
	u, known := s.uploads[id]
	base := s.base
	s.mu.Unlock()
	if !known {
		refuse(w, http.StatusBadRequest, 100, "Unsupported get request. Object with ID '"+id+"' does not exist")
		return
	}
	if u.SHA256 == "" {
		sum := sha256.Sum256(u.Data)
		u.SHA256 = hex.EncodeToString(sum[:])
	}
	if u.Host != "" {
		base = u.Host
	}
	answer(w, map[string]any{
		"messaging_product": "whatsapp", "id": id, "mime_type": u.Type, "sha256": u.SHA256,
		"file_size": fmt.Sprint(len(u.Data)), "url": strings.TrimRight(base, "/") + "/v23.0/files/" + id,
	})
}

func (s *Server) download(w http.ResponseWriter, id string) {
	u := s.File(id)
	if u.ID == "" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", u.Type)
	_, _ = w.Write(u.Data) // a client that has gone needs no answer
}
