-- +goose Up
-- What every room stands on: facts about the installation, leased ids, the event
-- feed, durable jobs, idempotency.

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Ids and numbers are given by the program from blocks that it leases here.
CREATE TABLE id_blocks (
  name TEXT PRIMARY KEY,
  next BIGINT NOT NULL
);
-- Ids below 1000 are for what migrations bring.
INSERT INTO id_blocks (name, next) VALUES ('id', 1000);

-- The event feed. Feed order is commit order: rows are inserted under one lock,
-- taken last. A reader that remembers its last id misses nothing.
CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- only: sqlite
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- only: postgres
  at              BIGINT NOT NULL,
  type            TEXT   NOT NULL,
  object_id       BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL DEFAULT 0,
  cause_kind      TEXT   NOT NULL DEFAULT '',
  cause_id        BIGINT NOT NULL DEFAULT 0,
  was_team        BIGINT NOT NULL DEFAULT -1, -- the team before a move; -1 = not moved
  was_agent       BIGINT NOT NULL DEFAULT -1
);
CREATE INDEX feed_at ON feed (at);

-- Durable work with a due time; due jobs of one key run one at a time, in id order.
-- After a failure claimed_until is when the job is tried again, with claim empty.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- only: sqlite
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- only: postgres
  kind          TEXT   NOT NULL,
  key           TEXT   NOT NULL,
  payload       TEXT   NOT NULL DEFAULT '',
  due_at        BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  claim         TEXT   NOT NULL DEFAULT '',
  claimed_until BIGINT NOT NULL DEFAULT 0,
  tries         BIGINT NOT NULL DEFAULT 0,
  error         TEXT   NOT NULL DEFAULT '',
  dead          BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE NOT dead;
CREATE INDEX jobs_key ON jobs (key, id);
CREATE INDEX jobs_claimed ON jobs (key) WHERE claim <> '';
CREATE INDEX jobs_dead ON jobs (id) WHERE dead;

-- What was answered to a write with an Idempotency-Key.
CREATE TABLE idempotency (
  owner      TEXT   NOT NULL,
  key        TEXT   NOT NULL,
  request    TEXT   NOT NULL, -- hash of method, path and body
  status     BIGINT NOT NULL DEFAULT 0, -- 0 while the first one runs, 1 once it has written something
  body       TEXT   NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_at ON idempotency (created_at);
