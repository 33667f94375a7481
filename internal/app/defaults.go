package app

import (
	"context"
	"fmt"
	"slices"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
)

// settingDefaults notes that the first account was made, so that an administrator may
// delete it for good.
const settingDefaults = "defaults"

// EnsureWebchat makes the first web-chat account on a new installation and returns
// one that exists.
func (b *Base) EnsureWebchat(ctx context.Context) (channels.AccountID, error) {
	env := channels.Env{Log: b.Log, Now: b.Now}
	service := accounts.New(accounts.Options{Store: b.Store, Drivers: accounts.NewDrivers(webchat.NewDriver(nil)), Box: b.Box, Env: env})
	list, err := service.List(ctx, actor.System())
	if err != nil {
		return 0, err
	}
	at := slices.IndexFunc(list, func(a accounts.Account) bool { return a.Kind == channels.KindWebchat })
	if at >= 0 {
		return list[at].ID, nil
	}
	if _, found, err := b.Store.Setting(ctx, settingDefaults); err != nil || found {
		return 0, err
	}
	made, err := service.Create(ctx, actor.System(), accounts.Draft{Kind: channels.KindWebchat, Name: firstChannel})
	if err != nil {
		return 0, fmt.Errorf("make the first web chat: %w", err)
	}
	_, err = b.Store.ClaimSetting(ctx, settingDefaults, "made")
	return made.ID, err
}

// SeedPeople returns teams and agents to spread seeded conversations over, and makes
// some who cannot sign in where there are no teams.
func (b *Base) SeedPeople(ctx context.Context) (teams []inbox.TeamID, agents []inbox.AgentID, err error) {
	if err := b.seedTeams(ctx); err != nil {
		return nil, nil, err
	}
	all, err := b.Auth.Teams(ctx, auth.System())
	if err != nil {
		return nil, nil, err
	}
	for _, t := range all {
		teams = append(teams, inbox.TeamID(t.ID))
	}
	people, err := b.Auth.Agents(ctx, auth.System())
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people {
		agents = append(agents, inbox.AgentID(p.ID))
	}
	return teams, agents, nil
}

// seedTeams makes five teams of two agents each, unless there are teams already. A new
// installation, whose first person must be its administrator, gets the teams alone.
func (b *Base) seedTeams(ctx context.Context) error {
	have, err := b.Auth.Teams(ctx, auth.System())
	if err != nil || len(have) > 0 {
		return err
	}
	isNew, err := b.Auth.NeedsSetup(ctx)
	if err != nil {
		return err
	}
	for i, name := range []string{"Sales", "Support", "Delivery", "Returns", "Partners"} {
		team, err := b.Auth.CreateTeam(ctx, auth.System(), auth.NewTeam{Name: name})
		if err != nil {
			return fmt.Errorf("seed teams: %w", err)
		}
		for n := 0; n < 2 && !isNew; n++ {
			_, err := b.Auth.CreateAgent(ctx, auth.System(), auth.NewAgent{
				Email: fmt.Sprintf("seed-%d-%d@example.com", i+1, n+1), Name: fmt.Sprintf("%s %d", name, n+1), Role: auth.RoleAgent, TeamIDs: []auth.TeamID{team.ID},
			})
			if err != nil {
				return fmt.Errorf("seed agents: %w", err)
			}
		}
	}
	return nil
}
