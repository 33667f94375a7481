package fake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"parley/channels"
)

// scope is where the addresses of contacts are unique.
const scope = "fake"

// maxID bounds the ids that an update may hold, so that keys made of them fit.
const maxID = 200

// parse turns an update into an event. What is no update becomes an event for the
// quarantine; its key is made of its bytes.
func parse(body []byte) channels.Event {
	if len(body) > channels.MaxRaw {
		return problem(body, "the update is too large")
	}
	var u update
	if json.Unmarshal(body, &u) != nil {
		return problem(body, "the update is not JSON of the right form")
	}
	if u.Event == "" || u.Chat == "" || u.ID == "" || u.From.ID == "" {
		return problem(body, "the update lacks an id")
	}
	if max(len(u.Event), len(u.Chat), len(u.ID), len(u.From.ID)) > maxID {
		return problem(body, "an id is too long")
	}
	ev := channels.Event{
		Key: channels.EventKey(u.Event), Direction: channels.Inward, Chat: u.Chat, Raw: body,
		Sender: channels.Sender{Scope: scope, Address: u.From.ID, Name: u.From.Name, Verified: true},
		At:     time.UnixMilli(u.At).UTC(),
	}
	switch u.Type {
	case "message":
		ev.Message = &channels.Message{RemoteID: u.ID, Text: u.Text, ReplyTo: u.ReplyTo, Album: u.Album}
		for _, name := range u.Media {
			ev.Message.Media = append(ev.Message.Media, channels.Media{Ref: name, Kind: channels.MediaPhoto, Name: name, Type: "image/png"})
		}
	case "edit":
		ev.Edit = &channels.Edit{RemoteID: u.ID, Text: u.Text}
	case "delete":
		ev.Delete = &channels.Delete{RemoteID: u.ID}
	case "reaction":
		ev.Reaction = &channels.Reaction{RemoteID: u.ID, Emoji: u.Emoji}
	case "receipt":
		state := channels.DeliveryState(u.State)
		if state != channels.Delivered && state != channels.Read && state != channels.DeliveryFailed {
			return problem(body, "the receipt has an unknown state")
		}
		ev.Receipt = &channels.Receipt{RemoteID: u.ID, State: state}
	default:
		return problem(body, "the update has an unknown type")
	}
	return ev
}

func problem(body []byte, text string) channels.Event {
	sum := sha256.Sum256(body)
	return channels.Event{
		Key: channels.EventKey("raw:" + hex.EncodeToString(sum[:])), Direction: channels.Inward,
		Raw: body[:min(len(body), channels.MaxRaw)], Problem: text,
	}
}
