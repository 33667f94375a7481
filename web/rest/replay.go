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
	// Begin claims a key of an owner for a request, named by its hash. When another
	// request has claimed it, fresh is false, and the rest is that one's hash and what
	// was answered to it; status 0 means that it still runs.
	Begin(ctx context.Context, owner, key, request string) (fresh bool, claimed string, status int, body string, err error)
	// Finish keeps the answer to the request that claimed a key.
	Finish(ctx context.Context, owner, key string, status int, body string) error
	// Forget gives a key back: nothing was done under it.
	Forget(ctx context.Context, owner, key string) error
}

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
	errKeyReused = fault.InvalidField("header."+IdempotencyKey, "reused", fault.T(
		"С этим ключом уже был другой запрос. Возьмите новый ключ.", "This key was used with another request. Take a new key."))
	errInProgress = fault.New(fault.Conflict, "in_progress", fault.T(
		"Запрос с этим ключом ещё выполняется или его исход неизвестен.", "A request with this key still runs, or its outcome is not known.")).After(time.Second)
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
	fresh, claimed, status, body, err := a.replays.Begin(ctx.Context(), owner, key, request)
	switch {
	case err != nil:
		a.write(ctx, fmt.Errorf("begin replay: %w", err))
	case fresh:
		a.once(ctx, next, owner, key)
	case claimed != request:
		a.writeBare(ctx, errKeyReused)
	case status == 0:
		a.write(ctx, errInProgress)
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
		if !finished { // it panicked, and so did not commit its last word
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
