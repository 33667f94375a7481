package forms

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/json"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/channels"
	"parley/channels/form"
	"parley/internal/fault"
	"parley/web/rest"
)

//go:embed page.html style.css embed.js
var files embed.FS

func pages() (*template.Template, error) { return template.ParseFS(files, "page.html") }

func text(name string) string {
	data, err := files.ReadFile(name)
	if err != nil {
		return "" // it is embedded
	}
	return string(data)
}

// shown is a field as the form shows it.
type shown struct {
	Name         string `json:"name"`
	Label        string `json:"label"`
	Type         string `json:"type"`
	Required     bool   `json:"required"`
	Autocomplete string `json:"autocomplete,omitempty"`
}

func shownOf(c form.Config) []shown {
	var list []shown
	for _, i := range c.Inputs {
		s := shown{Name: i.Name, Label: form.Label(i.Name, c.Language), Type: form.InputType(i.Name), Required: i.Required}
		switch {
		case s.Type == "email" || s.Type == "tel":
			s.Autocomplete = s.Type
		case i.Name == "name":
			s.Autocomplete = "name"
		}
		list = append(list, s)
	}
	return list
}

// view is what the templates show.
type view struct {
	Language, Title, Action, Button, Trap string
	Fields                                []shown
	Hidden                                []form.Field
	Plain                                 bool // for pasting: no style sheet of ours
	Text, Back                            string
	Flaws                                 []string
}

func viewOf(c form.Config, action string) view {
	return view{Language: c.Language, Title: c.Title, Action: action, Button: c.ButtonText(), Trap: form.TrapField, Fields: shownOf(c)}
}

// page is the form as a page of ours, which sites may frame.
func (f *Forms) page(c *fiber.Ctx) error {
	s, err := f.find(c)
	if err != nil {
		return err
	}
	v := viewOf(s.form.Config(), path(s.id))
	v.Hidden = []form.Field{{Name: "submission_id", Value: rand.Text()}}
	for key, value := range c.Context().QueryArgs().All() {
		if name := strings.ToLower(string(key)); strings.HasPrefix(name, "utm_") && len(v.Hidden) < 20 {
			v.Hidden = append(v.Hidden, form.Field{Name: name, Value: string(value)})
		}
	}
	return f.show(c, s, "form", v)
}

func (f *Forms) thanks(c *fiber.Ctx) error {
	s, err := f.find(c)
	if err != nil {
		return err
	}
	v := viewOf(s.form.Config(), "")
	v.Text = s.form.Config().ThanksText()
	return f.show(c, s, "thanks", v)
}

// showProblem says on a page what is wrong; the browser's way back keeps what was typed.
func (f *Forms) showProblem(c *fiber.Ctx, s site, p *rest.Problem) error {
	v := viewOf(s.form.Config(), "")
	v.Language = rest.RequestOf(c.UserContext()).Language
	v.Text = p.Detail
	v.Back = fault.T("Вернитесь назад, исправьте и отправьте форму ещё раз.", "Go back, correct it and send the form again.").In(v.Language)
	for _, e := range p.Errors {
		flaw := e.Message
		if name := strings.TrimPrefix(strings.TrimPrefix(e.Location, "body"), "."); name != "" {
			flaw = form.Label(name, v.Language) + ": " + flaw
		}
		v.Flaws = append(v.Flaws, flaw)
	}
	return f.show(c, s, "problem", v)
}

// show writes a page that the form's sites may frame, and nobody else. A form leads to
// ourselves and then to where its account says, which browsers count as one way.
func (f *Forms) show(c *fiber.Ctx, s site, name string, v view) error {
	var out bytes.Buffer
	if err := f.pages.ExecuteTemplate(&out, name, v); err != nil {
		return err
	}
	config := s.form.Config()
	ancestors := config.Sites.FrameAncestors()
	if !slices.Contains(ancestors, "*") {
		ancestors = append([]string{"'self'"}, ancestors...)
	}
	actions := "'self'"
	if u, err := url.Parse(config.Redirect); err == nil && config.Redirect != "" {
		actions += " " + u.Scheme + "://" + u.Host
	}
	share(c)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'self'; base-uri 'none'; form-action "+actions+"; frame-ancestors "+strings.Join(ancestors, " "))
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Send(out.Bytes())
}

// share marks an answer that other sites' pages load.
func share(c *fiber.Ctx) {
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Response().Header.Del("Cross-Origin-Opener-Policy")
}

func (f *Forms) style(c *fiber.Ctx) error {
	rest.RequestOf(c.UserContext()).Route = "/forms/style.css"
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return c.SendString(text("style.css"))
}

// script is the form for a page of the site's own: it shows itself where it stands.
func (f *Forms) script(c *fiber.Ctx) error {
	s, err := f.find(c)
	if err != nil {
		return err
	}
	config := s.form.Config()
	v := viewOf(config, f.base(c)+path(s.id))
	failed := fault.T("Не удалось отправить. Проверьте связь и попробуйте ещё раз.", "It could not be sent. Check the connection and try again.").In(config.Language)
	data, err := json.Marshal(map[string]any{ // its < and > are escaped: a script of a page can hold it
		"language": v.Language, "title": v.Title, "action": v.Action, "button": v.Button, "trap": v.Trap, "fields": v.Fields,
		"color": config.Color, "style": text("style.css"), "failed": failed,
	})
	if err != nil {
		return err
	}
	share(c)
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return c.SendString(strings.TrimSpace(text("embed.js")) + "(" + string(data) + ")\n")
}

// Snippet is the HTML that a site's owner pastes to show the form by our script.
func Snippet(publicURL string, account channels.AccountID) string {
	return `<script src="` + template.HTMLEscapeString(strings.TrimSuffix(publicURL, "/")+path(account)+"/embed.js") + `" async></script>`
}

// Markup is the form as plain HTML, to be pasted and styled by the site itself.
func Markup(publicURL string, account channels.AccountID, c form.Config) string {
	v := viewOf(c, strings.TrimSuffix(publicURL, "/")+path(account))
	v.Title, v.Plain = "", true
	var out bytes.Buffer
	t, err := pages()
	if err == nil {
		err = t.ExecuteTemplate(&out, "markup", v)
	}
	if err != nil {
		return "" // the template is part of the program, and a test would show it
	}
	return out.String()
}
