-- +goose Up
-- What people of our side want to change of messages that their network has: another text, their withdrawal, a
-- reaction. What came about leaves no row, but for the reactions that stand; what did not stays until it is taken back.

CREATE TABLE amendments (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  message_id      BIGINT NOT NULL,
  account_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  kind            TEXT   NOT NULL, -- edit, delete, reaction
  text            TEXT   NOT NULL,
  html            TEXT   NOT NULL,
  emoji           TEXT   NOT NULL, -- '' takes the reaction back
  cause_kind      TEXT   NOT NULL,
  cause_id        BIGINT NOT NULL,
  cause_depth     BIGINT NOT NULL,
  asked_at        BIGINT NOT NULL,
  seq             BIGINT NOT NULL, -- the last message before it: what was queued until then goes first
  place           BIGINT NOT NULL, -- among those of its conversation
  state           TEXT   NOT NULL, -- queued, sending, done, failed, uncertain
  error_code      TEXT   NOT NULL DEFAULT '',
  error_text      TEXT   NOT NULL DEFAULT '',
  attempt         BIGINT NOT NULL DEFAULT 0,
  token           TEXT   NOT NULL DEFAULT '', -- of the attempt under way
  not_before      BIGINT NOT NULL,
  since           BIGINT NOT NULL DEFAULT 0, -- the first attempt
  claimed_until   BIGINT NOT NULL DEFAULT 0,
  fence           BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX amendments_of_message ON amendments (message_id);
CREATE INDEX amendments_due ON amendments (account_id, not_before) WHERE state = 'queued';
CREATE INDEX amendments_claimed ON amendments (claimed_until) WHERE state = 'sending';
CREATE INDEX amendments_order ON amendments (conversation_id, place);
-- One of a conversation is under way at a time.
CREATE UNIQUE INDEX amendments_in_flight ON amendments (conversation_id) WHERE state = 'sending';
