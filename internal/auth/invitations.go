package auth

import (
	"context"
	"errors"
	"slices"

	"parley/internal/fault"
	"parley/internal/secret"
)

// NewInvitation is what the inviting one types.
type NewInvitation struct {
	Email   string
	Name    string // may be empty
	Role    Role   // empty is RoleAgent
	TeamIDs []TeamID
}

// Invite makes an invitation and the token for its link. Admins invite anyone;
// leads invite agents into their own teams. Earlier open invitations of the
// same e-mail stop working.
func (s *Service) Invite(ctx context.Context, v Viewer, in NewInvitation) (Invitation, secret.String, error) {
	inv, err := s.cleanInvitation(v, in)
	if err != nil {
		return Invitation{}, secret.String{}, err
	}
	if inv.ID, err = id[InvitationID](ctx, s); err != nil {
		return Invitation{}, secret.String{}, err
	}
	token, now := newToken(), s.now()
	inv.Hash, inv.InvitedBy, inv.CreatedAt, inv.ExpiresAt = HashToken(token.Reveal()), v.AgentID, now, now.Add(InvitationLife)
	err = s.locked(ctx, func(ctx context.Context) error {
		if _, err := s.store.AgentByEmail(ctx, inv.Email); err == nil {
			return ErrEmailTaken
		} else if !errors.Is(err, ErrAbsent) {
			return err
		}
		if err := s.checkTeams(ctx, inv.TeamIDs); err != nil {
			return err
		}
		earlier, err := s.store.Invitations(ctx)
		if err != nil {
			return err
		}
		for _, e := range earlier {
			if e.Email == inv.Email && e.AcceptedAt.IsZero() {
				if err := s.store.DeleteInvitation(ctx, e.ID); err != nil {
					return err
				}
			}
		}
		return s.store.InsertInvitation(ctx, inv)
	})
	if err != nil {
		return Invitation{}, secret.String{}, said(err, "make invitation", nil, nil)
	}
	return inv, token, nil
}

func (s *Service) cleanInvitation(v Viewer, in NewInvitation) (Invitation, error) {
	if in.Role == "" {
		in.Role = RoleAgent
	}
	inv := Invitation{Role: in.Role, TeamIDs: uniq(in.TeamIDs)}
	switch {
	case v.IsAdmin():
	case v.Role == RoleLead:
		foreign := slices.ContainsFunc(inv.TeamIDs, func(t TeamID) bool { return !v.InTeam(t) })
		if inv.Role != RoleAgent || len(inv.TeamIDs) == 0 || foreign {
			return Invitation{}, ErrForbidden
		}
	default:
		return Invitation{}, ErrForbidden
	}
	var bad fault.Collector
	var err error
	if inv.Email, err = CleanEmail(in.Email); bad.Merge(err) != nil {
		return Invitation{}, err
	}
	if in.Name != "" {
		if inv.Name, err = cleanName("name", in.Name); bad.Merge(err) != nil {
			return Invitation{}, err
		}
	}
	if err = cleanRole(inv.Role); bad.Merge(err) != nil {
		return Invitation{}, err
	}
	return inv, bad.Err()
}

// Invitations lists those not accepted yet: all to an admin, own ones to a lead.
func (s *Service) Invitations(ctx context.Context, v Viewer) ([]Invitation, error) {
	if !v.IsAdmin() && v.Role != RoleLead {
		return nil, ErrForbidden
	}
	all, err := s.store.Invitations(ctx)
	if err != nil {
		return nil, said(err, "list invitations", nil, nil)
	}
	return slices.DeleteFunc(all, func(i Invitation) bool { return !i.AcceptedAt.IsZero() || !mayRevoke(v, i) }), nil
}

// RevokeInvitation makes an invitation unusable. ErrNoInvitation also stands for
// one the viewer may not see.
func (s *Service) RevokeInvitation(ctx context.Context, v Viewer, invitation InvitationID) error {
	open, err := s.Invitations(ctx, v)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(open, func(i Invitation) bool { return i.ID == invitation }) {
		return ErrNoInvitation
	}
	err = s.store.Write(ctx, func(ctx context.Context) error { return s.store.DeleteInvitation(ctx, invitation) })
	return said(err, "delete invitation", ErrNoInvitation, nil)
}

func mayRevoke(v Viewer, i Invitation) bool {
	return v.IsAdmin() || (v.Role == RoleLead && i.InvitedBy == v.AgentID)
}

// LookInvitation returns the invitation of a token to whoever holds it, or
// ErrNoInvitation or ErrInvitationGone.
func (s *Service) LookInvitation(ctx context.Context, token string) (Invitation, error) {
	i, err := s.store.InvitationByHash(ctx, HashToken(token))
	if err != nil {
		return Invitation{}, said(err, "find invitation", ErrNoInvitation, nil)
	}
	if !i.AcceptedAt.IsZero() || !s.now().Before(i.ExpiresAt) {
		return Invitation{}, ErrInvitationGone
	}
	return i, nil
}

// AcceptInvitation makes the invited agent and signs them in. The e-mail, role
// and teams are the invitation's; an empty name is too.
func (s *Service) AcceptInvitation(ctx context.Context, token string, in NewPerson, from Origin) (SignedIn, error) {
	inv, err := s.LookInvitation(ctx, token)
	if err != nil {
		return SignedIn{}, err
	}
	if in.Name == "" {
		in.Name = inv.Name
	}
	a := Agent{
		Email: inv.Email, Name: in.Name, Role: inv.Role, Language: in.Language,
		TeamIDs: inv.TeamIDs, Presence: Online,
	}
	out, err := s.join(ctx, a, in.Password, from, func(ctx context.Context) error {
		if _, err := s.LookInvitation(ctx, token); err != nil {
			return err
		}
		return s.store.AcceptInvitation(ctx, inv.ID, s.now())
	})
	if errors.Is(err, ErrEmailTaken) {
		return SignedIn{}, ErrInvitationGone // someone made the agent meanwhile
	}
	return out, err
}
