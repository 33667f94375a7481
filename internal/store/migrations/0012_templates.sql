-- +goose Up
-- Templates that networks have to approve, as they last listed them.

CREATE TABLE message_templates (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  account_id BIGINT NOT NULL,
  name       TEXT COLLATE "C" NOT NULL, -- only: postgres
  name       TEXT   NOT NULL, -- only: sqlite
  language   TEXT COLLATE "C" NOT NULL, -- only: postgres
  language   TEXT   NOT NULL, -- only: sqlite
  state      TEXT   NOT NULL,
  reason     TEXT   NOT NULL,
  category   TEXT   NOT NULL,
  header     TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  footer     TEXT   NOT NULL,
  buttons    TEXT   NOT NULL, -- JSON
  params     TEXT   NOT NULL, -- JSON list of names
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX message_templates_name ON message_templates (account_id, name, language);

-- How the last reading of an account's list went.
CREATE TABLE template_readings (
  account_id BIGINT PRIMARY KEY, -- only: postgres
  account_id INTEGER PRIMARY KEY, -- only: sqlite
  read_at    BIGINT NOT NULL,
  tried_at   BIGINT NOT NULL,
  code       TEXT   NOT NULL,
  text       TEXT   NOT NULL
);
