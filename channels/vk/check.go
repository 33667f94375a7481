package vk

import (
	"context"
	"net/url"

	"parley/channels"
)

// Test implements channels.Tester: the key, its rights, and how events are to come.
func (a *Account) Test(ctx context.Context) error {
	if err := a.known(ctx); err != nil {
		return err
	}
	if err := a.rights(ctx); err != nil {
		return err
	}
	if a.settings.mode == modeCallback {
		return nil
	}
	if _, err := a.session(ctx); err != nil {
		return err
	}
	return orNil(a.ticked(ctx))
}

// known tells whether the key is of this community.
func (a *Account) known(ctx context.Context) *channels.Error {
	var answer struct {
		Groups []struct {
			ID int64 `json:"id"`
		} `json:"groups"`
	}
	if err := a.api.ask(ctx, "groups.getById", url.Values{"group_id": {id(a.settings.group)}}, &answer); err != nil {
		if err.Kind == channels.Permanent {
			return accountProblem(channels.AuthFailed, CodeGroup, fieldGroup, 100)
		}
		return err
	}
	if len(answer.Groups) != 1 || answer.Groups[0].ID != a.settings.group {
		return accountProblem(channels.AuthFailed, CodeGroup, fieldGroup, 100)
	}
	return nil
}

// rights tells whether the key may do what messages need.
func (a *Account) rights(ctx context.Context) *channels.Error {
	var answer struct {
		Permissions []struct {
			Name string `json:"name"`
		} `json:"permissions"`
	}
	if err := a.api.ask(ctx, "groups.getTokenPermissions", nil, &answer); err != nil {
		return err
	}
	for _, p := range answer.Permissions {
		if p.Name == "messages" {
			return nil
		}
	}
	return accountProblem(channels.AuthFailed, CodeRight, fieldToken, 7)
}

// ticked tells whether the events of messages are switched on. A key without the right to look
// leaves it open.
func (a *Account) ticked(ctx context.Context) *channels.Error {
	var answer struct {
		Enabled flag            `json:"is_enabled"`
		Events  map[string]flag `json:"events"`
	}
	if err := a.api.ask(ctx, "groups.getLongPollSettings", url.Values{"group_id": {id(a.settings.group)}}, &answer); err != nil {
		if err.Kind == channels.Permanent {
			return nil
		}
		return err
	}
	if !bool(answer.Enabled) {
		return accountProblem(channels.Permanent, CodeLongPollOff, fieldMode, 100)
	}
	for _, name := range []string{"message_new", "message_reply"} {
		if on, said := answer.Events[name]; said && !bool(on) {
			return accountProblem(channels.Permanent, CodeEventsOff, fieldMode, 100)
		}
	}
	return nil
}
