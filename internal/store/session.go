package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// session is a transaction on one connection of PostgreSQL that saves round trips:
// statements whose answer nobody waits for are kept and travel with the next one that
// somebody waits for, or with the commit. Beginning and locking are such statements.
// The order of all statements stays as it was.
type session struct {
	conn  *sql.Conn
	kept  *pgx.Batch
	begun bool // something has travelled
}

// rollbackTime bounds the clean-up after a failure.
const rollbackTime = 5 * time.Second

func (db *DB) openSession(ctx context.Context) (*session, error) {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, kept: &pgx.Batch{}}
	s.later("BEGIN")
	return s, nil
}

// later keeps a statement. Its arguments must not change until it has travelled.
func (s *session) later(text string, args ...any) { s.kept.Queue(text, args...) }

// flush sends what is kept and waits for it.
func (s *session) flush(ctx context.Context) error { return s.ask(ctx, nil) }

// ask sends what is kept and the questions after it in one round trip.
func (s *session) ask(ctx context.Context, questions []question) error {
	for i := range questions {
		q := &questions[i]
		s.kept.Queue(q.text, q.args...).Query(func(rows pgx.Rows) error {
			defer rows.Close()
			for rows.Next() {
				if err := q.scan(rows); err != nil {
					return err
				}
			}
			return rows.Err()
		})
	}
	if s.kept.Len() == 0 {
		return nil
	}
	batch := s.kept
	s.kept, s.begun = &pgx.Batch{}, true
	return s.conn.Raw(func(conn any) error {
		return conn.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
}

// QueryContext implements querier.
func (s *session) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := s.flush(ctx); err != nil {
		return nil, err
	}
	return s.conn.QueryContext(ctx, text, args...)
}

// ExecContext implements querier.
func (s *session) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if err := s.flush(ctx); err != nil {
		return nil, err
	}
	return s.conn.ExecContext(ctx, text, args...)
}

// commit sends the rest with the commit. An error says that the outcome is unknown,
// unless the database refused a statement.
func (s *session) commit(ctx context.Context) error {
	if !s.begun && s.kept.Len() == 1 {
		return nil // nothing was asked for
	}
	s.later("COMMIT")
	return s.flush(ctx)
}

// close gives the connection back; after a failure without its transaction, or not at all.
func (s *session) close(ctx context.Context, failed bool) {
	if failed && s.begun {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTime)
		defer cancel()
		if _, err := s.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
			_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}
	_ = s.conn.Close()
}

// flush has the database judge what the transaction of ctx has written so far.
func (db *DB) flush(ctx context.Context) error {
	t := txOf(ctx)
	if t == nil || t.session == nil {
		return nil // it has judged each statement
	}
	return t.session.flush(ctx)
}

// question is a query of a round, and what is done with each of its rows.
type question struct {
	text string
	args []any
	scan func(scanner) error
}

// ask puts questions, in order; to PostgreSQL in one round trip.
func (db *DB) ask(ctx context.Context, questions ...question) error {
	if len(questions) == 0 {
		return nil // and what a transaction keeps need not travel yet
	}
	t := txOf(ctx)
	if t != nil && t.session != nil {
		return t.session.ask(ctx, questions)
	}
	if t == nil && db.engine == Postgres && len(questions) > 1 {
		conn, err := db.pool.Conn(ctx)
		if err != nil {
			return err
		}
		s := &session{conn: conn, kept: &pgx.Batch{}}
		defer s.close(ctx, false)
		return s.ask(ctx, questions)
	}
	for _, q := range questions {
		if err := db.each(ctx, q.text, q.args, func(rows *sql.Rows) error { return q.scan(rows) }); err != nil {
			return err
		}
	}
	return nil
}

// later runs a statement of a transaction whose answer nobody waits for: its error may
// come with a later one's, at the latest with the commit's.
func (db *DB) later(ctx context.Context, text string, args ...any) error {
	t := txOf(ctx)
	if t == nil {
		return errOutside
	}
	if t.session != nil {
		t.session.later(db.on(text), args...)
		return nil
	}
	_, err := t.q.ExecContext(ctx, db.on(text), args...)
	return err
}
