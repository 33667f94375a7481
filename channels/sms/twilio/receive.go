package twilio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parley/channels"
	"parley/channels/sms/consent"
	"parley/channels/sms/phone"
)

// Receive implements channels.Webhook, for messages and for statuses of ours.
func (a *Account) Receive(ctx context.Context, r channels.Request, in channels.Inbound) (channels.Response, error) {
	if r.Method != http.MethodPost {
		return channels.Response{Status: http.StatusMethodNotAllowed, Body: []byte("use POST")}, nil
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil || !Verify(a.AuthToken, a.calledAt(r), form, r.Header["x-twilio-signature"]) {
		return channels.Response{Status: http.StatusForbidden, Body: []byte("the signature does not fit")}, nil
	}
	ev, ok := a.event(form, r)
	if !ok {
		return thanks(), nil
	}
	if _, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{ev}}); err != nil {
		return channels.Response{Status: http.StatusServiceUnavailable}, nil
	}
	return thanks(), nil
}

// thanks is an answer that makes Twilio do nothing further.
func thanks() channels.Response {
	return channels.Response{Status: http.StatusOK, Type: "text/xml", Body: []byte(`<?xml version="1.0" encoding="UTF-8"?><Response/>`)}
}

// calledAt is the address that Twilio called, as it knows it.
func (a *Account) calledAt(r channels.Request) string {
	if len(r.Query) == 0 {
		return a.Hook()
	}
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	return a.Hook() + "?" + query.Encode()
}

// maxSID bounds Twilio's names, in bytes; they have 34.
const maxSID = 100

// maxMedia is how many files a message has at most (twilio.com/docs/messaging/guides/accepted-mime-types,
// 2026-11-22).
const maxMedia = 10

// event turns a push into what it says; false is a status on the way that says nothing new.
func (a *Account) event(form url.Values, r channels.Request) (channels.Event, bool) {
	sid := form.Get("MessageSid")
	if sid == "" {
		sid = form.Get("SmsSid")
	}
	if sid == "" || len(sid) > maxSID || len(r.Body) > channels.MaxRaw {
		sum := sha256.Sum256(r.Body)
		return channels.Event{
			Key: channels.EventKey("raw:" + hex.EncodeToString(sum[:])), Direction: channels.Inward,
			Raw: r.Body[:min(len(r.Body), channels.MaxRaw)], Problem: "the push names no message",
		}, true
	}
	if status := form.Get("MessageStatus"); status != "" && status != "received" && status != "receiving" {
		return a.status(form, r, sid, status)
	}
	sender := phone.Sender(a.ID, form.Get("From"), a.Region)
	if sender.Address == "" {
		return channels.Event{Key: channels.EventKey(sid), Direction: channels.Inward, Raw: r.Body, Problem: "the message has no sender"}, true
	}
	return channels.Event{
		Key: channels.EventKey(sid), Direction: channels.Inward, Chat: sender.Address, Sender: sender, Raw: r.Body, Consent: said(form),
		Message: &channels.Message{RemoteID: sid, Text: form.Get("Body"), Media: a.media(form)},
	}, true
}

// said is what a message says of further ones. Twilio names the words that it has acted on itself
// (twilio.com/docs/messaging/tutorials/advanced-opt-out, 2026-11-22).
func said(form url.Values) channels.Consent {
	switch form.Get("OptOutType") {
	case "STOP":
		return channels.ConsentStopped
	case "START":
		return channels.ConsentGiven
	}
	return consent.Of(form.Get("Body"))
}

// states are the statuses that say how far a message came
// (twilio.com/docs/messaging/api/message-resource#message-status-values, 2026-11-22). The others
// (accepted, scheduled, queued, sending) are on the way.
var states = map[string]channels.DeliveryState{
	"sent": channels.Accepted, "delivered": channels.Delivered, "read": channels.Read,
	"undelivered": channels.DeliveryFailed, "failed": channels.DeliveryFailed, "canceled": channels.DeliveryFailed,
}

func (a *Account) status(form url.Values, r channels.Request, sid, status string) (channels.Event, bool) {
	state, known := states[status]
	if !known {
		return channels.Event{}, false
	}
	receipt := &channels.Receipt{RemoteID: sid, State: state}
	if state == channels.DeliveryFailed {
		receipt.Code, receipt.Text = reason(form.Get("ErrorCode"))
	}
	ev := channels.Event{Key: channels.EventKey("status:" + sid + ":" + status), Direction: channels.Inward, Raw: r.Body, Receipt: receipt}
	// Our own id finds the message even where the answer with Twilio's was lost, which it then learns. It was signed
	// with the address.
	if ours, err := strconv.ParseInt(r.Query[ourParam], 10, 64); err == nil && ours > 0 {
		receipt.MessageID = ours
		ev.Sender = phone.Sender(a.ID, form.Get("To"), a.Region)
		ev.Chat = ev.Sender.Address
	}
	return ev, true
}

// media announces the files of a message by their paths: the host is the account's own.
func (a *Account) media(form url.Values) []channels.Media {
	count, _ := strconv.Atoi(form.Get("NumMedia"))
	var list []channels.Media
	for i := range min(count, maxMedia) {
		n := strconv.Itoa(i)
		u, err := url.Parse(form.Get("MediaUrl" + n))
		if err != nil || !strings.HasPrefix(u.Path, version) || len(u.Path) > channels.MaxRef {
			continue
		}
		kind := form.Get("MediaContentType" + n)
		list = append(list, channels.Media{Ref: u.Path, Kind: mediaKind(kind), Type: kind})
	}
	return list
}

func mediaKind(mediaType string) channels.MediaKind {
	switch family, _, _ := strings.Cut(mediaType, "/"); family {
	case "image":
		return channels.MediaPhoto
	case "video":
		return channels.MediaVideo
	case "audio":
		return channels.MediaAudio
	}
	return channels.MediaFile
}
