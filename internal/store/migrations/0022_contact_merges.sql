-- +goose Up
-- Two contacts that turned out to be one person. The one that went keeps its row and points to
-- the one that stayed; what moved with it is listed, so that taking a merge back moves just that.

ALTER TABLE contacts ADD COLUMN merged_into BIGINT NOT NULL DEFAULT 0;
CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into <> 0;

CREATE TABLE contact_merges (
  id         BIGINT PRIMARY KEY,
  kept_id    BIGINT NOT NULL,
  gone_id    BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  cause_kind TEXT   NOT NULL,
  cause_id   BIGINT NOT NULL,
  before     TEXT   NOT NULL, -- JSON: the kept one as it was, and as the merge left it
  undone_at  BIGINT NOT NULL
);
CREATE INDEX contact_merges_kept ON contact_merges (kept_id, id);

CREATE TABLE contact_merge_items (
  merge_id BIGINT NOT NULL,
  kind     TEXT   NOT NULL, -- identity, conversation, lead, closed_lead, request, contact
  item_id  BIGINT NOT NULL,
  was      TEXT   NOT NULL, -- of a lead that the merge closed: what it said before, JSON
  PRIMARY KEY (merge_id, kind, item_id)
);
