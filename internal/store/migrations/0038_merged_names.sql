-- +goose Up
-- Whoever became part of another contact is found by the name they had. What is indexed of people is made anew for
-- those who were merged before.

CREATE INDEX contacts_merged_name ON contacts (name_key) WHERE merged_into <> 0;

UPDATE search_progress SET people = 9223372036854775807;
