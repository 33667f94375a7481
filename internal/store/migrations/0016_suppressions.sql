-- +goose Up
-- Addresses that want no messages by a kind of network, and why.

CREATE TABLE suppressions (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  kind    TEXT   NOT NULL, -- of the network
  scope   TEXT   NOT NULL,
  address TEXT COLLATE "C" NOT NULL, -- only: postgres
  address TEXT   NOT NULL, -- only: sqlite
  reason  TEXT   NOT NULL,
  word    TEXT   NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id BIGINT NOT NULL,
  at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX suppressions_key ON suppressions (scope, address, kind);
