package site

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/web/rest"
	"parley/web/widget"
)

func (s *Site) routeWidget(r fiber.Router) {
	r.Get("/widget.js", s.loader)
	r.Get("/widget/:account", s.frame)
	r.Get(widget.AssetPrefix+"*", s.widgetAsset)
	r.Get("/demo", s.demoPage)
	r.Get(widget.DemoAssetPrefix+"*", s.demoAsset)
}

// loader is the one script that sites put on their pages. It is the same for every
// account and reads its own address.
func (s *Site) loader(c *fiber.Ctx) error {
	shared(c)
	_, err := s.widget.send(c, widget.LoaderName, "public, max-age=300")
	return err
}

// frame is the chat page, embedded by the account's sites alone.
func (s *Site) frame(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("account"), 10, 64)
	if err != nil || s.chats == nil {
		return rest.ErrNotFound
	}
	sites, found := s.chats.FrameAncestors(c.UserContext(), id)
	if !found {
		return rest.ErrNotFound
	}
	shared(c)
	c.Set(fiber.HeaderContentSecurityPolicy, framePolicy(withOwn(sites)))
	_, err = s.widget.send(c, widget.FrameName, asked)
	return err
}

// withOwn adds our own pages to the sites that may embed: the sample shop is one.
func withOwn(sites []string) []string {
	for _, one := range sites {
		if one == "*" {
			return sites
		}
	}
	return append([]string{"'self'"}, sites...)
}

func (s *Site) widgetAsset(c *fiber.Ctx) error {
	found, err := s.widget.send(c, strings.TrimPrefix(c.Path(), widget.AssetPrefix), forever)
	if !found {
		return rest.ErrNotFound
	}
	return err
}

func (s *Site) demoAsset(c *fiber.Ctx) error {
	found, err := s.demo.send(c, strings.TrimPrefix(c.Path(), widget.DemoAssetPrefix), asked)
	if !found {
		return rest.ErrNotFound
	}
	return err
}

// demoPage is a sample shop with the chat on it.
func (s *Site) demoPage(c *fiber.Ctx) error {
	if s.chats == nil {
		return rest.ErrNotFound
	}
	account, found := s.chats.Demo(c.UserContext())
	if !found {
		return rest.ErrNotFound
	}
	var out bytes.Buffer
	err := s.shop.Execute(&out, widget.DemoPage{
		Account:  string(rest.IDOf(account)),
		Language: widget.DemoLanguage(c.Query("lang"), c.Get(fiber.HeaderAcceptLanguage)),
	})
	if err != nil {
		return err
	}
	page(c)
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Send(out.Bytes())
}
