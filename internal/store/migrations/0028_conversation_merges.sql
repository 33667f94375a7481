-- +goose Up
-- Conversations that people joined. Nothing is renumbered: the one that went points to the one
-- that stayed, and what it was before is kept, so that they can be taken apart again.

CREATE TABLE conversation_merges (
  id         BIGINT PRIMARY KEY,
  kept_id    BIGINT NOT NULL,
  gone_id    BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  cause_kind TEXT   NOT NULL,
  cause_id   BIGINT NOT NULL,
  before     TEXT   NOT NULL, -- JSON: what both said about waiting and status
  undone_at  BIGINT NOT NULL
);
CREATE INDEX conversation_merges_gone ON conversation_merges (gone_id, id);
CREATE INDEX conversations_merged ON conversations (merged_into) WHERE merged_into <> 0;
