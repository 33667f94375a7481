package vk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/channels"
)

// Typing implements channels.Typer.
func (a *Account) Typing(ctx context.Context, chat, _ string) error {
	peer, err := chatID(chat)
	if err == nil {
		err = a.api.ask(ctx, "messages.setActivity", url.Values{"peer_id": {id(peer)}, "type": {"typing"}, "group_id": {id(a.settings.group)}}, nil)
	}
	return orNil(err)
}

// MarkRead implements channels.ReadMarker.
func (a *Account) MarkRead(ctx context.Context, _, remote string) error {
	peer, number, err := messageID(remote)
	if err == nil {
		err = a.api.ask(ctx, "messages.markAsRead", url.Values{
			"peer_id": {id(peer)}, "up_to_cmid": {id(number)}, "group_id": {id(a.settings.group)},
		}, nil)
	}
	return orNil(err)
}

// Edit implements channels.Editor. VK drops what an edit does not name, so the files that the
// message has are named again.
func (a *Account) Edit(ctx context.Context, remote string, m channels.Outgoing) error {
	peer, number, err := messageID(remote)
	if err != nil {
		return err
	}
	limit := channels.TextLimit{Max: maxText, Unit: channels.UnitUTF16}
	if m.Text == "" && m.HTML == "" {
		return failure(channels.Permanent, channels.CodeEmpty, nil)
	}
	if !limit.Fits(m.Text) {
		return failure(channels.Permanent, CodeTooLong, nil)
	}
	was, err := a.reload(ctx, peer, number)
	if err != nil {
		return err
	}
	p := url.Values{
		"peer_id": {id(peer)}, "cmid": {id(number)}, "group_id": {id(a.settings.group)},
		"keep_forward_messages": {"1"}, "keep_snippets": {"1"},
	}
	write(p, m)
	if names := attachedTo(was); len(names) > 0 {
		p.Set("attachment", strings.Join(names, ","))
	}
	if k := keyboardOf(m.Buttons); k != "" {
		p.Set("keyboard", k)
	}
	return orNil(a.api.call(ctx, "messages.edit", p, nil))
}

// attachedTo names the files of a message as messages.edit takes them.
func attachedTo(m message) (names []string) {
	for _, at := range m.Attachments {
		if s := read[stored](at); slices.Contains([]string{"photo", "video", "audio", "doc", "wall", "market", "audio_message"}, at.Type) && s.ID != 0 {
			names = append(names, s.name(at.Type))
		}
	}
	return names
}

// Delete implements channels.Deleter.
func (a *Account) Delete(ctx context.Context, _, remote string) error {
	peer, number, err := messageID(remote)
	if err != nil {
		return err
	}
	var done []struct {
		Response flag            `json:"response"`
		Error    json.RawMessage `json:"error"`
	}
	if err := a.api.call(ctx, "messages.delete", url.Values{
		"peer_id": {id(peer)}, "cmids": {id(number)}, "delete_for_all": {"1"}, "group_id": {id(a.settings.group)},
	}, &done); err != nil {
		return err
	}
	if len(done) == 1 && bool(done[0].Response) {
		return nil
	}
	// As after an attempt whose answer was lost: what is not there any more is deleted.
	if left, err := a.reload(ctx, peer, number); err != nil && err.Code == CodeNotFound || err == nil && bool(left.Deleted) {
		return nil
	}
	return failure(channels.Permanent, CodeDelete, nil)
}

// React implements channels.Reactor.
func (a *Account) React(ctx context.Context, _, remote, emoji string) error {
	peer, number, err := messageID(remote)
	if err != nil {
		return err
	}
	p := url.Values{"peer_id": {id(peer)}, "cmid": {id(number)}}
	if emoji == "" {
		return orNil(a.api.ask(ctx, "messages.deleteReaction", p, nil))
	}
	n := reactionOf(emoji)
	if n == 0 {
		return failure(channels.Permanent, CodeReaction, nil)
	}
	p.Set("reaction_id", strconv.Itoa(n))
	return orNil(a.api.ask(ctx, "messages.sendReaction", p, nil))
}

// reload reads one message anew.
func (a *Account) reload(ctx context.Context, peer, number int64) (message, *channels.Error) {
	var page struct {
		Items []message `json:"items"`
	}
	if err := a.api.ask(ctx, "messages.getByConversationMessageId", url.Values{
		"peer_id": {id(peer)}, "conversation_message_ids": {id(number)}, "group_id": {id(a.settings.group)},
	}, &page); err != nil {
		return message{}, err
	}
	if len(page.Items) != 1 {
		return message{}, failure(channels.Permanent, CodeNotFound, fmt.Errorf("%d messages of one number", len(page.Items)))
	}
	return page.Items[0], nil
}

// orNil keeps a nil *Error from becoming an error that is not nil.
func orNil(err *channels.Error) error {
	if err == nil {
		return nil
	}
	return err
}
