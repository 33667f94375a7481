package forms

import (
	"fmt"
	"html/template"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/accounts"
	"parley/channels"
	"parley/channels/form"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/web/rest"
)

// Running finds accounts as they run; accounts.Supervisor is one.
type Running interface {
	Find(id channels.AccountID) (accounts.Account, channels.Adapter, bool)
	Inbound(id channels.AccountID) (channels.Inbound, bool)
}

// Deps is what Forms are made of. A zero Rate is DefaultRate.
type Deps struct {
	PublicURL string // "" = unknown
	Log       *slog.Logger
	Now       func() time.Time
	API       *rest.API
	Running   Running
	Rate      channels.Rate
}

// DefaultRate is how many forms one address may send: more than any person does, fewer than
// a machine would like to.
func DefaultRate() channels.Rate { return channels.Rate{Count: 20, Per: 10 * time.Minute} }

// throttleKeys bounds how many addresses are remembered.
const throttleKeys = 50_000

// Forms serves the visitors of sites. Make one with New.
type Forms struct {
	Deps
	throttle *auth.Throttle
	pages    *template.Template
}

// New makes Forms. It fails when an embedded page is broken.
func New(d Deps) (*Forms, error) {
	if d.Rate == (channels.Rate{}) {
		d.Rate = DefaultRate()
	}
	t, err := pages()
	if err != nil {
		return nil, fmt.Errorf("read pages of forms: %w", err)
	}
	rate := auth.Rate{Burst: d.Rate.Count, Every: d.Rate.Per / time.Duration(d.Rate.Count)}
	return &Forms{Deps: d, throttle: auth.NewThrottle(rate, throttleKeys), pages: t}, nil
}

// Route adds the addresses. They stand beside the API: browsers come here from other sites,
// with bodies as HTML makes them.
func (f *Forms) Route(r fiber.Router) {
	r.Get("/forms/style.css", f.style)
	r.Get("/forms/:account", f.page)
	r.Get("/forms/:account/embed.js", f.script)
	r.Get("/forms/:account/thanks", f.thanks)
	r.Options("/forms/:account", f.preflight)
	r.Post("/forms/:account", f.post)
}

// site is an account's form, found by its id.
type site struct {
	id     channels.AccountID
	form   *form.Account
	active bool
}

// find returns the form of a request; one that is archived or no form is not there.
func (f *Forms) find(c *fiber.Ctx) (site, error) {
	rest.RequestOf(c.UserContext()).Route = "/forms/:account"
	id, err := strconv.ParseInt(c.Params("account"), 10, 64)
	if err != nil {
		return site{}, accounts.ErrNotFound
	}
	kept, adapter, ok := f.Running.Find(channels.AccountID(id))
	account, isForm := adapter.(*form.Account)
	if !ok || !isForm || kept.Archived {
		return site{}, accounts.ErrNotFound
	}
	return site{id: kept.ID, form: account, active: kept.Active()}, nil
}

// path is where a form is sent to, below the public URL.
func path(id channels.AccountID) string { return "/forms/" + strconv.FormatInt(int64(id), 10) }

// base is the address of this installation as the caller sees it.
func (f *Forms) base(c *fiber.Ctx) string {
	if f.PublicURL != "" {
		return strings.TrimSuffix(f.PublicURL, "/")
	}
	return rest.RequestOf(c.UserContext()).Base
}

// own tells whether an origin is this installation itself.
func (f *Forms) own(c *fiber.Ctx, origin string) bool {
	if strings.EqualFold(origin, f.PublicURL) {
		return true
	}
	_, host, ok := strings.Cut(origin, "://")
	return ok && strings.EqualFold(host, string(c.Request().Host()))
}

var (
	errSite = fault.New(fault.Forbidden, "site_not_allowed", fault.T(
		"Эта форма не принимается с этого сайта.", "This form is not taken from this site."))
	errTooMany = fault.New(fault.TooMany, "too_many", fault.T(
		"Слишком много отправок подряд. Подождите немного и повторите.", "Too many in a row. Wait a little and try again."))
)

// admit lets pages on the form's sites, our own pages and programs in, and tells browsers so.
func (f *Forms) admit(c *fiber.Ctx, s site) error {
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" || f.own(c, origin) {
		return nil
	}
	if !s.form.Config().Sites.Allow(origin) {
		return errSite
	}
	c.Vary(fiber.HeaderOrigin)
	c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	c.Set(fiber.HeaderAccessControlExposeHeaders, "Retry-After, X-Request-Id")
	return nil
}

func (f *Forms) preflight(c *fiber.Ctx) error {
	s, err := f.find(c)
	if err == nil {
		err = f.admit(c, s)
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderAccessControlAllowMethods, "POST")
	c.Set(fiber.HeaderAccessControlAllowHeaders, "Content-Type, Accept-Language")
	c.Set(fiber.HeaderAccessControlMaxAge, "600")
	return c.SendStatus(fiber.StatusNoContent)
}
