-- +goose Up
-- Nodes that share the database, and which of them runs which account. Times are the
-- database's own clock, so that all nodes judge by one.

CREATE TABLE nodes (
  id         TEXT    PRIMARY KEY,
  name       TEXT    NOT NULL, -- of its machine, for people
  started_at BIGINT  NOT NULL,
  until      BIGINT  NOT NULL, -- it is dead from then on, unless it renews; so are its leases
  drift      BIGINT  NOT NULL, -- its clock less the database's
  takes      BOOLEAN NOT NULL  -- whether it may be given accounts
);

-- A row belongs to nobody while its node is not among the nodes.
CREATE TABLE leases (
  account_id BIGINT PRIMARY KEY, -- only: postgres
  account_id INTEGER PRIMARY KEY, -- only: sqlite
  node  TEXT   NOT NULL,
  fence BIGINT NOT NULL -- grows with every new owner
);
CREATE INDEX leases_node ON leases (node);

ALTER TABLE outbox ADD COLUMN fence BIGINT NOT NULL DEFAULT 0; -- of the owner that claimed it
