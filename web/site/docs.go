package site

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"parley/web/rest"
)

//go:embed docs
var docs embed.FS

func docsFiles() fs.FS {
	sub, err := fs.Sub(docs, "docs")
	if err != nil {
		return docs // only an invalid path can fail, and this one is a constant
	}
	return sub
}

func (s *Site) routeDocs(r fiber.Router) {
	// Made at the first request: by then everything is declared.
	description := sync.OnceValues(func() ([]byte, error) { return json.Marshal(s.api.OpenAPI()) })
	r.Get("/api/openapi.json", func(c *fiber.Ctx) error {
		data, err := description()
		if err != nil {
			return fmt.Errorf("describe API: %w", err)
		}
		c.Set(fiber.HeaderContentType, "application/json")
		c.Set(fiber.HeaderCacheControl, asked)
		return c.Send(data)
	})
	r.Get("/api/docs", func(c *fiber.Ctx) error {
		page(c)
		_, err := s.docs.send(c, "index.html", asked)
		return err
	})
	r.Get("/api/docs/*", func(c *fiber.Ctx) error {
		found, err := s.docs.send(c, strings.TrimPrefix(c.Path(), "/api/docs/"), asked)
		if !found {
			return rest.ErrNotFound
		}
		return err
	})
}
