package telegramtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
)

// maxForm bounds a request, in bytes: the largest upload and some.
const maxForm = 60 << 20

// Params are a call's parameters as text: strings as they are, everything else as JSON. Uploads stand beside
// them, by the names of their parts.
type Params struct {
	Text  map[string]string
	Files map[string]Upload
}

// Upload is a file that came with a call.
type Upload struct {
	Name string
	Data []byte
}

var errParams = errors.New("the parameters cannot be read")

// readParams takes parameters from the address and from a body of any of the three types.
func readParams(r *http.Request) (Params, error) {
	p := Params{Text: map[string]string{}, Files: map[string]Upload{}}
	for name, values := range r.URL.Query() {
		p.Text[name] = values[0]
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxForm)
	if r.ContentLength == 0 {
		return p, nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return p, p.readJSON(r.Body)
	case "multipart/form-data":
		if err := r.ParseMultipartForm(maxForm); err != nil {
			return p, errParams
		}
		for name, values := range r.MultipartForm.Value {
			p.Text[name] = values[0]
		}
		for name, headers := range r.MultipartForm.File {
			f, err := headers[0].Open()
			if err != nil {
				return p, errParams
			}
			data, err := io.ReadAll(f)
			f.Close()
			if err != nil {
				return p, errParams
			}
			p.Files[name] = Upload{Name: headers[0].Filename, Data: data}
		}
	default:
		if r.ParseForm() != nil {
			return p, errParams
		}
		for name, values := range r.PostForm {
			p.Text[name] = values[0]
		}
	}
	return p, nil
}

func (p Params) readJSON(body io.Reader) error {
	var values map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&values); err != nil && !errors.Is(err, io.EOF) {
		return errParams
	}
	for name, raw := range values {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			p.Text[name] = text
		} else {
			p.Text[name] = string(raw)
		}
	}
	return nil
}

func (p Params) number(name string) int64 {
	n, _ := strconv.ParseInt(p.Text[name], 10, 64)
	return n
}

// object reads a parameter that is JSON; nil when it is not there or none.
func (p Params) object(name string) (v any) {
	if json.Unmarshal([]byte(p.Text[name]), &v) != nil {
		return nil
	}
	return v
}
