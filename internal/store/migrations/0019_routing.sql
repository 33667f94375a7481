-- +goose Up
-- Who answers: how teams hand conversations out, what was decided last about each that
-- waits, who had a turn, and who is away.

ALTER TABLE teams ADD COLUMN strategy TEXT NOT NULL DEFAULT 'manual';
ALTER TABLE teams ADD COLUMN timeout_seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE teams ADD COLUMN overflow_team_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE teams ADD COLUMN sticky BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE teams ADD COLUMN member_order TEXT NOT NULL DEFAULT ''; -- JSON list of agents

-- Agents whose last page was closed, and whether they were set to away for it.
ALTER TABLE agents ADD COLUMN gone_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agents ADD COLUMN auto_away BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE team_turns (
  team_id  BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  turn     BIGINT NOT NULL,
  PRIMARY KEY (team_id, agent_id)
);

CREATE TABLE routing_offers (
  conversation_id BIGINT PRIMARY KEY, -- only: postgres
  conversation_id INTEGER PRIMARY KEY, -- only: sqlite
  team_id  BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  next_at  BIGINT NOT NULL, -- when it is passed on, 0 = never
  tried    TEXT   NOT NULL, -- JSON list of agents
  visited  TEXT   NOT NULL  -- JSON list of teams
);
CREATE INDEX routing_offers_next ON routing_offers (next_at, conversation_id) WHERE next_at > 0;

CREATE TABLE absences (
  id         BIGINT PRIMARY KEY,
  agent_id   BIGINT NOT NULL,
  deputy_id  BIGINT NOT NULL,
  from_at    BIGINT NOT NULL,
  to_at      BIGINT NOT NULL,
  state      TEXT   NOT NULL,
  next_at    BIGINT NOT NULL, -- when it must be looked at, 0 = never
  lent       TEXT   NOT NULL, -- JSON list of teams
  created_at BIGINT NOT NULL
);
CREATE INDEX absences_next ON absences (next_at) WHERE next_at > 0;
CREATE INDEX absences_to ON absences (to_at);

CREATE TABLE absence_moves (
  absence_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  PRIMARY KEY (absence_id, conversation_id)
);
