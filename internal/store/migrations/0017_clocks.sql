-- +goose Up
-- By when conversations are answered and done with: policies, the clocks that they set,
-- and every pause of these.

CREATE TABLE sla_policies (
  id           BIGINT PRIMARY KEY,
  name         TEXT   NOT NULL,
  position     BIGINT NOT NULL,
  schedule_id  BIGINT NOT NULL,
  conditions   TEXT   NOT NULL, -- JSON
  targets      TEXT   NOT NULL, -- JSON, minutes by metric
  by_priority  TEXT   NOT NULL, -- JSON, targets by priority
  warn_percent BIGINT NOT NULL,
  warn_whom    TEXT   NOT NULL, -- JSON list
  breach_whom  TEXT   NOT NULL, -- JSON list
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);

CREATE TABLE clocks (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  conversation_id BIGINT NOT NULL,
  metric          TEXT   NOT NULL,
  state           TEXT   NOT NULL,
  policy_id       BIGINT NOT NULL,
  policy_name     TEXT   NOT NULL,
  schedule_id     BIGINT NOT NULL,
  target          BIGINT NOT NULL, -- microseconds of open time, like used
  warn_percent    BIGINT NOT NULL,
  started_at      BIGINT NOT NULL,
  runs_since      BIGINT NOT NULL,
  used            BIGINT NOT NULL,
  due_at          BIGINT NOT NULL,
  next_at         BIGINT NOT NULL, -- when it must be looked at, 0 = never
  warned_at       BIGINT NOT NULL,
  breached_at     BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL,
  ended_by        TEXT   NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE INDEX clocks_next ON clocks (next_at, id) WHERE next_at > 0;
CREATE INDEX clocks_warned ON clocks (warned_at, id) WHERE warned_at > 0;
CREATE INDEX clocks_breached ON clocks (breached_at, id) WHERE breached_at > 0;
CREATE INDEX clocks_conversation ON clocks (conversation_id, id);

CREATE TABLE clock_pauses (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  clock_id        BIGINT  NOT NULL,
  conversation_id BIGINT  NOT NULL,
  metric          TEXT    NOT NULL,
  from_at         BIGINT  NOT NULL,
  to_at           BIGINT  NOT NULL, -- 0 = it lasts
  cause_kind      TEXT    NOT NULL,
  cause_id        BIGINT  NOT NULL,
  waiting         BOOLEAN NOT NULL -- the contact waited for us
);
CREATE INDEX clock_pauses_clock ON clock_pauses (clock_id, id);
CREATE INDEX clock_pauses_waiting ON clock_pauses (from_at, id) WHERE waiting;

-- The earliest deadline of a conversation that is still to be met or was missed, 0 for
-- none: lists are sorted by it, through the same doors as by time.
ALTER TABLE conversations ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversations_due ON conversations (due_at, id) WHERE due_at > 0;
CREATE INDEX conversations_due_team ON conversations (team_id, due_at, id) WHERE due_at > 0;
CREATE INDEX conversations_due_agent ON conversations (assignee_id, due_at, id) WHERE due_at > 0;

-- Who heads a team.
ALTER TABLE teams ADD COLUMN head_id BIGINT NOT NULL DEFAULT 0;
