package chat

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/channels"
	"parley/web/rest"
)

// Route adds what stands before the operations: who may call from where, and how often.
func (c *Chat) Route(r fiber.Router) {
	r.Use("/chat/:account", c.guard)
}

// guard admits requests of our own chat page, of programs, and of pages on the account's
// sites; and bounds what comes from one address.
func (c *Chat) guard(f *fiber.Ctx) error {
	rest.RequestOf(f.UserContext()).Route = "/chat/:account"
	id, err := strconv.ParseInt(f.Params("account"), 10, 64)
	if err != nil {
		return rest.ErrNotFound
	}
	f.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if origin := f.Get(fiber.HeaderOrigin); origin != "" && !c.own(f, origin) {
		s, ok := c.find(channels.AccountID(id))
		if !ok {
			return rest.ErrNotFound
		}
		if !s.account.Config().Sites.Allow(origin) {
			return errSite
		}
		f.Vary(fiber.HeaderOrigin)
		f.Set(fiber.HeaderAccessControlAllowOrigin, origin)
		f.Set(fiber.HeaderAccessControlExposeHeaders, "Retry-After, X-Request-Id")
		if f.Method() == fiber.MethodOptions {
			f.Set(fiber.HeaderAccessControlAllowMethods, "GET, POST, PUT, PATCH, DELETE")
			f.Set(fiber.HeaderAccessControlAllowHeaders, "Authorization, Content-Type, Accept-Language, Last-Event-ID")
			f.Set(fiber.HeaderAccessControlMaxAge, "600")
			return f.SendStatus(fiber.StatusNoContent)
		}
	}
	if err := c.limits.take(f.UserContext(), c.limits.requests, rest.Network(rest.RequestOf(f.UserContext()).IP)); err != nil {
		return err
	}
	return f.Next()
}

// own tells whether an origin is this installation itself.
func (c *Chat) own(f *fiber.Ctx, origin string) bool {
	if strings.EqualFold(origin, c.PublicURL) {
		return true
	}
	_, host, ok := strings.Cut(origin, "://")
	return ok && strings.EqualFold(host, string(f.Request().Host()))
}
