package store

import (
	"context"
	"database/sql"
	"time"

	"parley/internal/auth"
)

const (
	invitationCols = `id, hash, email, name, role, team_ids, invited_by, created_at, expires_at, accepted_at`
	resetCols      = `hash, agent_id, created_at, expires_at, used_at`
)

var (
	invitationTable = newTable("invitations", invitationCols, "")
	resetTable      = newTable("password_resets", resetCols, "")
)

func invitationArgs(args []any, i auth.Invitation) []any {
	return append(args, int64(i.ID), hashText(i.Hash), i.Email, i.Name, string(i.Role), jsonList(i.TeamIDs), int64(i.InvitedBy),
		micros(i.CreatedAt), micros(i.ExpiresAt), micros(i.AcceptedAt))
}

func invitationDest(i *auth.Invitation) []any {
	return []any{&i.ID, hashCol{&i.Hash}, &i.Email, &i.Name, &i.Role, jsonCol{&i.TeamIDs}, &i.InvitedBy,
		timeCol{&i.CreatedAt}, timeCol{&i.ExpiresAt}, timeCol{&i.AcceptedAt}}
}

// InvitationByHash finds an invitation by its token.
func (db *DB) InvitationByHash(ctx context.Context, h auth.TokenHash) (auth.Invitation, error) {
	var i auth.Invitation
	found, err := db.one(ctx, `SELECT `+invitationCols+` FROM invitations WHERE hash = $1`, []any{hashText(h)}, invitationDest(&i)...)
	if err == nil && !found {
		err = auth.ErrAbsent
	}
	return i, err
}

// Invitations lists every invitation, accepted and expired ones too.
func (db *DB) Invitations(ctx context.Context) ([]auth.Invitation, error) {
	var list []auth.Invitation
	err := db.each(ctx, `SELECT `+invitationCols+` FROM invitations ORDER BY id`, nil, func(row *sql.Rows) error {
		var i auth.Invitation
		err := row.Scan(invitationDest(&i)...)
		list = append(list, i)
		return err
	})
	return list, err
}

// InsertInvitation adds an invitation.
func (db *DB) InsertInvitation(ctx context.Context, i auth.Invitation) error {
	_, err := db.exec(ctx, invitationTable.text(db.engine, 1), invitationArgs(nil, i)...)
	return err
}

// AcceptInvitation sets AcceptedAt.
func (db *DB) AcceptInvitation(ctx context.Context, id auth.InvitationID, at time.Time) error {
	return present(db.exec(ctx, `UPDATE invitations SET accepted_at = $2 WHERE id = $1`, int64(id), micros(at)))
}

// DeleteInvitation removes an invitation.
func (db *DB) DeleteInvitation(ctx context.Context, id auth.InvitationID) error {
	return present(db.exec(ctx, `DELETE FROM invitations WHERE id = $1`, int64(id)))
}

// ResetByHash finds a reset link by its token.
func (db *DB) ResetByHash(ctx context.Context, h auth.TokenHash) (auth.Reset, error) {
	var r auth.Reset
	found, err := db.one(ctx, `SELECT `+resetCols+` FROM password_resets WHERE hash = $1`, []any{hashText(h)},
		hashCol{&r.Hash}, &r.AgentID, timeCol{&r.CreatedAt}, timeCol{&r.ExpiresAt}, timeCol{&r.UsedAt})
	if err == nil && !found {
		err = auth.ErrAbsent
	}
	return r, err
}

// InsertReset adds a reset link and removes the agent's unused older ones.
func (db *DB) InsertReset(ctx context.Context, r auth.Reset) error {
	if _, err := db.exec(ctx, `DELETE FROM password_resets WHERE agent_id = $1 AND used_at = 0`, int64(r.AgentID)); err != nil {
		return err
	}
	_, err := db.exec(ctx, resetTable.text(db.engine, 1), hashText(r.Hash), int64(r.AgentID), micros(r.CreatedAt), micros(r.ExpiresAt), micros(r.UsedAt))
	return err
}

// UseReset sets UsedAt.
func (db *DB) UseReset(ctx context.Context, h auth.TokenHash, at time.Time) error {
	return present(db.exec(ctx, `UPDATE password_resets SET used_at = $2 WHERE hash = $1`, hashText(h), micros(at)))
}
