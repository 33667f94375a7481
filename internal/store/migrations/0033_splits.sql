-- +goose Up
-- Conversations whose end people made one of its own. What the first part was before is kept,
-- so that they can be made one again.

CREATE TABLE splits (
  id         BIGINT PRIMARY KEY,
  kept_id    BIGINT NOT NULL,
  new_id     BIGINT NOT NULL,
  after_seq  BIGINT NOT NULL, -- of the last message that stayed
  at         BIGINT NOT NULL,
  cause_kind TEXT   NOT NULL,
  cause_id   BIGINT NOT NULL,
  before     TEXT   NOT NULL, -- JSON: how the parts stood
  undone_at  BIGINT NOT NULL
);
CREATE INDEX splits_new ON splits (new_id);
