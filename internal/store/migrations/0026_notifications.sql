-- +goose Up
-- How agents are told of what happens while they are elsewhere: what they wish, what they
-- were told, which browsers they allowed to show it, and when they were seen last.

CREATE TABLE notify_prefs (
  agent_id BIGINT PRIMARY KEY, -- only: postgres
  agent_id INTEGER PRIMARY KEY, -- only: sqlite
  prefs TEXT NOT NULL -- JSON
);

CREATE TABLE notifications (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  agent_id        BIGINT  NOT NULL,
  key             TEXT    NOT NULL, -- of what happened; an agent is told once of each
  kind            TEXT    NOT NULL,
  conversation_id BIGINT  NOT NULL,
  number          BIGINT  NOT NULL,
  message_id      BIGINT  NOT NULL, -- 0 = about none
  at              BIGINT  NOT NULL,
  badge           BOOLEAN NOT NULL,
  sound           BOOLEAN NOT NULL,
  UNIQUE (agent_id, key)
);
CREATE INDEX notifications_at ON notifications (at);
CREATE INDEX notifications_conversation ON notifications (conversation_id);

CREATE TABLE push_subscriptions (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  agent_id   BIGINT NOT NULL,
  session_id BIGINT NOT NULL,
  hash       TEXT   NOT NULL UNIQUE, -- of the endpoint
  sealed     TEXT   NOT NULL,        -- the endpoint and the browser's keys
  browser    TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_agent ON push_subscriptions (agent_id, id);

-- Mails to those who are away, one per conversation until they come back.
CREATE TABLE away_mails (
  agent_id        BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
);
CREATE INDEX away_mails_conversation ON away_mails (conversation_id);

-- When an agent was seen at an open page last; 0 = never.
ALTER TABLE agents ADD COLUMN here_at BIGINT NOT NULL DEFAULT 0;
