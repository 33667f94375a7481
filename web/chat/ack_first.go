//go:build mutant_ackfirst

package chat

import (
	"net/http"

	"parley/inbox"
)

// withoutMessage is the other half of the planted mistake in inbox/intake, which knows no message yet
// when it lets go of a post: it is acknowledged all the same.
func withoutMessage(post chatPost) (*posted, error) {
	return &posted{Status: http.StatusCreated, Body: ChatMessage{
		ClientID: &post.ClientID, Direction: inbox.Inbound, Text: post.Text, State: inbox.Received, Attachments: []ChatAttachment{},
	}}, nil
}
