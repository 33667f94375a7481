-- +goose Up
-- Connected accounts of channels. Secrets of the configuration are sealed.

CREATE TABLE accounts (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  kind        TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  config      TEXT    NOT NULL, -- JSON of the open values
  secrets     TEXT    NOT NULL DEFAULT '', -- sealed JSON of the secret ones, base64
  hook_secret TEXT    NOT NULL DEFAULT '', -- sealed, base64
  hook_hash   TEXT    NOT NULL DEFAULT '', -- SHA-256 of the webhook path's secret, hex
  team_id     BIGINT  NOT NULL DEFAULT 0,
  paused      BOOLEAN NOT NULL DEFAULT FALSE,
  archived    BOOLEAN NOT NULL DEFAULT FALSE,
  state       TEXT    NOT NULL DEFAULT 'stopped',
  error_code  TEXT    NOT NULL DEFAULT '',
  error_text  TEXT    NOT NULL DEFAULT '',
  version     BIGINT  NOT NULL DEFAULT 1,
  created_at  BIGINT  NOT NULL,
  updated_at  BIGINT  NOT NULL
);

-- Where each stream of an account stands; written in the transaction of its events.
CREATE TABLE cursors (
  account_id BIGINT NOT NULL,
  stream     TEXT   NOT NULL,
  cursor     TEXT   NOT NULL,
  PRIMARY KEY (account_id, stream)
);
