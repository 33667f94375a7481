-- +goose Up
-- A board shows each stage, or each status, as a column: a range of one index.

CREATE INDEX leads_stage ON leads (stage_id, created_at, id);
CREATE INDEX requests_status ON requests (status, created_at, id);
