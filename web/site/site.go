package site

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"parley/web/app"
	"parley/web/rest"
	"parley/web/widget"
)

// Chats tells about web-chat accounts. Package chat has one.
type Chats interface {
	// FrameAncestors returns the sources, as a policy header names them, that may
	// embed an account's chat; false when there is no such account.
	FrameAncestors(ctx context.Context, account int64) ([]string, bool)
	// Demo returns the account that the sample shop shows.
	Demo(ctx context.Context) (int64, bool)
}

// Options is what a Site needs. All but API may be nil.
type Options struct {
	API     *rest.API
	Chats   Chats
	Ready   func(ctx context.Context) error
	Metrics http.Handler
}

// Site serves pages and static files.
type Site struct {
	api     *rest.API
	chats   Chats
	ready   func(ctx context.Context) error
	metrics http.Handler
	app     *shelf
	widget  *shelf
	demo    *shelf
	docs    *shelf
	shop    *template.Template
}

// New makes a Site from the embedded front ends. It fails when one of them is broken,
// which a test of this package would show.
func New(o Options) (*Site, error) {
	s := &Site{api: o.API, chats: o.Chats, ready: o.Ready, metrics: o.Metrics}
	var err error
	if s.app, err = newShelf(app.Files()); err != nil {
		return nil, err
	}
	if s.widget, err = newShelf(widget.Files()); err != nil {
		return nil, err
	}
	if s.demo, err = newShelf(widget.DemoAssets()); err != nil {
		return nil, err
	}
	if s.docs, err = newShelf(docsFiles()); err != nil {
		return nil, err
	}
	if s.shop, err = widget.Demo(); err != nil {
		return nil, fmt.Errorf("make sample shop: %w", err)
	}
	return s, nil
}

// Route adds the site's addresses to a router. It comes last: what nobody else has
// taken is the agents' page.
func (s *Site) Route(r fiber.Router) {
	s.routeHealth(r)
	s.routeDocs(r)
	s.routeWidget(r)
	r.Get("/assets/*", s.asset)
	r.Get("/*", s.page)
}

func (s *Site) routeHealth(r fiber.Router) {
	r.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	r.Get("/readyz", s.readyz)
	if s.metrics != nil {
		r.Get("/metrics", adaptor.HTTPHandler(s.metrics))
	}
}

// asset serves a file whose name holds its hash.
func (s *Site) asset(c *fiber.Ctx) error {
	found, err := s.app.send(c, strings.TrimPrefix(c.Path(), "/"), forever)
	if !found {
		return rest.ErrNotFound
	}
	return err
}

// worker is the name of the page's service worker.
const worker = "sw.js"

// reserved are the addresses that never show the agents' page.
var reserved = []string{"/api", "/chat", "/hooks", "/widget", "/widget-assets", "/demo-assets", "/forms", "/oauth", "/u", "/o", "/c"}

// page serves the agents' page for every address that is a place within it, and the
// files beside it.
func (s *Site) page(c *fiber.Ctx) error {
	name := strings.TrimPrefix(path.Clean(c.Path()), "/")
	if name != "" && name != "index.html" && s.app.has(name) {
		if name == worker {
			c.Set(fiber.HeaderContentSecurityPolicy, workerPolicy)
		}
		_, err := s.app.send(c, name, asked)
		return err
	}
	if path.Ext(name) != "" && name != "index.html" {
		return rest.ErrNotFound
	}
	for _, prefix := range reserved {
		if c.Path() == prefix || strings.HasPrefix(c.Path(), prefix+"/") {
			return rest.ErrNotFound
		}
	}
	page(c)
	_, err := s.app.send(c, "index.html", asked)
	return err
}
