package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// Download is the output of an operation that answers with stored bytes.
type Download struct{ Body func(huma.Context) }

// Content is what a Download answers with. Its body is closed when it was sent.
type Content struct {
	Name string
	Type string
	Tag  string // names the bytes for ever, such as their hash
	Size int64
	Body io.ReadSeekCloser
	// Keep is the Cache-Control; "" is an hour for this caller alone.
	Keep string
}

// inline are the types that a browser may show by itself: none of them can run.
var inline = []string{
	"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp",
	"audio/mpeg", "audio/ogg", "audio/wav", "audio/webm", "audio/mp4", "audio/aac", "audio/flac", "audio/x-wav",
	"video/mp4", "video/webm", "video/ogg", "video/quicktime",
}

// Inline tells whether browsers may show a media type in place.
func Inline(kind string) bool { return slices.Contains(inline, kind) }

// Image tells whether a media type is a picture that browsers may show in place.
func Image(kind string) bool { return strings.HasPrefix(kind, "image/") && Inline(kind) }

// filePolicy keeps even a file that is a page from doing anything.
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

// Send answers with a file, or the part of it that the request's Range asks for.
func Send(_ context.Context, f Content) *Download {
	return &Download{Body: func(hctx huma.Context) {
		c := rawOf(hctx)
		if f.Keep == "" {
			f.Keep = "private, max-age=3600"
		}
		c.Set(fiber.HeaderCacheControl, f.Keep)
		c.Set(fiber.HeaderETag, `"`+f.Tag+`"`)
		c.Set(fiber.HeaderContentSecurityPolicy, filePolicy)
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderAcceptRanges, "bytes")
		c.Set(fiber.HeaderContentDisposition, disposition(f))
		c.Set(fiber.HeaderContentType, contentType(f.Type))
		if c.Get(fiber.HeaderIfNoneMatch) == `"`+f.Tag+`"` {
			c.Status(fiber.StatusNotModified)
			_ = f.Body.Close() // it was only read
			return
		}
		from, length, err := rangeOf(c.Get(fiber.HeaderRange), f.Size)
		if r := c.Get(fiber.HeaderIfRange); r != "" && r != `"`+f.Tag+`"` {
			from, length, err = 0, f.Size, nil
		}
		switch {
		case err != nil:
			c.Set(fiber.HeaderContentRange, "bytes */"+strconv.FormatInt(f.Size, 10))
			c.Status(fiber.StatusRequestedRangeNotSatisfiable)
			_ = f.Body.Close()
			return
		case length < f.Size:
			c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+length-1, f.Size))
			c.Status(fiber.StatusPartialContent)
		default:
			c.Status(fiber.StatusOK)
		}
		if _, err := f.Body.Seek(from, io.SeekStart); err != nil {
			c.Status(fiber.StatusInternalServerError)
			_ = f.Body.Close()
			return
		}
		c.Context().SetBodyStream(piece{io.LimitReader(f.Body, length), f.Body}, int(length))
	}}
}

// piece is a part of a file that closes the whole.
type piece struct {
	io.Reader
	io.Closer
}

var errRange = errors.New("no such range")

// rangeOf reads a Range header of one range; several, or what is malformed, are the
// whole, as RFC 9110, section 14.2 allows.
func rangeOf(header string, size int64) (from, length int64, err error) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, nil
	}
	if first == "" { // the last n bytes
		n, err := strconv.ParseInt(last, 10, 64)
		switch {
		case err != nil || n < 0:
			return 0, size, nil
		case n == 0 || size == 0:
			return 0, 0, errRange
		}
		n = min(n, size)
		return size - n, n, nil
	}
	from, err = strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 {
		return 0, size, nil
	}
	if from >= size {
		return 0, 0, errRange
	}
	to := size - 1
	if last != "" {
		n, err := strconv.ParseInt(last, 10, 64)
		if err != nil || n < from {
			return 0, size, nil
		}
		to = min(to, n)
	}
	return from, to - from + 1, nil
}

func contentType(kind string) string {
	if _, _, err := mime.ParseMediaType(kind); err != nil {
		return "application/octet-stream"
	}
	if strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset") {
		return kind + "; charset=utf-8"
	}
	return kind
}

// disposition names the file twice: for all, and in UTF-8 as RFC 6266 has it.
func disposition(f Content) string {
	how := "attachment"
	if Inline(f.Type) {
		how = "inline"
	}
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, f.Name)
	return how + `; filename="` + ascii + `"; filename*=UTF-8''` + url.PathEscape(f.Name)
}
