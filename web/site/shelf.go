package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// shelf holds static files in memory, with their compressed twins.
type shelf struct{ files map[string]*file }

type file struct {
	kind  string // media type
	tag   string // entity tag
	plain []byte
	br    []byte // nil when there is no twin
	gz    []byte
}

// newShelf reads a file system whole. Twins are files with .br and .gz after the name.
func newShelf(from fs.FS) (*shelf, error) {
	s := &shelf{files: map[string]*file{}}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		s.put(name, data)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	for name, f := range s.files {
		if f.plain == nil { // a twin of nothing
			delete(s.files, name)
		}
	}
	return s, nil
}

func (s *shelf) put(name string, data []byte) {
	base, twin := name, path.Ext(name)
	if twin == ".br" || twin == ".gz" {
		base = strings.TrimSuffix(name, twin)
	}
	f := s.files[base]
	if f == nil {
		f = &file{kind: kindOf(base)}
		s.files[base] = f
	}
	switch {
	case base == name:
		sum := sha256.Sum256(data)
		f.plain, f.tag = data, `"`+hex.EncodeToString(sum[:8])+`"`
	case twin == ".br":
		f.br = data
	default:
		f.gz = data
	}
}

// kinds are the media types that the system's own table may lack or have otherwise.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2",
	".webmanifest": "application/manifest+json", ".png": "image/png", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
	".map": "application/json", ".webp": "image/webp",
}

func kindOf(name string) string {
	ext := path.Ext(name)
	if k, ok := kinds[ext]; ok {
		return k
	}
	if k := mime.TypeByExtension(ext); k != "" {
		return k
	}
	return "application/octet-stream"
}

// has tells whether there is a file of a name.
func (s *shelf) has(name string) bool { return s.files[name] != nil }

// How long what is served may be kept: a name with a hash never changes its content.
const (
	forever = "public, max-age=31536000, immutable"
	asked   = "no-cache"
)

// send answers with a file in the best encoding the client takes; false when there is
// none of that name.
func (s *shelf) send(c *fiber.Ctx, name, keep string) (bool, error) {
	f := s.files[name]
	if f == nil {
		return false, nil
	}
	body, encoding := f.plain, ""
	accepts := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case f.br != nil && takes(accepts, "br"):
		body, encoding = f.br, "br"
	case f.gz != nil && takes(accepts, "gzip"):
		body, encoding = f.gz, "gzip"
	}
	if f.br != nil || f.gz != nil {
		c.Vary(fiber.HeaderAcceptEncoding)
	}
	c.Set(fiber.HeaderContentType, f.kind)
	c.Set(fiber.HeaderCacheControl, keep)
	// One tag for all encodings would let a cache mix them up.
	tag := f.tag
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
		tag = tag[:len(tag)-1] + "-" + encoding + `"`
	}
	c.Set(fiber.HeaderETag, tag)
	if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), tag) {
		c.Response().Header.Del(fiber.HeaderContentEncoding)
		return true, c.SendStatus(fiber.StatusNotModified)
	}
	return true, c.Status(fiber.StatusOK).Send(body)
}

// takes tells whether an Accept-Encoding header allows an encoding.
func takes(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			w := strings.ReplaceAll(weight, " ", "")
			return w != "q=0" && w != "q=0.0" && w != "q=0.00" && w != "q=0.000"
		}
	}
	return false
}
