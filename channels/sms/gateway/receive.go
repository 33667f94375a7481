package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"parley/channels"
	"parley/channels/sms/consent"
	"parley/channels/sms/phone"
)

// Receive implements channels.Webhook, for messages and for statuses of ours. Gateways sign
// nothing: whoever knows the address is believed.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	events, answer := a.events(r)
	for some := range slices.Chunk(events, channels.MaxBatch) { // what was taken before a failure is known again
		if _, err := in.Deliver(ctx, channels.Batch{Events: some}); err != nil {
			return channels.Response{Status: http.StatusServiceUnavailable}, nil
		}
	}
	return channels.Response{Status: http.StatusOK, Body: []byte(answer)}, nil
}

// events turns a push into what it says, and finds out what the gateway wants to hear.
func (a *Account) events(r channels.Request) ([]channels.Event, string) {
	if len(r.Body) == 0 && len(r.Query) == 0 { // gateways look whether somebody is there
		return nil, a.answer(nil)
	}
	v := pushed(r.Body, r.Query)
	for _, h := range []*Hook{a.Description.Inbound, a.Description.Receipt} {
		if h == nil || len(r.Body) > channels.MaxRaw {
			continue
		}
		var events []channels.Event
		recognised := false
		for _, item := range v.items(h) {
			ev, fits := a.event(h, item, r)
			recognised = recognised || fits
			if ev != nil {
				events = append(events, *ev)
			}
		}
		if recognised {
			return events, a.answer(h)
		}
	}
	raw := rawOf(r)
	return []channels.Event{{
		Key: channels.EventKey("raw:" + digest(raw)), Direction: channels.Inward, Raw: raw[:min(len(raw), channels.MaxRaw)],
		Problem: "the push fits neither the description's inbound nor its receipt",
	}}, a.answer(nil)
}

// answer is what the gateway wants to hear; that of the other hook serves where none is given.
// It is nothing unless the description says so: some gateways send what they hear to the phone.
func (a *Account) answer(h *Hook) string {
	for _, one := range []*Hook{h, a.Description.Receipt, a.Description.Inbound} {
		if one != nil && one.Answer != "" {
			return one.Answer
		}
	}
	return ""
}

// maxID bounds the gateway's names, in bytes.
const maxID = 200

// event turns one item into what it says; fits tells whether it is of the hook's kind. A state
// that says nothing new fits and is no event.
func (a *Account) event(h *Hook, item value, r channels.Request) (ev *channels.Event, fits bool) {
	if !h.When.holds(http.StatusOK, item) {
		return nil, false
	}
	id, _ := item.at(h.ID)
	if h == a.Description.Inbound {
		return a.message(h, item, r, id)
	}
	state, ok := item.at(h.State)
	if !ok || id == "" || len(id) > maxID || len(state) > maxID {
		return nil, false
	}
	means, known := h.States[state]
	if !known {
		return nil, true
	}
	receipt := &channels.Receipt{RemoteID: id, State: channels.DeliveryState(means)}
	if receipt.State == channels.DeliveryFailed {
		reason, _ := item.at(h.Reason)
		receipt.Code, receipt.Text = "gateway_"+state, lostAs(state, reason).EN
	}
	return &channels.Event{Key: channels.EventKey("status:" + id + ":" + state), Direction: channels.Inward, Raw: item.raw(h, r), Receipt: receipt}, true
}

func (a *Account) message(h *Hook, item value, r channels.Request, id string) (*channels.Event, bool) {
	from, ok := item.at(h.From)
	text, hasText := item.at(h.Text)
	if !ok || !hasText || from == "" || len(from) > maxID || len(id) > maxID {
		return nil, false
	}
	sender := phone.Sender(a.ID, from, a.Region)
	raw := item.raw(h, r)
	key := "message:" + id
	if id == "" { // nothing names it: the same words at another time come with another body
		key = "message:" + digest(append([]byte(from+"\x00"+text+"\x00"), raw...))
	}
	return &channels.Event{
		Key: channels.EventKey(key), Direction: channels.Inward, Chat: sender.Address, Sender: sender, Raw: raw, Consent: consent.Of(text),
		Message: &channels.Message{Text: text}, // nothing refers to it, and ids of ours are numbers as well
	}, true
}

// raw is what an item consists of: a push that tells of many is not kept with each.
func (v value) raw(h *Hook, r channels.Request) []byte {
	if h.Each == "" {
		return rawOf(r)
	}
	raw, err := json.Marshal(v.tree)
	if err != nil {
		return nil // it came from JSON
	}
	return raw
}

// rawOf is what a push consists of.
func rawOf(r channels.Request) []byte {
	if len(r.Body) > 0 {
		return r.Body
	}
	return []byte(queryOf(r))
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// queryOf writes the query of a push, in the order of the alphabet.
func queryOf(r channels.Request) string {
	values := url.Values{}
	for name, value := range r.Query {
		values.Set(name, value)
	}
	return values.Encode()
}
