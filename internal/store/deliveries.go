package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"parley/internal/notify"
)

var _ notify.Deliveries = (*DB)(nil)

const deliveryCols = `id, trigger_id, run_id, url, body, state, status, error, tries, created_at, done_at`

var deliveryTable = newTable("webhook_deliveries", deliveryCols, upsert(deliveryCols))

func deliveryArgs(args []any, d *notify.Delivery) []any {
	return append(args, d.ID, d.TriggerID, d.RunID, d.URL, d.Body, d.State, int64(d.Status), d.Error, int64(d.Tries), micros(d.CreatedAt), micros(d.DoneAt))
}

func deliveryDest(d *notify.Delivery) []any {
	return []any{&d.ID, &d.TriggerID, &d.RunID, &d.URL, &d.Body, &d.State, &d.Status, &d.Error, &d.Tries, timeCol{&d.CreatedAt}, timeCol{&d.DoneAt}}
}

// AddDelivery keeps a webhook that is to be made.
func (db *DB) AddDelivery(ctx context.Context, d *notify.Delivery) error {
	return put(ctx, db, deliveryTable, []*notify.Delivery{d}, deliveryArgs)
}

// PutDelivery writes what came of an attempt.
func (db *DB) PutDelivery(ctx context.Context, d *notify.Delivery) error {
	return db.Write(ctx, func(ctx context.Context) error { return db.AddDelivery(ctx, d) })
}

// Delivery returns one.
func (db *DB) Delivery(ctx context.Context, id int64) (d notify.Delivery, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+deliveryCols+` FROM webhook_deliveries WHERE id = $1`, []any{id}, deliveryDest(&d)...)
	return d, found, err
}

// Deliveries returns a page of a trigger's webhooks, the newest first.
func (db *DB) Deliveries(ctx context.Context, trigger int64, cursor string, limit int) (list []notify.Delivery, next string, err error) {
	before := int64(1<<63 - 1)
	if cursor != "" {
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil || before <= 0 {
			return nil, "", errBadCursor
		}
	}
	err = db.each(ctx, `SELECT `+deliveryCols+` FROM webhook_deliveries WHERE trigger_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
		[]any{trigger, before, int64(limit + 1)}, func(row *sql.Rows) error {
			var d notify.Delivery
			err := row.Scan(deliveryDest(&d)...)
			list = append(list, d)
			return err
		})
	if err != nil {
		return nil, "", fmt.Errorf("list webhooks: %w", err)
	}
	if len(list) > limit {
		list = list[:limit]
		next = strconv.FormatInt(list[limit-1].ID, 10)
	}
	return list, next, nil
}
