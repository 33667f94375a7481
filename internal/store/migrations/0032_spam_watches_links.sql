-- +goose Up
-- What people put aside as spam, what each agent pins and follows, and which conversations
-- belong together.

-- Spam is closed and stands in lists of its own. followed tells that somebody follows.
ALTER TABLE conversations ADD COLUMN spam_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN followed BOOLEAN NOT NULL DEFAULT FALSE;

DROP INDEX conversations_closed;
DROP INDEX conversations_closed_team;
DROP INDEX conversations_closed_agent;
CREATE INDEX conversations_closed ON conversations (last_at, id) WHERE status = 'closed' AND merged_into = 0 AND spam_at = 0;
CREATE INDEX conversations_closed_team ON conversations (team_id, last_at, id) WHERE status = 'closed' AND merged_into = 0 AND spam_at = 0;
CREATE INDEX conversations_closed_agent ON conversations (assignee_id, last_at, id) WHERE status = 'closed' AND merged_into = 0 AND spam_at = 0;
CREATE INDEX conversations_spam ON conversations (last_at, id) WHERE spam_at > 0;
CREATE INDEX conversations_spam_team ON conversations (team_id, last_at, id) WHERE spam_at > 0;
CREATE INDEX conversations_spam_agent ON conversations (assignee_id, last_at, id) WHERE spam_at > 0;

-- A request lists its conversations.
CREATE INDEX conversations_request ON conversations (request_id, id) WHERE request_id <> 0;

-- How a conversation and what it had opened stood before it was put aside.
CREATE TABLE spam (
  conversation_id BIGINT PRIMARY KEY, -- only: postgres
  conversation_id INTEGER PRIMARY KEY, -- only: sqlite
  before TEXT NOT NULL -- JSON
);

-- An agent has few rows here: pins and follows are bounded.
CREATE TABLE watches (
  agent_id        BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  pinned_at       BIGINT NOT NULL, -- 0 = not pinned
  followed_at     BIGINT NOT NULL, -- 0 = not followed
  PRIMARY KEY (agent_id, conversation_id)
);
CREATE INDEX watches_conversation ON watches (conversation_id);

-- Conversations that belong together, each pair once, the lower id first.
CREATE TABLE conversation_links (
  conversation_id BIGINT NOT NULL,
  other_id        BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, other_id)
);
CREATE INDEX conversation_links_other ON conversation_links (other_id);
