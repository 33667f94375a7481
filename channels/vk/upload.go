package vk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"parley/channels"
)

// upload brings files to VK and returns what messages.send attaches them by, in order. None of it
// reaches the contact, so all of it may be repeated.
func (a *Account) upload(ctx context.Context, peer int64, files []channels.File) ([]string, *channels.Error) {
	attached := make([]string, 0, len(files))
	for _, f := range files {
		var name string
		var err *channels.Error
		switch kindOf(f, len(files) == 1) {
		case channels.MediaPhoto:
			name, err = a.photo(ctx, peer, f)
		case channels.MediaVoice:
			name, err = a.document(ctx, peer, f, "audio_message")
		default:
			name, err = a.document(ctx, peer, f, "doc")
		}
		if err != nil {
			return nil, uploadFailed(err)
		}
		attached = append(attached, name)
	}
	return attached, nil
}

// kindOf says how a file is shown: pictures as photos, a recording that stands alone as a voice
// message, the rest as documents. VK takes JPG, PNG and GIF for photos; a GIF would stop moving.
func kindOf(f channels.File, alone bool) channels.MediaKind {
	mediaType, _, _ := strings.Cut(strings.ToLower(f.Type), ";")
	switch strings.TrimSpace(mediaType) {
	case "image/jpeg", "image/png":
		if f.Size <= maxPhoto {
			return channels.MediaPhoto
		}
	case "audio/ogg", "audio/opus":
		if alone {
			return channels.MediaVoice
		}
	}
	return channels.MediaFile
}

// uploadFailed says that nothing was sent where the reason alone would not.
func uploadFailed(err *channels.Error) *channels.Error {
	err = harmless(err)
	switch err.Code {
	case CodeParameter, CodeRefused:
		return failure(channels.Permanent, CodeFileRefused, err.Err)
	case CodeUnexpected:
		return failure(channels.Transient, CodeUpload, err.Err)
	}
	return err
}

// place is where VK wants a file.
type place struct {
	URL string `json:"upload_url"`
}

func (a *Account) photo(ctx context.Context, peer int64, f channels.File) (string, *channels.Error) {
	var to place
	if err := a.api.call(ctx, "photos.getMessagesUploadServer", url.Values{"peer_id": {id(peer)}}, &to); err != nil {
		return "", err
	}
	var up struct {
		Server json.Number `json:"server"`
		Photo  string      `json:"photo"`
		Hash   string      `json:"hash"`
	}
	if err := a.post(ctx, to, "photo", f, &up); err != nil {
		return "", err
	}
	if up.Photo == "" || up.Photo == "[]" {
		return "", failure(channels.Permanent, CodeFileRefused, nil)
	}
	var saved []stored
	if err := a.api.call(ctx, "photos.saveMessagesPhoto", url.Values{
		"server": {up.Server.String()}, "photo": {up.Photo}, "hash": {up.Hash},
	}, &saved); err != nil {
		return "", err
	}
	if len(saved) != 1 {
		return "", failure(channels.Transient, CodeUpload, errors.New("no photo was saved"))
	}
	return saved[0].name("photo"), nil
}

func (a *Account) document(ctx context.Context, peer int64, f channels.File, kind string) (string, *channels.Error) {
	var to place
	if err := a.api.call(ctx, "docs.getMessagesUploadServer", url.Values{"peer_id": {id(peer)}, "type": {kind}}, &to); err != nil {
		return "", err
	}
	var up struct {
		File string `json:"file"`
	}
	if err := a.post(ctx, to, "file", f, &up); err != nil {
		return "", err
	}
	if up.File == "" {
		return "", failure(channels.Permanent, CodeFileRefused, nil)
	}
	var saved struct {
		Doc   *stored `json:"doc"`
		Voice *stored `json:"audio_message"`
	}
	if err := a.api.call(ctx, "docs.save", url.Values{"file": {up.File}, "title": {f.Name}}, &saved); err != nil {
		return "", err
	}
	switch {
	case saved.Voice != nil:
		return saved.Voice.name("audio_message"), nil
	case saved.Doc != nil:
		return saved.Doc.name("doc"), nil
	}
	return "", failure(channels.Transient, CodeUpload, errors.New("no document was saved"))
}

// stored is something that VK keeps and a message may name.
type stored struct {
	ID      int64  `json:"id"`
	OwnerID int64  `json:"owner_id"`
	Key     string `json:"access_key"`
}

func (s stored) name(kind string) string {
	name := fmt.Sprintf("%s%d_%d", kind, s.OwnerID, s.ID)
	if s.Key != "" {
		name += "_" + s.Key
	}
	return name
}

// post sends a file's bytes to where VK wants them and reads what it says.
func (a *Account) post(ctx context.Context, to place, field string, f channels.File, out any) *channels.Error {
	if !isWeb(to.URL) {
		return failure(channels.Transient, CodeUpload, errors.New("no address to upload to"))
	}
	src, err := a.env.Files.Open(ctx, f)
	if err != nil {
		return failure(channels.Transient, CodeFile, fmt.Errorf("open attachment: %w", err))
	}
	body, contentType, stop := form(src, field, f)
	defer stop()
	return a.api.answer(ctx, http.MethodPost, to.URL, contentType, body, func(data []byte) *channels.Error {
		var complaint struct {
			Error json.RawMessage `json:"error"`
		}
		switch {
		case json.Unmarshal(data, &complaint) != nil || json.Unmarshal(data, out) != nil:
			return failure(channels.Transient, CodeUpload, errors.New("the answer to an upload has another shape"))
		case len(complaint.Error) > 0 && string(complaint.Error) != "null":
			return failure(channels.Permanent, CodeFileRefused, nil)
		}
		return nil
	})
}

// form writes a file as a form while it is being read. Stop ends the writing, waits for it and closes the file.
func form(src io.ReadCloser, field string, f channels.File) (body io.Reader, contentType string, stop func()) {
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer src.Close() //nolint:errcheck // it was only read
		w.CloseWithError(fill(form, field, f, src))
	}()
	return r, form.FormDataContentType(), func() {
		_ = r.Close()
		<-done
	}
}

func fill(form *multipart.Writer, field string, f channels.File, src io.Reader) error {
	part, err := form.CreateFormFile(field, fileName(f.Name, ""))
	if err != nil {
		return fmt.Errorf("begin form: %w", err)
	}
	if _, err := io.Copy(part, src); err != nil {
		return fmt.Errorf("read attachment: %w", err)
	}
	if err := form.Close(); err != nil {
		return fmt.Errorf("end form: %w", err)
	}
	return nil
}
