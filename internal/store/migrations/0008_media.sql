-- +goose Up
-- Files of messages that still lie with their network, and messages that came as one album.

ALTER TABLE messages ADD COLUMN media BIGINT NOT NULL DEFAULT 0; -- how many files were announced
ALTER TABLE messages ADD COLUMN album TEXT NOT NULL DEFAULT '';
CREATE INDEX messages_album ON messages (account_id, album, id) WHERE album <> '';

CREATE TABLE message_media (
  message_id BIGINT NOT NULL,
  position   BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  ref        TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  state      TEXT   NOT NULL, -- waiting, done, gone
  file_id    BIGINT NOT NULL, -- once it is done
  tries      BIGINT NOT NULL,
  error      TEXT   NOT NULL, -- JSON of words in both languages
  PRIMARY KEY (message_id, position)
);
