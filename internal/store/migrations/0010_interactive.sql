-- +goose Up
-- What a message is besides text and files: choices that it offers, the choice that it
-- makes, or the approved template that it is. Most messages leave no row.

CREATE TABLE interactives (
  message_id BIGINT PRIMARY KEY, -- only: postgres
  message_id INTEGER PRIMARY KEY, -- only: sqlite
  content TEXT NOT NULL -- JSON
);

ALTER TABLE drafts ADD COLUMN buttons TEXT NOT NULL DEFAULT ''; -- JSON of rows; '' = none
