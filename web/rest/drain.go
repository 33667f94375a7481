package rest

import (
	"io"

	"github.com/gofiber/fiber/v2"
)

// Drain reads what a handler left of the body. Where the end cannot be told from the
// next request, in a chunked body, and where too much is left, the connection closes. One
// that closes anyway is not read from.
func Drain(c *fiber.Ctx) {
	body := c.Request().BodyStream()
	switch {
	case body == nil || c.Response().ConnectionClose():
		return
	case c.Request().Header.ContentLength() < 0:
		c.Context().SetConnectionClose()
		return
	}
	n, err := io.CopyN(io.Discard, body, drainAtMost)
	if err != io.EOF || n == drainAtMost {
		c.Context().SetConnectionClose()
	}
}

// drainAtMost is how much of a body that nobody wanted is read, in bytes.
const drainAtMost = 64 << 20
