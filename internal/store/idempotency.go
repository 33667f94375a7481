package store

import (
	"context"
	"fmt"
	"time"

	"parley/internal/fault"
)

// What a request with an Idempotency-Key is told when there is no answer to repeat.
var (
	ErrKeyReused = fault.New(fault.Conflict, "idempotency_key_reused", fault.T(
		"Этот Idempotency-Key уже использован для другого запроса. Возьмите новый.",
		"This Idempotency-Key was used for another request. Take a new one."))
	ErrAnswerPending = fault.New(fault.Conflict, "request_in_progress", fault.T(
		"Запрос с этим Idempotency-Key ещё выполняется. Повторите через несколько секунд.",
		"The request with this Idempotency-Key is still running. Try again in a few seconds."))
	ErrAnswerLost = fault.New(fault.Conflict, "answer_lost", fault.T(
		"Запрос с этим Idempotency-Key уже выполнен, но ответ не сохранился. Проверьте результат.",
		"The request with this Idempotency-Key was done, but its answer was not kept. Look at the result."))
)

// errOverrun rolls back a request that took so long that its repetition runs instead.
var errOverrun = fault.New(fault.Unavailable, "request_overrun", fault.T(
	"Запрос выполнялся слишком долго и был повторён.", "The request took too long and was repeated."))

// answerPatience is how long a request with a key may run before a repetition of it
// takes over. Whichever of the two writes later finds its claim gone and is undone.
const answerPatience = 15 * time.Second

// committed is the status of a request that has written something but has not been
// answered; answers are from 100 on.
const committed = 1

// Idempotency makes a write that is sent twice with one key happen once.
type Idempotency struct {
	db  *DB
	now func() time.Time
}

// Idempotency returns the memory of answered writes.
func (db *DB) Idempotency(now func() time.Time) *Idempotency { return &Idempotency{db: db, now: now} }

// Begin is called before a write; owner is who sends it and request a hash of what is
// sent. With status 0 the caller goes on, under the context returned: the first
// transaction under it notes, in itself, that the request has written something. With
// another status the request was answered before, with this status and body. Otherwise
// the error is one of ErrKeyReused, ErrAnswerPending and ErrAnswerLost.
func (i *Idempotency) Begin(ctx context.Context, owner, key, request string) (next context.Context, status int, body string, err error) {
	claim := &answerClaim{owner: owner, key: key, at: micros(i.now())}
	err = i.db.Write(ctx, func(ctx context.Context) error {
		status, body = 0, ""
		added, err := i.db.exec(ctx, `INSERT INTO idempotency (owner, key, request, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			owner, key, request, claim.at)
		if err != nil || added == 1 {
			return err
		}
		status, body, err = i.earlier(ctx, claim, request)
		return err
	})
	if _, refused := fault.As(err); refused {
		return ctx, 0, "", err
	}
	if err != nil {
		return ctx, 0, "", fmt.Errorf("begin request with key: %w", err)
	}
	return context.WithValue(ctx, claimKey{}, claim), status, body, nil
}

// earlier says what became of the first request with the key, or takes over from it.
func (i *Idempotency) earlier(ctx context.Context, claim *answerClaim, request string) (status int, body string, err error) {
	var before string
	var at int64
	found, err := i.db.one(ctx, `SELECT request, status, body, created_at FROM idempotency WHERE owner = $1 AND key = $2
		FOR UPDATE -- only: postgres
		`, []any{claim.owner, claim.key}, &before, &status, &body, &at)
	switch {
	case err != nil:
		return 0, "", err
	case !found, status == 0 && at > claim.at-answerPatience.Microseconds() && before == request:
		return 0, "", ErrAnswerPending // not found: it was forgotten this very moment
	case before != request:
		return 0, "", ErrKeyReused
	case status == committed:
		return 0, "", ErrAnswerLost
	case status != 0:
		return status, body, nil
	}
	claim.at = max(claim.at, at+1)
	_, err = i.db.exec(ctx, `UPDATE idempotency SET created_at = $3 WHERE owner = $1 AND key = $2`, claim.owner, claim.key, claim.at)
	return 0, "", err
}

// Finish keeps the answer, from which later requests with the key are served. ctx is
// the one that Begin returned.
func (i *Idempotency) Finish(ctx context.Context, owner, key string, status int, body string) error {
	return i.settle(ctx, "keep answer", `UPDATE idempotency SET status = $4, body = $5 WHERE owner = $1 AND key = $2 AND created_at = $3`,
		owner, key, int64(status), body)
}

// Forget makes the key free again after a request that failed, unless that had
// already written something. ctx is the one that Begin returned.
func (i *Idempotency) Forget(ctx context.Context, owner, key string) error {
	return i.settle(ctx, "forget request", `DELETE FROM idempotency WHERE owner = $1 AND key = $2 AND created_at = $3 AND status = 0`, owner, key)
}

func (i *Idempotency) settle(ctx context.Context, doing, query, owner, key string, more ...any) error {
	claim := claimOf(ctx)
	if claim == nil || claim.owner != owner || claim.key != key {
		return fmt.Errorf("%s: the request was not begun", doing)
	}
	err := i.db.Write(context.WithValue(ctx, claimKey{}, (*answerClaim)(nil)), func(ctx context.Context) error {
		_, err := i.db.exec(ctx, query, append([]any{owner, key, claim.at}, more...)...)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// answerClaim rides in the context of a request with a key; at tells it from an
// earlier one that it took over from.
type answerClaim struct {
	owner, key string
	at         int64
}

type claimKey struct{}

func claimOf(ctx context.Context) *answerClaim {
	c, _ := ctx.Value(claimKey{}).(*answerClaim)
	return c
}

// marking makes a transaction note that the request has written something.
func (c *answerClaim) marking(db *DB, fn func(ctx context.Context) error) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		n, err := db.exec(ctx, `UPDATE idempotency SET status = $4 WHERE owner = $1 AND key = $2 AND created_at = $3 AND status <= $4`,
			c.owner, c.key, c.at, int64(committed))
		if err == nil && n == 0 {
			return errOverrun
		}
		return err
	}
}
