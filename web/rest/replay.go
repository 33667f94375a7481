package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"parley/internal/fault"
)

// Replays remembers what was answered to a POST with an Idempotency-Key. Owners are
// short texts; so are keys.
type Replays interface {
	// Begin claims a key of an owner for a request, named by its hash. With status 0 the
	// request goes on under the context returned, so that what it writes and the note
	// that it has written are one transaction. Another status was answered before, with
	// that body. Faults say why it can be neither.
	Begin(ctx context.Context, owner, key, request string) (next context.Context, status int, body string, err error)
	// Finish keeps the answer to the request; ctx is Begin's.
	Finish(ctx context.Context, owner, key string, status int, body string) error
	// Forget gives a key back, unless something was written under it; ctx is Begin's.
	Forget(ctx context.Context, owner, key string) error
}

// codeReused is the code of Begin's fault when a key was used with another request. It
// is the request that is wrong, not the state of anything.
const codeReused = "idempotency_key_reused"

// Names of the headers.
const (
	IdempotencyKey     = "Idempotency-Key"
	idempotentReplayed = "Idempotent-Replayed"
)

const maxKey = 255 // bytes

// finishTime bounds the writing of an answer, which must happen although the caller
// may be gone.
const finishTime = 5 * time.Second

var (
	errKeyForm = fault.InvalidField("header."+IdempotencyKey, "malformed", fault.T(
		"От 1 до 255 печатных латинских знаков.", "1 to 255 printable ASCII characters."))
	errDone = fault.New(fault.Conflict, "already_done", fault.T(
		"Это уже сделано, а секрет показывается один раз.", "This is done already, and its secret is shown once."))
)

// replay makes a POST with an Idempotency-Key happen once. It runs after authorize, so
// that keys belong to whoever is signed in.
func (a *API) replay(ctx huma.Context, next func(huma.Context)) {
	key, owner := ctx.Header(IdempotencyKey), CallerOf(ctx.Context()).owner()
	if key == "" || owner == "" || a.replays == nil || ctx.Method() != http.MethodPost || needOf(ctx.Operation()).public() {
		next(ctx)
		return
	}
	request, err := a.nameOf(ctx, key)
	if err != nil {
		a.writeBare(ctx, err)
		return
	}
	begun, status, body, err := a.replays.Begin(ctx.Context(), owner, key, request)
	switch {
	case err != nil:
		a.write(ctx, err)
	case status == 0:
		a.once(&exchange{below: ctx, ctx: begun}, next, owner, key)
	case secretOf(ctx.Operation()):
		a.write(ctx, errDone)
	default:
		c := rawOf(ctx)
		c.Set(idempotentReplayed, "true")
		c.Status(status)
		if body != "" {
			c.Set(fiber.HeaderContentType, "application/json")
			c.Response().SetBodyString(body)
		}
	}
}

func secretOf(op *huma.Operation) bool {
	secret, _ := op.Metadata[secretMeta].(bool)
	return secret
}

// once runs an operation and keeps its answer. Of what failed nothing was written, so
// the key is free for another try.
func (a *API) once(ctx huma.Context, next func(huma.Context), owner, key string) {
	finished := false
	defer func() {
		if !finished { // it panicked
			a.settle(ctx, owner, key, http.StatusInternalServerError, "")
		}
	}()
	next(ctx)
	finished = true
	c := rawOf(ctx)
	body := ""
	if !secretOf(ctx.Operation()) {
		body = string(c.Response().Body())
	}
	a.settle(ctx, owner, key, c.Response().StatusCode(), body)
}

func (a *API) settle(ctx huma.Context, owner, key string, status int, body string) {
	c, cancel := context.WithTimeout(context.WithoutCancel(ctx.Context()), finishTime)
	defer cancel()
	var err error
	if status >= 200 && status < 300 {
		err = a.replays.Finish(c, owner, key, status, body)
	} else {
		err = a.replays.Forget(c, owner, key)
	}
	if err != nil {
		a.log.ErrorContext(c, "answer not kept for replays", "request_id", RequestOf(c).ID, "error", err)
	}
}

// nameOf hashes a request. Its body is read for that and put back; that of an upload
// counts by its length alone.
func (a *API) nameOf(ctx huma.Context, key string) (string, error) {
	if len(key) > maxKey {
		return "", errKeyForm
	}
	for _, b := range []byte(key) {
		if b <= ' ' || b > '~' {
			return "", errKeyForm
		}
	}
	c := rawOf(ctx)
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %s\n", c.Method(), c.OriginalURL())
	if upload, _ := ctx.Operation().Metadata[uploadMeta].(bool); upload {
		fmt.Fprintf(sum, "%d", c.Request().Header.ContentLength())
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	if stream := c.Request().BodyStream(); stream != nil {
		limit := ctx.Operation().MaxBodyBytes
		body, err := io.ReadAll(io.LimitReader(stream, limit))
		switch {
		case err != nil:
			return "", fault.New(fault.Invalid, codeMalformed, fault.T("Тело запроса оборвалось.", "The body of the request broke off."))
		case int64(len(body)) == limit:
			return "", tooLarge(limit - 1)
		}
		c.Request().SetBodyStream(bytes.NewReader(body), len(body))
		sum.Write(body)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
