-- +goose Up
-- What is wrong with an account in the second language, and how far it is with reading
-- what was there before it.

ALTER TABLE accounts ADD COLUMN error_words TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN progress_done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN progress_total INTEGER NOT NULL DEFAULT 0;
