-- +goose Up
-- What happens by itself: triggers, what they did, the clocks they have set; macros;
-- business hours. And jobs that are worked on many at a time, such as events for triggers.

ALTER TABLE jobs ADD COLUMN together BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE NOT dead AND NOT together;
CREATE INDEX jobs_together ON jobs (due_at, id) WHERE NOT dead AND together;
CREATE INDEX jobs_kept ON jobs (claimed_until) WHERE NOT dead AND claimed_until > 0;

CREATE TABLE triggers (
  id            BIGINT PRIMARY KEY,
  name          TEXT   NOT NULL,
  enabled       BOOLEAN NOT NULL,
  position      BIGINT NOT NULL,
  event         TEXT   NOT NULL,
  after_minutes BIGINT NOT NULL,
  after_since   TEXT   NOT NULL,
  automatic     BOOLEAN NOT NULL,
  conditions    TEXT   NOT NULL, -- JSON
  actions       TEXT   NOT NULL, -- JSON
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL
);

-- One row per event on which a trigger acted.
CREATE TABLE trigger_runs (
  id              BIGINT PRIMARY KEY,
  trigger_id      BIGINT NOT NULL,
  event           TEXT   NOT NULL,
  conversation_id BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  depth           BIGINT NOT NULL,
  outcome         TEXT   NOT NULL,
  problem         TEXT   NOT NULL, -- JSON of words in both languages
  why             TEXT   NOT NULL, -- JSON of the explanation
  steps           TEXT   NOT NULL  -- JSON
);
CREATE UNIQUE INDEX trigger_runs_event ON trigger_runs (event, trigger_id);
CREATE INDEX trigger_runs_trigger ON trigger_runs (trigger_id, id);
CREATE INDEX trigger_runs_conversation ON trigger_runs (conversation_id, id);
CREATE INDEX trigger_runs_at ON trigger_runs (at);

-- Clocks that run; the job that looks at one when it runs out stands in jobs.
CREATE TABLE trigger_timers (
  trigger_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  due_at          BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, trigger_id)
);

CREATE TABLE macros (
  id         BIGINT PRIMARY KEY,
  name       TEXT   NOT NULL,
  scope      TEXT   NOT NULL,
  owner_id   BIGINT NOT NULL,
  team_id    BIGINT NOT NULL,
  actions    TEXT   NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE schedules (
  id         BIGINT PRIMARY KEY,
  name       TEXT   NOT NULL,
  time_zone  TEXT   NOT NULL,
  intervals  TEXT   NOT NULL, -- JSON
  holidays   TEXT   NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Webhooks that triggers make, and what came of them.
CREATE TABLE webhook_deliveries (
  id         BIGINT PRIMARY KEY,
  trigger_id BIGINT NOT NULL,
  run_id     BIGINT NOT NULL,
  url        TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  state      TEXT   NOT NULL, -- waiting, done, failed
  status     BIGINT NOT NULL,
  error      TEXT   NOT NULL,
  tries      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  done_at    BIGINT NOT NULL
);
CREATE INDEX webhook_deliveries_trigger ON webhook_deliveries (trigger_id, id);
CREATE INDEX webhook_deliveries_at ON webhook_deliveries (created_at);
