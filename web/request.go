package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"parley/internal/fault"
	"parley/web/rest"
)

// begin opens a request: it gets a name, a language and a deadline, and whatever is
// left of its body at the end is read, or its connection closed, so that no byte of
// it is taken for the next request.
func (s *Server) begin(c *fiber.Ctx) error {
	req := &rest.Request{
		ID: rest.NewRequestID(), IP: s.clientIP(c), UserAgent: c.Get(fiber.HeaderUserAgent),
		Language: rest.ChooseLanguage(c.Get(fiber.HeaderAcceptLanguage)), Base: c.BaseURL(),
	}
	ctx, cancel := context.WithTimeout(rest.WithRequest(s.base, req), requestTimeout)
	defer cancel()
	c.SetUserContext(ctx)
	c.Set("X-Request-Id", req.ID)
	began := time.Now()
	err := s.guarded(c)
	rest.Drain(c)
	if req.Route == "" {
		req.Route = c.Route().Path
	}
	took := time.Since(began)
	s.deps.Metrics.HTTPRequest(c.Method(), req.Route, c.Response().StatusCode(), took)
	s.deps.Log.Debug("request", "request_id", req.ID, "method", c.Method(), "route", req.Route,
		"status", c.Response().StatusCode(), "took", took)
	return err
}

// guarded runs the rest of the chain and answers for its errors and panics.
func (s *Server) guarded(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = s.fail(c, fmt.Errorf("panic: %v", r))
		}
	}()
	if name := queryWith(c, hasNUL); name != "" {
		return s.fail(c, fault.InvalidField("query."+name, "malformed", fault.T("Значение содержит нулевой символ. Уберите его.", "The value holds a NUL character. Remove it.")))
	}
	// Networks that call our hooks may write theirs in the encodings of old; who calls the API may not.
	if name := queryWith(c, notUTF8); name != "" && strings.HasPrefix(c.Path(), "/api/") {
		return s.fail(c, fault.InvalidField("query."+name, "malformed", fault.T("Значение записано не в UTF-8. Запишите его в UTF-8.", "The value is not UTF-8. Write it in UTF-8.")))
	}
	if err := c.Next(); err != nil {
		return s.fail(c, err)
	}
	return nil
}

// queryWith names a query parameter whose name or value is wrong; "" is none.
func queryWith(c *fiber.Ctx, wrong func([]byte) bool) string {
	for key, value := range c.Context().QueryArgs().All() {
		if wrong(key) || wrong(value) {
			return strings.ToValidUTF8(strings.ReplaceAll(string(key), "\x00", "?"), "?")
		}
	}
	return ""
}

// hasNUL and notUTF8 tell what no text of a PostgreSQL database may hold.
func hasNUL(b []byte) bool  { return bytes.IndexByte(b, 0) >= 0 }
func notUTF8(b []byte) bool { return !utf8.Valid(b) }

// fail answers for an error that no operation has turned into a problem.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	var f *fiber.Error
	if errors.As(err, &f) {
		switch {
		case f.Code == fiber.StatusMethodNotAllowed && s.known(c.Path()):
			err = rest.ErrMethod
		case f.Code == fiber.StatusRequestHeaderFieldsTooLarge:
			err = errHead
		case f.Code < 500:
			err = rest.ErrNotFound
		}
	}
	return s.api.Refuse(c, err)
}

// errHead is said where the address or the headers of a request are longer than the server reads.
var errHead = fault.New(fault.TooLarge, "head_too_large", fault.T(
	"Адрес и заголовки запроса вместе длиннее допустимого. Сократите запрос.", "The address and the headers of the request are together longer than allowed. Shorten it."))

// known tells whether a path is answered for some method. The agents' page, which stands at every address that is
// nothing else, does not count.
func (s *Server) known(path string) bool {
	for _, r := range s.app.GetRoutes(true) {
		if r.Path != "/*" && fiber.RoutePatternMatch(path, r.Path, s.app.Config()) {
			return true
		}
	}
	return false
}

func secure(publicURL string) bool { return strings.HasPrefix(publicURL, "https://") }

// clientIP is the address a request is counted under. A proxy on this machine is
// believed, and one on a private network when the installation is public by https,
// because then there must be one.
func (s *Server) clientIP(c *fiber.Ctx) string {
	peer := c.Context().RemoteIP().String()
	addr, err := netip.ParseAddr(peer)
	if err != nil || !addr.IsLoopback() && !(addr.IsPrivate() && secure(s.deps.PublicURL)) {
		return peer
	}
	// The last entry is the one that the proxy wrote.
	last := c.Get(fiber.HeaderXForwardedFor)
	if i := strings.LastIndexByte(last, ','); i >= 0 {
		last = last[i+1:]
	}
	if forwarded, err := netip.ParseAddr(strings.TrimSpace(last)); err == nil {
		return forwarded.String()
	}
	return peer
}
