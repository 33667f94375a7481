package links

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
	"parley/web/rest"
)

// maxPush is how large a network's push may be, in bytes.
const maxPush = 8 << 20

// Route adds the addresses to which networks push. They stand beside the API: networks
// know neither our errors nor our sign-in.
func (l *Links) Route(r fiber.Router) {
	r.Get("/hooks/:account/:secret", l.push)
	r.Post("/hooks/:account/:secret", l.push)
}

// push hands a request to its account. A wrong secret, an unknown account and one that
// takes no pushes look alike. Anything but the adapter's own answer means that nothing
// was taken, and the network shall come again.
func (l *Links) push(c *fiber.Ctx) error {
	rest.RequestOf(c.UserContext()).Route = "/hooks/:account/:secret" // never the secret
	id, err := strconv.ParseInt(c.Params("account"), 10, 64)
	if err != nil {
		return accounts.ErrNotFound
	}
	if err := l.running.Knock(c.UserContext(), channels.AccountID(id), c.Params("secret")); err != nil {
		c.Context().SetConnectionClose() // nobody reads what a stranger would like to be read
		return notTaken(err)
	}
	size := int64(c.Request().Header.ContentLength())
	if size < 0 { // it does not say
		size = maxPush
	}
	if size > maxPush {
		return rest.TooLargeFile(maxPush)
	}
	leave, err := l.pushes.enter(c.UserContext(), channels.AccountID(id), size)
	if err != nil {
		return notTaken(err)
	}
	defer leave()
	body, err := bounded(c)
	if err != nil {
		return err
	}
	answer, err := l.running.Receive(c.UserContext(), channels.AccountID(id), c.Params("secret"), requestOf(c, body))
	if err != nil {
		return notTaken(err)
	}
	if answer.Status == 0 {
		answer.Status = http.StatusOK
	}
	if answer.Type == "" {
		answer.Type = "text/plain; charset=utf-8"
	}
	c.Set(fiber.HeaderContentType, answer.Type)
	return c.Status(answer.Status).Send(answer.Body)
}

// notTaken keeps refusals; what failed for another reason is "later", so that the
// network comes again.
func notTaken(err error) error {
	if _, ok := fault.As(err); ok {
		return err
	}
	return fault.New(fault.Unavailable, "not_stored", fault.T(
		"Пока не принято, повторите.", "Not taken yet; come again.")).After(5e9).Because(err)
}

func bounded(c *fiber.Ctx) ([]byte, error) {
	stream := c.Request().BodyStream()
	if stream == nil {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(stream, maxPush+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, "broken_body", fault.T("Тело запроса оборвалось.", "The body of the request broke off."))
	}
	if len(body) > maxPush {
		return nil, rest.TooLargeFile(maxPush)
	}
	return body, nil
}

func requestOf(c *fiber.Ctx, body []byte) channels.Request {
	r := channels.Request{Method: c.Method(), Path: c.Path(), Query: c.Queries(), Header: map[string]string{}, Body: body}
	for name, values := range c.GetReqHeaders() {
		if len(values) > 0 {
			r.Header[strings.ToLower(name)] = values[0]
		}
	}
	return r
}
