package rest

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
)

// Base is where the operations for agents and programs stand.
const Base = "/api/v1"

// MaxJSON is how large a JSON body may be, in bytes, unless an operation says otherwise.
const MaxJSON = 1 << 20

// Gate tells who holds a token. auth.Service is one.
type Gate interface {
	Authenticate(ctx context.Context, token string) (auth.Principal, error)
	AuthenticateKey(ctx context.Context, text string) (auth.Viewer, error)
}

// Options is what an API needs.
type Options struct {
	Gate    Gate
	Replays Replays // nil: Idempotency-Key is ignored
	Log     *slog.Logger
	Version string
	// Done is closed when the server shuts down; event streams end then.
	Done <-chan struct{}
}

// API is where operations are declared, before the server starts.
type API struct {
	huma    huma.API
	gate    Gate
	replays Replays
	log     *slog.Logger
	done    <-chan struct{}
	refined map[string]bool // the schemas that refine has seen
}

// schemaPrefix is where the description keeps the schemas.
const schemaPrefix = "#/components/schemas/"

// New makes the API on a router.
func New(app *fiber.App, o Options) *API {
	a := &API{gate: o.Gate, replays: o.Replays, log: o.Log, done: o.Done, refined: map[string]bool{}}
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Parley", Version: o.Version,
				Description: "Every network in one inbox. Ids are strings, times RFC 3339 in UTC, errors problem documents (RFC 9457)."},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry(schemaPrefix, huma.DefaultSchemaNamer),
				SecuritySchemes: securitySchemes(),
			},
		},
		Formats:       map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{a.transform},
	}
	a.huma = humafiber.New(app, config)
	a.huma.UseMiddleware(a.authorize, a.replay)
	return a
}

func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: SessionCookie, Description: "A signed-in browser."},
		"csrf":    {Type: "apiKey", In: "header", Name: CSRFHeader, Description: "From the answer to signing in; needed for writes by session."},
		"key":     {Type: "http", Scheme: "bearer", Description: "An API key. Scopes are noun:read and noun:write."},
		"visitor": {Type: "http", Scheme: "bearer", Description: "A visitor of the web chat."},
	}
}

// OpenAPI returns the description of everything declared so far.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Op declares an operation.
type Op struct {
	// ID is unique and names the operation in clients: "list-conversations".
	ID string
	// Method and Path; the path is under Base and has parameters like {id}. Where
	// both /things/{id} and /things/special exist, the latter is declared first.
	Method, Path string
	// Root makes Path stand for itself and not under Base.
	Root bool
	// Summary says in a few words what it does.
	Summary string
	// Need says who may call.
	Need Need
	// Status of success; 0 is 200, or 204 when the output is None.
	Status int
	// MaxBody is how large the body may be in bytes; 0 is MaxJSON.
	MaxBody int64
	// Secret marks an answer that must not be kept, for it holds a secret.
	Secret bool
	// Upload makes the operation take a multipart body with the field file, which the
	// handler reads as it arrives; see UploadOf. Such a request may take minutes.
	Upload bool
}

// Add declares an operation and its handler. The handler gets valid input from a
// caller who satisfies the Need. Faults it returns become problems; other errors are
// logged here, once, and shown as an internal error.
func Add[I, O any](a *API, op Op, handle func(ctx context.Context, who Caller, in *I) (*O, error)) {
	o := a.operation(op)
	if _, none := any((*O)(nil)).(*None); none && op.Status == 0 {
		o.DefaultStatus = http.StatusNoContent
	}
	prefix := "body"
	if op.Method == http.MethodGet {
		prefix = "query"
	}
	huma.Register(a.huma, o, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, CallerOf(ctx), in)
		if err != nil {
			return nil, a.refuse(ctx, err, prefix)
		}
		return out, nil
	})
	if op.Upload { // described afterwards, or huma would read it as JSON
		a.huma.OpenAPI().Paths[o.Path].Post.RequestBody = uploadBody()
	}
	a.refine(operationAt(a.OpenAPI(), o.Method, o.Path))
}

func (a *API) operation(op Op) huma.Operation {
	path := op.Path
	if !op.Root {
		path = Base + path
	}
	noun, _, _ := strings.Cut(strings.TrimPrefix(op.Path, "/"), "/")
	o := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: path, Summary: op.Summary, Tags: []string{noun},
		DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody,
		Metadata:   map[string]any{needMeta: op.Need, uploadMeta: op.Upload, secretMeta: op.Secret},
		Security:   op.Need.security(),
		Extensions: map[string]any{"x-parley": op.Need.describe()},
		Responses:  map[string]*huma.Response{"default": a.problemResponse()},
	}
	if o.MaxBodyBytes == 0 {
		o.MaxBodyBytes = MaxJSON
	}
	o.MaxBodyBytes++ // huma refuses a body of exactly this length
	return o
}

// What an operation's metadata holds.
const (
	needMeta = "need"
	// uploadMeta marks operations whose handlers read the body themselves.
	uploadMeta = "upload"
	// secretMeta marks operations whose answers are not kept for replays.
	secretMeta = "secret"
)

func needOf(op *huma.Operation) Need {
	n, _ := op.Metadata[needMeta].(Need)
	return n
}

func (a *API) problemResponse() *huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(problemType, true, "Problem")
	return &huma.Response{Description: "Refused or failed", Content: map[string]*huma.MediaType{ProblemType: {Schema: schema}}}
}

// refuse turns a handler's error into a problem, and logs what nobody expected.
func (a *API) refuse(ctx context.Context, err error, prefix string) *Problem {
	p, unexpected := problemOf(ctx, err, prefix)
	if unexpected {
		a.log.ErrorContext(ctx, "request failed", "request_id", p.RequestID, "route", RequestOf(ctx).Route, "error", err)
	}
	return p
}

// ProblemOf is an error as the caller gets it, for addresses beside the operations that answer in
// a form of their own; the fields of its body are named as operations name theirs.
func (a *API) ProblemOf(ctx context.Context, err error) *Problem { return a.refuse(ctx, err, "body") }

// Refuse writes a problem for an error outside any operation: an unknown address, a
// page that is not there.
func (a *API) Refuse(c *fiber.Ctx, err error) error {
	p := a.refuse(c.UserContext(), err, "")
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	c.Status(p.Status)
	body, err := p.MarshalJSON()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, ProblemType)
	return c.Send(body)
}

// rawOf returns the request and response below an operation. Nothing of it may be
// kept after the handler returns.
func rawOf(ctx huma.Context) *fiber.Ctx { return humafiber.Unwrap(ctx) }
