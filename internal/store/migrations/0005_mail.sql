-- +goose Up
-- What a message has besides when it is a mail. Chats leave no row in any of these
-- tables, so that they cost the others nothing.

CREATE TABLE mails (
  message_id BIGINT PRIMARY KEY, -- only: postgres
  message_id INTEGER PRIMARY KEY, -- only: sqlite
  head     TEXT NOT NULL, -- JSON: subject, parties, references
  quoted   TEXT NOT NULL,
  nature   TEXT NOT NULL,
  warning  TEXT NOT NULL,
  original TEXT NOT NULL -- hash of the mail as it came; '' where it was not kept
);
CREATE INDEX mails_original ON mails (original) WHERE original <> '';

-- Blobs of events that made no message: kept as long as an event's raw payload.
CREATE TABLE event_blobs (
  received_id BIGINT NOT NULL,
  hash        TEXT   NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (received_id, hash)
);
CREATE INDEX event_blobs_hash ON event_blobs (hash);
CREATE INDEX event_blobs_at ON event_blobs (at);

-- Which conversations hold a message of this id, or one that refers to it. Several may
-- refer to an id that is theirs or is not; who may join which is decided by the parties.
CREATE TABLE threads (
  account_id      BIGINT  NOT NULL,
  remote_id       TEXT    NOT NULL,
  conversation_id BIGINT  NOT NULL,
  arrived         BOOLEAN NOT NULL, -- the message itself is in the conversation
  root            BOOLEAN NOT NULL, -- the conversation hangs below it
  direct          BOOLEAN NOT NULL, -- who refers to it answered it
  by_scope        TEXT    NOT NULL, -- who refers to it; '' once it has arrived
  by_address      TEXT    NOT NULL,
  PRIMARY KEY (account_id, remote_id, conversation_id)
);
CREATE INDEX threads_conversation ON threads (conversation_id);
CREATE INDEX threads_orphans ON threads (conversation_id) WHERE root AND NOT arrived;

-- Everybody who wrote or was written to, our own addresses left out.
CREATE TABLE participants (
  conversation_id BIGINT NOT NULL,
  scope           TEXT   NOT NULL,
  address         TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  position        BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, scope, address)
);

-- When a person last got an automatic answer from an account.
CREATE TABLE automatic_answers (
  account_id BIGINT NOT NULL,
  address    TEXT   NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (account_id, address)
);
CREATE INDEX automatic_answers_at ON automatic_answers (at);

-- The last redelivery of each event that came in again.
CREATE TABLE duplicates (
  account_id      BIGINT NOT NULL,
  key             TEXT   NOT NULL,
  id              BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  times           BIGINT NOT NULL,
  message_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, key)
);
CREATE INDEX duplicates_account ON duplicates (account_id, id);
CREATE INDEX duplicates_at ON duplicates (at);

ALTER TABLE message_files ADD COLUMN content_id TEXT NOT NULL DEFAULT '';
ALTER TABLE message_files ADD COLUMN inline BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE agents ADD COLUMN signature TEXT NOT NULL DEFAULT '';
