-- +goose Up
-- What every field of contacts, leads and requests was before, who changed it, and when.

CREATE TABLE field_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- only: sqlite
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- only: postgres
  noun       TEXT   NOT NULL, -- contact, lead, request
  object_id  BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  cause_kind TEXT   NOT NULL,
  cause_id   BIGINT NOT NULL,
  field      TEXT   NOT NULL, -- own fields as fields.NAME
  was        TEXT   NOT NULL, -- JSON
  became     TEXT   NOT NULL  -- JSON
);
CREATE INDEX field_changes_object ON field_changes (noun, object_id, at, id);

-- What a request is about, and what has to be done for it: a JSON list of steps.
ALTER TABLE requests ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN checklist TEXT NOT NULL DEFAULT '[]';

-- Which campaign brought a lead, and how promising it is, 0 to 100.
ALTER TABLE leads ADD COLUMN campaign TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN score BIGINT NOT NULL DEFAULT 0;

-- What the marks of older leads say of it. PostgreSQL reads no JSON that speaks of a zero byte.
UPDATE leads SET campaign = SUBSTR(COALESCE(NULLIF(CAST(utm AS json)->>'campaign', ''), CAST(utm AS json)->>'utm_campaign', ''), 1, 500) WHERE utm LIKE '{%campaign%' AND STRPOS(utm, '\u0000') = 0; -- only: postgres
UPDATE leads SET campaign = SUBSTR(COALESCE(NULLIF(json_extract(utm, '$.campaign'), ''), json_extract(utm, '$.utm_campaign'), ''), 1, 500) WHERE utm LIKE '{%campaign%' AND INSTR(utm, '\u0000') = 0; -- only: sqlite

-- Whoever is deleted is looked for among those who went into others.
CREATE INDEX contact_merges_gone ON contact_merges (gone_id);
