-- +goose Up
-- On which node duplicates are looked for; as long as it lives, no other does.

ALTER TABLE search_pairs_progress ADD COLUMN node TEXT NOT NULL DEFAULT '';
