package site

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
)

// readyPatience is how long the answer to "can it store?" may take.
const readyPatience = 2 * time.Second

// readyz answers 200 when the program can store, else 503 with the reason in words.
func (s *Site) readyz(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if s.ready == nil {
		return c.SendString("ready\n")
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), readyPatience)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- s.ready(ctx) }() // ends with ctx, which bounds it
	select {
	case err := <-failed:
		if err != nil {
			return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: " + err.Error() + "\n")
		}
		return c.SendString("ready\n")
	case <-ctx.Done():
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready: the database did not answer in 2 seconds\n")
	}
}
