package forms

import (
	"encoding/json"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/accounts"
	"parley/channels/form"
	"parley/internal/fault"
	"parley/web/rest"
)

// taken is what scripts and programs are told. It is the same for what the trap caught.
type taken struct {
	OK       bool   `json:"ok"`
	Thanks   string `json:"thanks"`
	Redirect string `json:"redirect,omitempty"`
}

// post takes a form. A browser that shows its answer gets a page, everybody else JSON.
func (f *Forms) post(c *fiber.Ctx) error {
	s, err := f.find(c)
	if err != nil {
		return err
	}
	if err := f.take(c, s); err != nil {
		return f.refuse(c, s, err)
	}
	config := s.form.Config()
	if !wantsPage(c) {
		return c.JSON(taken{OK: true, Thanks: config.ThanksText(), Redirect: config.Redirect})
	}
	to := config.Redirect
	if to == "" {
		to = f.base(c) + path(s.id) + "/thanks"
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

func (f *Forms) take(c *fiber.Ctx, s site) error {
	if err := f.admit(c, s); err != nil {
		return err
	}
	request := rest.RequestOf(c.UserContext())
	if !rest.Local(request.IP) {
		if wait := f.throttle.Take(rest.Network(request.IP), f.Now()); wait > 0 {
			return errTooMany.After(wait)
		}
	}
	inbound, ok := f.Running.Inbound(s.id)
	if !s.active || !ok {
		return accounts.ErrPaused
	}
	submission, err := read(c)
	if err != nil {
		return err
	}
	submission.Page = c.Get(fiber.HeaderReferer)
	outcome, err := s.form.Take(c.UserContext(), inbound, submission)
	if err != nil {
		if fault.KindOf(err) == fault.Unavailable {
			f.Log.WarnContext(c.UserContext(), "form not stored", "account_id", int64(s.id), "request_id", request.ID, "error", cause(err))
		}
		return err
	}
	f.Log.DebugContext(c.UserContext(), "form taken", "account_id", int64(s.id), "outcome", string(outcome.Kind))
	return nil
}

// cause is what is behind a fault, for the log.
func cause(err error) error {
	if flaw, ok := fault.As(err); ok && flaw.Unwrap() != nil {
		return flaw.Unwrap()
	}
	return err
}

// wantsPage tells whether the answer will be shown by a browser as it is.
func wantsPage(c *fiber.Ctx) bool {
	kind, _, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	return kind != fiber.MIMEApplicationJSON && strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMETextHTML)
}

// refuse says what is wrong, on a page or as a problem.
func (f *Forms) refuse(c *fiber.Ctx, s site, err error) error {
	p := f.API.ProblemOf(c.UserContext(), err)
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	c.Status(p.Status)
	if wantsPage(c) {
		return f.showProblem(c, s, p)
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, rest.ProblemType)
	return c.Send(body)
}

// tooLarge says how large a form may be.
func tooLarge() error {
	return fault.New(fault.TooLarge, "form_too_large", fault.T(
		"Форма с файлами слишком велика: не больше 12 МБ.", "The form with its files is too large: at most 12 MB.")).
		WithDetails(map[string]int64{"max_bytes": form.MaxBody})
}
