package vk

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"parley/channels"
)

// Send implements channels.Adapter. Files are uploaded before the one call that the contact may
// notice, so only that one's failure can be Uncertain.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	peer, err := chatID(recipient(m))
	if err != nil {
		return channels.Sent{}, err
	}
	attached, err := a.upload(ctx, peer, m.Files)
	if err != nil {
		return channels.Sent{}, err
	}
	var answer json.RawMessage
	if err := a.api.call(ctx, "messages.send", a.letter(m, peer, attached), &answer); err != nil {
		return channels.Sent{}, err
	}
	sent, err := sentBy(answer, peer)
	if err != nil {
		return channels.Sent{}, err
	}
	return sent, nil
}

// recipient is the chat to send to; where there is none yet, the person's dialog.
func recipient(m channels.Outgoing) string {
	if m.Chat != "" {
		return m.Chat
	}
	for _, to := range m.To {
		if to.Scope == scope {
			return to.Address
		}
	}
	return ""
}

// letter writes a message as the parameters of messages.send. With peer_ids, unlike peer_id, VK
// answers with the message's number in its conversation, by which events name it.
func (a *Account) letter(m channels.Outgoing, peer int64, attached []string) url.Values {
	p := url.Values{
		"peer_ids":  {id(peer)},
		"random_id": {strconv.Itoa(int(a.seal.randomID(m.Key)))},
		"payload":   {a.seal.payload(m, peer)},
	}
	write(p, m)
	if len(attached) > 0 {
		p.Set("attachment", strings.Join(attached, ","))
	}
	if replied, number, err := messageID(m.ReplyTo); err == nil && replied == peer {
		p.Set("forward", jsonText(map[string]any{"peer_id": peer, "conversation_message_ids": []int64{number}, "is_reply": true}))
	}
	if k := keyboardOf(m.Buttons); k != "" {
		p.Set("keyboard", k)
	}
	return p
}

// write sets a message's text, formatted where that fits.
func write(p url.Values, m channels.Outgoing) {
	text, format := m.Text, formatData{}
	if m.HTML != "" {
		limit := channels.TextLimit{Max: maxText, Unit: channels.UnitUTF16}
		if t, f := render(m.HTML); t != "" && limit.Fits(t) {
			text, format = t, f
		}
	}
	if text != "" {
		p.Set("message", text)
	}
	if len(format.Items) > 0 {
		p.Set("format_data", jsonText(format))
	}
}

// sentBy reads VK's word that it took a message for one peer.
func sentBy(answer json.RawMessage, peer int64) (channels.Sent, *channels.Error) {
	var items []struct {
		PeerID int64           `json:"peer_id"`
		Number int64           `json:"conversation_message_id"`
		ID     int64           `json:"message_id"`
		Error  json.RawMessage `json:"error"`
	}
	if json.Unmarshal(answer, &items) != nil || len(items) != 1 || items[0].PeerID != peer {
		return channels.Sent{}, failure(channels.Uncertain, CodeUnexpected, errors.New("the answer to a message has another shape"))
	}
	it := items[0]
	if len(it.Error) > 0 && string(it.Error) != "null" {
		var why struct {
			Code int `json:"code"`
		}
		_ = json.Unmarshal(it.Error, &why)
		return channels.Sent{}, refused(refusal(why.Code))
	}
	if it.Number <= 0 && it.ID <= 0 {
		return channels.Sent{}, failure(channels.Uncertain, CodeUnexpected, errors.New("the answer names no message"))
	}
	return channels.Sent{RemoteID: remoteID(peer, it.Number)}, nil
}

// FindSent implements channels.SendFinder: a message that arrived holds its random_id.
func (a *Account) FindSent(ctx context.Context, m channels.Outgoing) (channels.Sent, bool, error) {
	peer, err := chatID(recipient(m))
	if err != nil {
		return channels.Sent{}, false, err
	}
	var page struct {
		Items []message `json:"items"`
	}
	if err := a.api.ask(ctx, "messages.getHistory", url.Values{
		"peer_id": {id(peer)}, "group_id": {id(a.settings.group)}, "count": {strconv.Itoa(pageSize)},
	}, &page); err != nil {
		return channels.Sent{}, false, err
	}
	want := int64(a.seal.randomID(m.Key))
	for i := range page.Items {
		it := &page.Items[i]
		if (bool(it.Out) || it.FromID == -a.settings.group) && it.RandomID == want {
			return channels.Sent{RemoteID: remoteID(peer, it.Number), At: unix(it.Date)}, true, nil
		}
	}
	return channels.Sent{}, false, nil
}
