-- +goose Up
-- What is found by words. The entries are folded and stemmed by the program, the same for both
-- databases; nothing in them decides who may see what. They are not backed up but made anew.

CREATE VIRTUAL TABLE search_messages USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars ':'"); -- only: sqlite
CREATE VIRTUAL TABLE search_people USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars ':'"); -- only: sqlite
CREATE TABLE search_messages (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL); -- only: postgres
CREATE TABLE search_people (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL); -- only: postgres
CREATE INDEX search_messages_words ON search_messages USING gin (words) WITH (gin_pending_list_limit = 256); -- only: postgres
CREATE INDEX search_people_words ON search_people USING gin (words) WITH (gin_pending_list_limit = 256); -- only: postgres

-- Every word of the entries that a beginning can be completed to.
CREATE TABLE search_words (word TEXT COLLATE "C" PRIMARY KEY); -- only: postgres
CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID; -- only: sqlite

-- How far the entries got: every notice of the feed up to feed; of what was there before, all
-- from those ids upwards, 0 when nothing is left.
CREATE TABLE search_progress (
  id       BIGINT PRIMARY KEY,
  feed     BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  people   BIGINT NOT NULL
);
INSERT INTO search_progress (id, feed, messages, people) VALUES (1, (SELECT COALESCE(MAX(id), 0) FROM feed),
  (SELECT COALESCE(MAX(id), 0) + 1 FROM messages), (SELECT COALESCE(MAX(id), 0) + 1 FROM contacts));
