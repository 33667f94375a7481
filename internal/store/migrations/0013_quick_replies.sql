-- +goose Up
-- Texts that people keep at hand, the files that go along, and who uses them how often.

CREATE TABLE quick_replies (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  shortcut     TEXT   NOT NULL,
  shortcut_key TEXT COLLATE "C" NOT NULL, -- only: postgres
  shortcut_key TEXT   NOT NULL, -- only: sqlite
  name         TEXT   NOT NULL,
  text         TEXT   NOT NULL,
  scope        TEXT   NOT NULL, -- mine, team, all
  owner_id     BIGINT NOT NULL,
  team_id      BIGINT NOT NULL,
  holder_id    BIGINT NOT NULL, -- within what the shortcut is unique: owner, team, or 0
  language     TEXT   NOT NULL,
  folder       TEXT   NOT NULL,
  uses         BIGINT NOT NULL DEFAULT 0,
  last_used_at BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX quick_replies_shortcut ON quick_replies (scope, holder_id, shortcut_key) WHERE shortcut_key <> '';

CREATE TABLE quick_reply_files (
  reply_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  file_id  BIGINT NOT NULL,
  PRIMARY KEY (reply_id, position)
);
CREATE INDEX quick_reply_files_file ON quick_reply_files (file_id);

CREATE TABLE quick_reply_uses (
  reply_id     BIGINT NOT NULL,
  agent_id     BIGINT NOT NULL,
  uses         BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  PRIMARY KEY (reply_id, agent_id)
);
