package vktest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxUpload is how much of a file the server takes.
const maxUpload = 16 << 20

func (s *Server) photoPlace(url.Values) (any, int) {
	return object{"upload_url": s.web.URL + "/upload/photo", "album_id": -64, "user_id": 0, "group_id": s.options.Group}, 0
}

func (s *Server) docPlace(p url.Values) (any, int) {
	kind := "doc"
	if p.Get("type") == "audio_message" {
		kind = "voice"
	}
	return object{"upload_url": s.web.URL + "/upload/" + kind}, 0
}

// upload takes a file and says under which word it can be saved.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	f := s.fault("upload")
	if !s.before(w, r, f) {
		return
	}
	field := "file"
	if r.PathValue("kind") == "photo" {
		field = "photo"
	}
	file, header, err := r.FormFile(field)
	if err != nil {
		writeJSON(w, object{"error": "no_file"})
		return
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxUpload))
	if err != nil {
		writeJSON(w, object{"error": "unreadable"})
		return
	}
	s.mu.Lock()
	word := r.PathValue("kind") + "|" + header.Filename + "|" + strconv.FormatInt(s.newID(), 10)
	s.files[word] = data
	s.mu.Unlock()
	if !s.after(w, r, f) {
		return
	}
	if field == "photo" {
		writeJSON(w, object{"server": 626627, "photo": `[{"photo":"` + jsonEscaped(word) + `"}]`, "hash": "hash"})
		return
	}
	writeJSON(w, object{"file": word})
}

func jsonEscaped(text string) string {
	b, _ := json.Marshal(text)
	return strings.Trim(string(b), `"`)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (s *Server) savePhoto(p url.Values) (any, int) {
	var words []struct{ Photo string }
	if json.Unmarshal([]byte(p.Get("photo")), &words) != nil || len(words) != 1 || p.Get("hash") != "hash" {
		return nil, 121
	}
	data, ok := s.files[words[0].Photo]
	if !ok {
		return nil, 129
	}
	photo := s.photo(data)
	return []object{photo}, 0
}

// photo keeps a picture and describes it.
func (s *Server) photo(data []byte) object {
	id, owner := s.newID(), -s.options.Group
	photo := object{
		"id": id, "owner_id": owner, "album_id": -3, "date": s.now().Unix(), "access_key": "key" + strconv.FormatInt(id, 10), "has_tags": false, "text": "",
		"sizes": []object{
			{"type": "s", "url": s.link("small", data[:0]), "width": 75, "height": 50},
			{"type": "z", "url": s.link(fmt.Sprintf("photo%d.png", id), data), "width": 1280, "height": 853},
		},
	}
	s.saved[fmt.Sprintf("photo%d_%d", owner, id)] = object{"type": "photo", "photo": photo}
	return photo
}

// Photo is an attachment for Write that holds a picture.
func (s *Server) Photo(data []byte) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return object{"type": "photo", "photo": s.photo(data)}
}

// Doc is an attachment for Write that holds a file.
func (s *Server) Doc(title string, data []byte) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return object{"type": "doc", "doc": s.doc(title, data)}
}

// Voice is an attachment for Write that holds a voice message.
func (s *Server) Voice(data []byte) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return object{"type": "audio_message", "audio_message": s.voice(data)}
}

func (s *Server) doc(title string, data []byte) object {
	id, owner := s.newID(), -s.options.Group
	ext := "bin"
	if i := strings.LastIndex(title, "."); i >= 0 {
		ext = title[i+1:]
	}
	doc := object{
		"id": id, "owner_id": owner, "title": title, "size": len(data), "ext": ext, "date": s.now().Unix(), "type": 8,
		"url": s.link(fmt.Sprintf("doc%d", id), data), "access_key": "key" + strconv.FormatInt(id, 10),
	}
	s.saved[fmt.Sprintf("doc%d_%d", owner, id)] = object{"type": "doc", "doc": doc}
	return doc
}

func (s *Server) voice(data []byte) object {
	id, owner := s.newID(), -s.options.Group
	voice := object{
		"id": id, "owner_id": owner, "duration": 3, "waveform": []int{1, 2, 3}, "access_key": "key" + strconv.FormatInt(id, 10),
		"link_ogg": s.link(fmt.Sprintf("voice%d.ogg", id), data), "link_mp3": s.link(fmt.Sprintf("voice%d.mp3", id), data),
	}
	s.saved[fmt.Sprintf("audio_message%d_%d", owner, id)] = object{"type": "audio_message", "audio_message": voice}
	return voice
}

func (s *Server) saveDoc(p url.Values) (any, int) {
	data, ok := s.files[p.Get("file")]
	if !ok {
		return nil, 105
	}
	kind, rest, _ := strings.Cut(p.Get("file"), "|")
	if kind == "voice" {
		return object{"type": "audio_message", "audio_message": s.voice(data)}, 0
	}
	title := p.Get("title")
	if title == "" {
		title, _, _ = strings.Cut(rest, "|")
	}
	return object{"type": "doc", "doc": s.doc(title, data)}, 0
}

// link publishes bytes at an address that holds a key, as VK's do.
func (s *Server) link(name string, data []byte) string {
	s.files["/"+name] = data
	return s.web.URL + "/files/" + name + "?extra=" + accessKey
}

// accessKey opens every file of the server.
const accessKey = "access-key-of-files"

// AccessKey is what opens the server's files: it must be nowhere but in their addresses.
func AccessKey() string { return accessKey }

func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	f := s.fault("files")
	if !s.before(w, r, f) || !s.after(w, r, f) {
		return
	}
	s.mu.Lock()
	data, ok := s.files["/"+r.PathValue("name")]
	s.mu.Unlock()
	if !ok || r.URL.Query().Get("extra") != accessKey {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(data)
}
