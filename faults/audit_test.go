//go:build unix

package faults_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// audit watches the database itself, past the program: who moves an account's stream on, or claims one of its
// messages, while another node holds the account's lease. Every node signs its connections with its name.
type audit struct {
	t  *testing.T
	db *sql.DB
}

// signed is the address of a database, for connections that bear a node's name.
func signed(t *testing.T, database string, node int) string {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("application_name", fmt.Sprint("node ", node))
	u.RawQuery = q.Encode()
	return u.String()
}

const auditing = `
CREATE TABLE audit_owner (account_id BIGINT PRIMARY KEY, node TEXT NOT NULL);
CREATE TABLE audit_commit (what TEXT NOT NULL, account_id BIGINT NOT NULL, node TEXT NOT NULL, owner TEXT NOT NULL);
CREATE FUNCTION audit_take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NEW.node <> '' THEN
		INSERT INTO audit_owner VALUES (NEW.account_id, current_setting('application_name'))
		ON CONFLICT (account_id) DO UPDATE SET node = excluded.node;
	END IF;
	RETURN NEW;
END $$;
CREATE FUNCTION audit_look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO audit_commit SELECT TG_ARGV[0], NEW.account_id, current_setting('application_name'), o.node FROM audit_owner o WHERE o.account_id = NEW.account_id;
	RETURN NEW;
END $$;
CREATE TRIGGER audit_leases AFTER INSERT OR UPDATE OF fence ON leases FOR EACH ROW EXECUTE FUNCTION audit_take();
CREATE TRIGGER audit_cursors AFTER INSERT OR UPDATE ON cursors FOR EACH ROW EXECUTE FUNCTION audit_look('delivery');
CREATE TRIGGER audit_outbox AFTER UPDATE ON outbox FOR EACH ROW WHEN (NEW.state = 'sending' AND OLD.token <> NEW.token) EXECUTE FUNCTION audit_look('claim');
`

func startAudit(t *testing.T, database string) *audit {
	t.Helper()
	db, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.ExecContext(t.Context(), auditing); err != nil {
		t.Fatal(err)
	}
	return &audit{t, db}
}

// commits counts what was committed, and what of it by a node that was not the owner.
func (a *audit) commits() (all, stale int) {
	a.t.Helper()
	if err := a.db.QueryRowContext(a.t.Context(), `SELECT COUNT(*), COUNT(*) FILTER (WHERE node <> owner) FROM audit_commit`).Scan(&all, &stale); err != nil {
		a.t.Fatal(err)
	}
	return all, stale
}

// refused counts the deliveries that nodes say they refused because another node runs the account.
func (n *nodes) refused() (count int) {
	for _, s := range n.server {
		count += strings.Count(s.Log(), "delivery refused: another node runs the account")
	}
	return count
}
