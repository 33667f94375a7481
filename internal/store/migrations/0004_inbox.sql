-- +goose Up
-- Contacts, conversations, messages, and what is worked on beside them.
-- Times are Unix microseconds in UTC, 0 where there is none; ids are 0 where there is none.

CREATE TABLE contacts (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  name       TEXT   NOT NULL,
  name_key   TEXT COLLATE "C" NOT NULL, -- only: postgres
  name_key   TEXT   NOT NULL, -- only: sqlite
  company_id BIGINT NOT NULL DEFAULT 0,
  owner_id   BIGINT NOT NULL DEFAULT 0,
  language   TEXT   NOT NULL DEFAULT '',
  fields     TEXT   NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX contacts_name ON contacts (name_key, id);
CREATE INDEX contacts_owner ON contacts (owner_id) WHERE owner_id <> 0;

CREATE TABLE identities (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  contact_id BIGINT  NOT NULL,
  scope      TEXT    NOT NULL,
  address    TEXT COLLATE "C" NOT NULL, -- only: postgres
  address    TEXT    NOT NULL, -- only: sqlite
  verified   BOOLEAN NOT NULL,
  created_at BIGINT  NOT NULL
);
CREATE UNIQUE INDEX identities_address ON identities (scope, address) WHERE verified;
CREATE INDEX identities_typed ON identities (address);
CREATE INDEX identities_contact ON identities (contact_id);

CREATE TABLE conversations (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  number           BIGINT  NOT NULL,
  account_id       BIGINT  NOT NULL,
  chat             TEXT    NOT NULL,
  contact_id       BIGINT  NOT NULL,
  identity_id      BIGINT  NOT NULL,
  subject          TEXT    NOT NULL,
  status           TEXT    NOT NULL,
  unanswered       BOOLEAN NOT NULL,
  waiting_since    BIGINT  NOT NULL,
  assignee_id      BIGINT  NOT NULL,
  team_id          BIGINT  NOT NULL,
  priority         TEXT    NOT NULL,
  snoozed_until    BIGINT  NOT NULL,
  seq              BIGINT  NOT NULL,
  last_text        TEXT    NOT NULL,
  last_direction   TEXT    NOT NULL,
  last_at          BIGINT  NOT NULL,
  last_inbound_at  BIGINT  NOT NULL,
  last_outbound_at BIGINT  NOT NULL,
  lead_id          BIGINT  NOT NULL,
  request_id       BIGINT  NOT NULL,
  merged_into      BIGINT  NOT NULL,
  closed_at        BIGINT  NOT NULL,
  created_at       BIGINT  NOT NULL,
  updated_at       BIGINT  NOT NULL
);
CREATE UNIQUE INDEX conversations_number ON conversations (number);
-- At most one that is not closed per thread.
CREATE UNIQUE INDEX conversations_open ON conversations (account_id, chat) WHERE status <> 'closed' AND merged_into = 0;
CREATE INDEX conversations_thread ON conversations (account_id, chat, created_at);
CREATE INDEX conversations_contact ON conversations (contact_id, last_at);
-- One index per door through which a viewer may see a conversation (everything, a
-- team, one's own), each in two halves, so that a message touches only the live one.
CREATE INDEX conversations_live ON conversations (last_at, id, status) WHERE status <> 'closed';
CREATE INDEX conversations_live_team ON conversations (team_id, last_at, id, status) WHERE status <> 'closed';
CREATE INDEX conversations_live_agent ON conversations (assignee_id, last_at, id, status) WHERE status <> 'closed';
CREATE INDEX conversations_closed ON conversations (last_at, id) WHERE status = 'closed' AND merged_into = 0;
CREATE INDEX conversations_closed_team ON conversations (team_id, last_at, id) WHERE status = 'closed' AND merged_into = 0;
CREATE INDEX conversations_closed_agent ON conversations (assignee_id, last_at, id) WHERE status = 'closed' AND merged_into = 0;
CREATE INDEX conversations_merged_agent ON conversations (assignee_id) WHERE merged_into <> 0;
-- Who waits for an answer, the longest first. What is closed or merged waits for nothing.
CREATE INDEX conversations_waiting ON conversations (waiting_since, id, status) WHERE unanswered;
CREATE INDEX conversations_waiting_team ON conversations (team_id, waiting_since, id, status) WHERE unanswered;
CREATE INDEX conversations_waiting_agent ON conversations (assignee_id, waiting_since, id, status) WHERE unanswered;

CREATE TABLE messages (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  conversation_id BIGINT NOT NULL,
  account_id      BIGINT NOT NULL,
  seq             BIGINT, -- NULL until released
  direction       TEXT   NOT NULL,
  kind            TEXT   NOT NULL,
  author_kind     TEXT   NOT NULL,
  author_id       BIGINT NOT NULL,
  text            TEXT   NOT NULL,
  html            TEXT   NOT NULL,
  files           BIGINT NOT NULL, -- how many attachments
  reply_to        BIGINT NOT NULL,
  state           TEXT   NOT NULL,
  error_code      TEXT   NOT NULL,
  error_text      TEXT   NOT NULL,
  remote_id       TEXT   NOT NULL,
  event_key       TEXT   NOT NULL,
  reaction        TEXT   NOT NULL,
  cause_kind      TEXT   NOT NULL,
  cause_id        BIGINT NOT NULL,
  cause_depth     BIGINT NOT NULL,
  release_at      BIGINT NOT NULL,
  sent_at         BIGINT NOT NULL,
  edited_at       BIGINT NOT NULL,
  deleted_at      BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_seq ON messages (conversation_id, seq);
CREATE INDEX messages_remote ON messages (account_id, remote_id) WHERE remote_id <> '';
CREATE INDEX messages_pending ON messages (conversation_id, release_at) WHERE seq IS NULL;

CREATE TABLE files (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  hash       TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  type       TEXT   NOT NULL,
  size       BIGINT NOT NULL,
  owner_kind TEXT   NOT NULL,
  owner_id   BIGINT NOT NULL,
  owner_ref  TEXT   NOT NULL DEFAULT '', -- a visitor's chat
  used       BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);
CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_unused ON files (created_at) WHERE NOT used;

CREATE TABLE message_files (
  message_id BIGINT NOT NULL,
  position   BIGINT NOT NULL,
  file_id    BIGINT NOT NULL,
  PRIMARY KEY (message_id, position)
);
CREATE INDEX message_files_file ON message_files (file_id);

-- Every event that came in. The key is what makes a redelivery harmless.
CREATE TABLE received (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  account_id      BIGINT NOT NULL,
  key             TEXT   NOT NULL,
  at              BIGINT NOT NULL,
  outcome         TEXT   NOT NULL,
  message_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  raw             TEXT   NOT NULL,
  error           TEXT   NOT NULL
);
CREATE UNIQUE INDEX received_key ON received (account_id, key);
CREATE INDEX received_account ON received (account_id, id);
CREATE INDEX received_quarantine ON received (id) WHERE outcome = 'quarantined';
CREATE INDEX received_at ON received (at) WHERE raw <> '' AND outcome <> 'quarantined';

-- Receipts, edits and reactions whose message is not known yet.
CREATE TABLE parked (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  account_id BIGINT NOT NULL,
  remote_id  TEXT   NOT NULL,
  event      TEXT   NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX parked_remote ON parked (account_id, remote_id);
CREATE INDEX parked_at ON parked (at);

CREATE TABLE outbox (
  message_id BIGINT PRIMARY KEY, -- only: postgres
  message_id INTEGER PRIMARY KEY, -- only: sqlite
  account_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  attempt         BIGINT NOT NULL DEFAULT 0,
  token           TEXT   NOT NULL DEFAULT '', -- of the attempt in flight, or of the uncertain one
  state           TEXT   NOT NULL, -- queued, sending, uncertain
  not_before      BIGINT NOT NULL,
  since           BIGINT NOT NULL DEFAULT 0, -- the first attempt since it was queued
  claimed_until   BIGINT NOT NULL DEFAULT 0,
  safe_resend     BOOLEAN NOT NULL DEFAULT FALSE -- the network de-duplicates: an expired claim may go again
);
CREATE INDEX outbox_due ON outbox (account_id, not_before, message_id) WHERE state = 'queued';
CREATE INDEX outbox_claimed ON outbox (claimed_until) WHERE state = 'sending';
-- One message per conversation is in flight at a time.
CREATE UNIQUE INDEX outbox_in_flight ON outbox (conversation_id) WHERE state = 'sending';
CREATE INDEX outbox_order ON outbox (conversation_id, seq) WHERE state <> 'uncertain';

-- What happened to a conversation besides messages.
CREATE TABLE timeline (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  conversation_id BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  type            TEXT   NOT NULL,
  cause_kind      TEXT   NOT NULL,
  cause_id        BIGINT NOT NULL,
  cause_depth     BIGINT NOT NULL,
  data            TEXT   NOT NULL
);
CREATE INDEX timeline_conversation ON timeline (conversation_id, at, id);

CREATE TABLE labels (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  name       TEXT   NOT NULL,
  name_key   TEXT   NOT NULL UNIQUE,
  color      TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE conversation_labels (
  conversation_id BIGINT NOT NULL,
  label_id        BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, label_id)
);
CREATE INDEX conversation_labels_label ON conversation_labels (label_id, conversation_id);

-- How far each agent has read.
CREATE TABLE reads (
  agent_id        BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
);

CREATE TABLE drafts (
  agent_id        BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  kind            TEXT   NOT NULL,
  text            TEXT   NOT NULL,
  files           TEXT   NOT NULL, -- JSON list of file ids
  version         BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
);

CREATE TABLE pipelines (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  name     TEXT   NOT NULL,
  position BIGINT NOT NULL
);

CREATE TABLE stages (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  pipeline_id BIGINT NOT NULL,
  name        TEXT   NOT NULL,
  kind        TEXT   NOT NULL,
  position    BIGINT NOT NULL
);

INSERT INTO pipelines (id, name, position) VALUES (1, 'Leads', 1);
INSERT INTO stages (id, pipeline_id, name, kind, position) VALUES
  (1, 1, 'New', 'open', 1), (2, 1, 'In progress', 'open', 2), (3, 1, 'Qualified', 'open', 3), (4, 1, 'Converted', 'won', 4), (5, 1, 'Lost', 'lost', 5);

CREATE TABLE leads (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  contact_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  account_id      BIGINT NOT NULL,
  team_id         BIGINT NOT NULL,
  owner_id        BIGINT NOT NULL,
  status          TEXT   NOT NULL,
  pipeline_id     BIGINT NOT NULL,
  stage_id        BIGINT NOT NULL,
  source          TEXT   NOT NULL,
  utm             TEXT   NOT NULL,
  lost_reason     TEXT   NOT NULL,
  fields          TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX leads_open ON leads (contact_id) WHERE status = 'open';
CREATE INDEX leads_all ON leads (created_at, id);
CREATE INDEX leads_team ON leads (team_id, created_at, id);
CREATE INDEX leads_owner ON leads (owner_id, created_at, id);
CREATE INDEX leads_contact ON leads (contact_id, id);

CREATE TABLE requests (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  number          BIGINT NOT NULL UNIQUE,
  contact_id      BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  account_id      BIGINT NOT NULL,
  team_id         BIGINT NOT NULL,
  owner_id        BIGINT NOT NULL,
  subject         TEXT   NOT NULL,
  type            TEXT   NOT NULL,
  priority        TEXT   NOT NULL,
  status          TEXT   NOT NULL,
  due_at          BIGINT NOT NULL,
  resolution      TEXT   NOT NULL,
  fields          TEXT   NOT NULL,
  resolved_at     BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL
);
CREATE INDEX requests_all ON requests (created_at, id);
CREATE INDEX requests_team ON requests (team_id, created_at, id);
CREATE INDEX requests_owner ON requests (owner_id, created_at, id);
CREATE INDEX requests_contact ON requests (contact_id, status);
