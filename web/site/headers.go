package site

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// pagePolicy is the Content-Security-Policy of the agents' page and the pages of this
// package.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; font-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; " +
	"media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// dataPolicy is that of everything that is no page: it may do nothing at all.
const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// workerPolicy is that of the page's worker, which asks for the page's own files and nothing else.
const workerPolicy = "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// framePolicy is that of the chat page in its iframe: as a page, but embedded by the
// account's sites.
func framePolicy(sites []string) string {
	page, _, _ := strings.Cut(pagePolicy, "; frame-ancestors")
	return page + "; frame-ancestors " + strings.Join(sites, " ")
}

// Headers sets what every answer carries; handlers may change it. Secure is whether
// the installation is reached by https.
func Headers(secure bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderReferrerPolicy, "same-origin")
		c.Set(fiber.HeaderContentSecurityPolicy, dataPolicy)
		c.Set("Permissions-Policy", "camera=(), microphone=(self), geolocation=(), payment=()")
		c.Set("Cross-Origin-Resource-Policy", "same-origin")
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
		if secure {
			c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
		}
		if strings.HasPrefix(c.Path(), "/api/") || strings.HasPrefix(c.Path(), "/chat/") {
			c.Set(fiber.HeaderCacheControl, "no-store")
		}
		return c.Next()
	}
}

// page marks an answer as a page of ours that nobody may embed.
func page(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, pagePolicy)
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderCacheControl, "no-cache")
}

// shared marks an answer that other sites' pages load.
func shared(c *fiber.Ctx) {
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Response().Header.Del("Cross-Origin-Opener-Policy")
}
