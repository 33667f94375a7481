-- +goose Up
-- Contacts that are likely one person, found anew whenever one of the two changes. Like the
-- index of the search, these rows are made from others and are not backed up.

CREATE TABLE search_pairs (
  low_id   BIGINT NOT NULL,
  high_id  BIGINT NOT NULL,
  strength BIGINT NOT NULL,
  why      TEXT   NOT NULL, -- JSON
  PRIMARY KEY (low_id, high_id)
);
CREATE INDEX search_pairs_high ON search_pairs (high_id);
CREATE INDEX search_pairs_order ON search_pairs (strength, low_id, high_id);

-- How far they got: every notice of the feed up to feed; of who was there before, all from that
-- id upwards, 0 when nobody is left.
CREATE TABLE search_pairs_progress (
  id     BIGINT PRIMARY KEY,
  feed   BIGINT NOT NULL,
  people BIGINT NOT NULL
);
INSERT INTO search_pairs_progress (id, feed, people) VALUES (1, (SELECT COALESCE(MAX(id), 0) FROM feed), (SELECT COALESCE(MAX(id), 0) + 1 FROM contacts));

-- Of whom people said that they are not one person. The ids are those of then: who was merged
-- since stands for whom it went into, and for itself again when that is undone.
CREATE TABLE contact_distinct (
  low_id     BIGINT NOT NULL,
  high_id    BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  cause_kind TEXT   NOT NULL,
  cause_id   BIGINT NOT NULL,
  PRIMARY KEY (low_id, high_id)
);
CREATE INDEX contact_distinct_high ON contact_distinct (high_id);
