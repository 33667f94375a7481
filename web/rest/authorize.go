package rest

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/auth"
)

// Names under which a browser keeps its session and proves that a page of ours writes.
const (
	SessionCookie = "parley_session"
	CSRFHeader    = "X-CSRF-Token"
)

var problemType = reflect.TypeFor[Problem]()

// authorize finds out who calls and whether they may; it runs before every operation.
func (a *API) authorize(ctx huma.Context, next func(huma.Context)) {
	req := RequestOf(ctx.Context())
	req.Route = ctx.Operation().Path
	who, err := a.identify(ctx, needOf(ctx.Operation()))
	who.Origin = auth.Origin{IP: req.IP, UserAgent: req.UserAgent}
	who.RequestID = req.ID
	if who.Language == "" {
		who.Language = req.Language
	}
	x := &exchange{below: ctx, ctx: context.WithValue(ctx.Context(), callerKey{}, who)}
	if err == nil {
		err = needOf(ctx.Operation()).check(who.Auth)
	}
	if err != nil {
		a.write(x, err)
		return
	}
	if upload, _ := ctx.Operation().Metadata[uploadMeta].(bool); upload {
		cancel := x.patiently()
		defer cancel()
	}
	next(x)
}

// identify reads the credentials of a request. Where nobody needs to be signed in it
// still tells who is, if their credentials hold.
func (a *API) identify(ctx huma.Context, need Need) (Caller, error) {
	if need.visitor {
		return Caller{}, nil
	}
	write := unsafeMethod(ctx.Method())
	if header := ctx.Header("Authorization"); header != "" {
		text, ok := cutBearer(header)
		if !ok {
			return Caller{}, orOpen(need, auth.ErrBadKey)
		}
		v, err := a.gate.AuthenticateKey(ctx.Context(), text)
		if err != nil {
			return Caller{}, orOpen(need, err)
		}
		return Caller{Viewer: ViewerOf(v), Auth: v, Language: v.Language}, nil
	}
	if write && ctx.Header("Sec-Fetch-Site") == "cross-site" {
		return Caller{}, ErrCrossSite
	}
	token := cookie(ctx.Header("Cookie"), SessionCookie)
	if token == "" {
		return Caller{}, orOpen(need, auth.ErrUnauthenticated)
	}
	p, err := a.gate.Authenticate(ctx.Context(), token)
	if err != nil {
		return Caller{}, orOpen(need, err)
	}
	who := Caller{Viewer: ViewerOf(p.Viewer), Auth: p.Viewer, Language: p.Viewer.Language, session: token}
	if write && !need.open && !auth.CheckCSRF(token, ctx.Header(CSRFHeader)) {
		return who, ErrCSRF
	}
	return who, nil
}

// orOpen forgives bad credentials where none are needed.
func orOpen(need Need, err error) error {
	if need.open {
		return nil
	}
	return err
}

func unsafeMethod(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

func cutBearer(header string) (string, bool) {
	scheme, text, ok := strings.Cut(header, " ")
	return strings.TrimSpace(text), ok && strings.EqualFold(scheme, "Bearer")
}

// BearerOf returns the token of an Authorization header, "" when it holds none.
func BearerOf(header string) string {
	text, ok := cutBearer(header)
	if !ok {
		return ""
	}
	return text
}

func cookie(header, name string) string {
	for pair := range strings.SplitSeq(header, ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && k == name {
			return v
		}
	}
	return ""
}

// write answers with a problem.
func (a *API) write(ctx huma.Context, err error) { a.writeAt(ctx, err, "body") }

// writeBare answers with a problem whose fields say themselves where they are.
func (a *API) writeBare(ctx huma.Context, err error) { a.writeAt(ctx, err, "") }

func (a *API) writeAt(ctx huma.Context, err error, prefix string) {
	p := a.refuse(ctx.Context(), err, prefix)
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	body, err := p.MarshalJSON()
	if err != nil {
		a.log.ErrorContext(ctx.Context(), "problem not written", "error", err)
		return
	}
	ctx.SetHeader("Content-Type", ProblemType)
	ctx.SetStatus(p.Status)
	if _, err := ctx.BodyWriter().Write(body); err != nil {
		a.log.DebugContext(ctx.Context(), "caller went away", "error", err)
	}
}
