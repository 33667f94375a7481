-- +goose Up
-- Where conversations came from, as far as their first messages told. Most leave no row.

CREATE TABLE origins (
  conversation_id BIGINT PRIMARY KEY, -- only: postgres
  conversation_id INTEGER PRIMARY KEY, -- only: sqlite
  page     TEXT NOT NULL,
  referrer TEXT NOT NULL,
  utm      TEXT NOT NULL -- JSON object
);
