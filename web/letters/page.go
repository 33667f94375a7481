package letters

import (
	"context"
	"html"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
	"parley/web/safehtml"
)

// Policy is the Content-Security-Policy of a mail's page: it shows its own styles and
// pictures from here, leads elsewhere only in a new window, and does nothing else. The
// frame around it has the same sandbox.
const Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

type pageInput struct {
	ID     rest.ID `path:"id"`
	Images bool    `query:"images" required:"false" doc:"Show pictures that are elsewhere; their keeper learns of it."`
	Theme  string  `query:"theme" required:"false" enum:"light,dark" doc:"Of mails without colours of their own; the browser's when it is not given."`
}

func (l *Letters) page(ctx context.Context, who rest.Caller, in *pageInput) (*rest.Download, error) {
	m, err := l.messages.Message(ctx, who.Viewer, rest.Num[inbox.MessageID](in.ID))
	if err != nil {
		return nil, err
	}
	p := pageOf{Message: &m, Language: who.Language, Theme: in.Theme}
	if m.HTML == "" {
		p.Body = plainBody(&m, who.Language)
	} else {
		p.Body, p.Paper = l.body(&m, who.Language, in.Images)
	}
	return send(p.html()), nil
}

// body is the harmless form of a message's HTML, and whether it needs light paper.
func (l *Letters) body(m *inbox.Message, language string, images bool) (string, bool) {
	o := safehtml.Options{Images: imagesOf(m.Files), Sheets: true}
	if images {
		o.RemoteImages = l.seal.path
	}
	text := m.HTML
	if safehtml.Buildable(text) {
		text = l.fold(text, quoteLabel.In(language))
	}
	r := safehtml.Mail(text, o)
	return r.HTML, r.Coloured
}

// imagesOf says where the pictures are that travelled with a message, by content id, and
// for what agents write by the id of the file. Of two with one content id the first is
// meant.
func imagesOf(files []inbox.File) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		if !rest.Image(f.Type) {
			continue
		}
		id := string(rest.IDOf(f.ID))
		for _, name := range []string{f.ContentID, id} {
			if _, taken := out[name]; name != "" && !taken {
				out[name] = rest.Base + "/files/" + id
			}
		}
	}
	return out
}

// plainBody shows a message without HTML.
func plainBody(m *inbox.Message, language string) string {
	body := `<div class="parley-text">` + html.EscapeString(m.Text) + `</div>`
	if m.Quoted != "" {
		body += `<details class="` + safehtml.QuoteClass + `"><summary>` + html.EscapeString(quoteLabel.In(language)) +
			`</summary><div class="parley-text">` + html.EscapeString(m.Quoted) + `</div></details>`
	}
	return body
}

var (
	quoteLabel = fault.T("Процитированное", "Quoted text")
	pageTitle  = fault.T("Письмо", "Message")
)

// pageOf is what a page is made of.
type pageOf struct {
	Message  *inbox.Message
	Language string
	Theme    string
	Body     string // harmless
	Paper    bool
}

// html is the whole page.
func (p *pageOf) html() string {
	title := p.Message.Subject
	if title == "" {
		title = pageTitle.In(p.Language)
	}
	class := p.Theme
	if p.Paper {
		class = "paper"
	}
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"" + html.EscapeString(p.Language) + "\" class=\"" + class + "\"><head><meta charset=\"utf-8\">" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + html.EscapeString(title) + "</title><style>" +
		style + "</style></head>\n<body dir=\"auto\">")
	b.WriteString(p.Body)
	b.WriteString("</body></html>\n")
	return b.String()
}

// send answers with a page.
func send(page string) *rest.Download {
	return &rest.Download{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "text/html; charset=utf-8")
		ctx.SetHeader("Content-Security-Policy", Policy)
		ctx.SetHeader("X-Content-Type-Options", "nosniff")
		ctx.SetHeader("Referrer-Policy", "no-referrer")
		ctx.SetHeader("Cache-Control", "private, no-store")
		ctx.SetStatus(http.StatusOK)
		_, _ = ctx.BodyWriter().Write([]byte(page)) // into memory: it cannot fail
	}}
}
