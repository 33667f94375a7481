-- +goose Up
-- The network's ids of the further messages that one message of the inbox consists of, such
-- as the later files of an album.

CREATE TABLE message_parts (
  account_id BIGINT NOT NULL,
  remote_id  TEXT COLLATE "C" NOT NULL, -- only: postgres
  remote_id  TEXT   NOT NULL, -- only: sqlite
  message_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, remote_id)
);
