-- +goose Up
-- What people set up about what arriving messages open, by account.

CREATE TABLE intake_rules (
  id         BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  name       TEXT   NOT NULL,
  enabled    BOOLEAN NOT NULL,
  position   BIGINT NOT NULL,
  conditions TEXT   NOT NULL, -- JSON
  outcome    TEXT   NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX intake_rules_account ON intake_rules (account_id, position, id);
