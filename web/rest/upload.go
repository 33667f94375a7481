package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"parley/internal/fault"
)

// uploadPatience is how long an upload may take.
const uploadPatience = 10 * time.Minute

// fieldSlack is how much longer than its file a multipart body may be.
const fieldSlack = 64 << 10

type rawKey struct{}

// patiently gives an upload its time and its handler the way to the body.
func (x *exchange) patiently() context.CancelFunc {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(x.ctx), uploadPatience)
	x.ctx = context.WithValue(ctx, rawKey{}, rawOf(x))
	// The server's deadline for a whole request is shorter. Failing to move it only
	// means that it stays.
	_ = x.SetReadDeadline(time.Now().Add(uploadPatience))
	return cancel
}

// Upload is a file as it arrives.
type Upload struct {
	io.Reader
	Name string // without folders and control characters, at most 200 runes
	Type string // media type, guessed when the client did not say
}

// UploadOf finds the field "file" in a multipart body. The caller reads it before it
// returns. Bodies longer than max and some slack are refused before they are read.
func UploadOf(ctx context.Context, max int64) (*Upload, error) {
	c, ok := ctx.Value(rawKey{}).(*fiber.Ctx)
	if !ok {
		return nil, errors.New("read upload: the operation is not declared as one")
	}
	if int64(c.Request().Header.ContentLength()) > max+fieldSlack {
		return nil, TooLargeFile(max)
	}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	body := c.Request().BodyStream()
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" || body == nil {
		return nil, fault.New(fault.Invalid, codeMediaType, fault.T(
			"Файл передаётся как multipart/form-data с полем file.", "Send the file as multipart/form-data with the field file."))
	}
	form := multipart.NewReader(io.LimitReader(body, max+fieldSlack+1), params["boundary"])
	for range 10 {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, malformedForm()
		}
		if part.FormName() == "file" {
			return uploadOf(part)
		}
	}
	return nil, fault.InvalidField("file", "required", fault.T("Приложите файл в поле file.", "Attach a file in the field file."))
}

func malformedForm() error {
	return fault.New(fault.Invalid, codeMalformed, fault.T(
		"Тело запроса оборвалось или это не multipart/form-data.", "The body broke off or is not multipart/form-data."))
}

func uploadOf(part *multipart.Part) (*Upload, error) {
	u := &Upload{Name: FileName(part.FileName())}
	head := make([]byte, 512)
	n, err := io.ReadFull(part, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, malformedForm()
	}
	head = head[:n]
	u.Type = mediaType(part.Header.Get("Content-Type"), head)
	u.Reader = io.MultiReader(strings.NewReader(string(head)), formReader{part})
	return u, nil
}

// formReader turns what multipart says of a broken body into a fault.
type formReader struct{ r io.Reader }

func (f formReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, malformedForm()
	}
	return n, err
}

// mediaType is what the client says, unless that says nothing.
func mediaType(said string, head []byte) string {
	kind, _, err := mime.ParseMediaType(said)
	if err != nil || kind == "application/octet-stream" || !strings.Contains(kind, "/") || len(kind) > 100 {
		kind, _, _ = mime.ParseMediaType(http.DetectContentType(head))
	}
	return kind
}

// FileName makes a name that is safe to show and to put into a header of what a
// client calls a file.
func FileName(said string) string {
	name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(said, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 200 {
		ext := []rune(path.Ext(name))
		if len(ext) > 20 {
			ext = nil
		}
		name = string(runes[:200-len(ext)]) + string(ext)
	}
	if name = strings.TrimSpace(name); name == "" || name == "." || name == "/" || name == ".." {
		return "file"
	}
	return name
}

// TooLargeFile says how large a file may be.
func TooLargeFile(max int64) error {
	size := fmt.Sprint(max >> 20)
	return fault.New(fault.TooLarge, "file_too_large", fault.T(
		"Файл не больше "+size+" МБ.", "A file may have at most "+size+" MB.")).
		WithDetails(map[string]int64{"max_bytes": max})
}

// uploadBody describes the body of an upload.
func uploadBody() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{
			Type: huma.TypeObject, Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": {Type: huma.TypeString, Format: "binary"}},
		}},
	}}
}
