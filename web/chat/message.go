package chat

import (
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/web/desk"
	"parley/web/rest"
)

// ChatMessage is a message as its visitor sees it.
type ChatMessage struct {
	ID          rest.ID          `json:"id"`
	ClientID    *string          `json:"client_id" doc:"The visitor's own id of it; null for answers."`
	Direction   inbox.Direction  `json:"direction" enum:"inbound,outbound"`
	Text        string           `json:"text"`
	HTML        string           `json:"html"`
	Attachments []ChatAttachment `json:"attachments"`
	Buttons     [][]desk.Button  `json:"buttons" doc:"Choices below the text, in rows."`
	Author      ChatAuthor       `json:"author"`
	State       inbox.State      `json:"state"`
	ReplyTo     rest.Ref         `json:"reply_to" doc:"The message that it answers."`
	Reactions   []ChatReaction   `json:"reactions"`
	Edited      bool             `json:"edited" doc:"It said something else before."`
	Deleted     bool             `json:"deleted" doc:"Its author took it back; nothing of it is left."`
	CreatedAt   time.Time        `json:"created_at"`
}

// ChatReaction is what one side feels about a message.
type ChatReaction struct {
	Emoji string `json:"emoji"`
	Mine  bool   `json:"mine" doc:"The visitor's."`
}

// reactionsTo are those of both sides, the visitor's first.
func reactionsTo(m *inbox.Message) []ChatReaction {
	out := []ChatReaction{}
	if m.Reaction != "" {
		out = append(out, ChatReaction{Emoji: m.Reaction, Mine: true})
	}
	if ours := m.OwnReaction(); ours != "" {
		out = append(out, ChatReaction{Emoji: ours})
	}
	return out
}

// ChatAuthor is who wrote a message.
type ChatAuthor struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// ChatAttachment is a file of a message; its address is signed and expires.
type ChatAttachment struct {
	ID    rest.ID `json:"id"`
	Name  string  `json:"name"`
	Type  string  `json:"type"`
	Size  int64   `json:"size"`
	URL   string  `json:"url"`
	Image bool    `json:"image"`
}

// show is a message as the visitors of an account see it.
func (c *Chat) show(account channels.AccountID) func(inbox.Message) ChatMessage {
	return func(m inbox.Message) ChatMessage {
		out := ChatMessage{
			ID: rest.IDOf(m.ID), Direction: m.Direction, Text: m.Text, HTML: m.HTML,
			Attachments: rest.Map(m.Files, func(f inbox.File) ChatAttachment { return c.attachment(account, f) }),
			Buttons:     desk.ShowButtons(m.Buttons),
			Author:      ChatAuthor{Kind: m.Author.Kind, Name: m.Author.Name}, State: m.State, CreatedAt: rest.Time(m.CreatedAt),
			ReplyTo: rest.RefOf(m.ReplyTo), Reactions: reactionsTo(&m), Edited: !m.EditedAt.IsZero(),
		}
		if !m.DeletedAt.IsZero() {
			out.Deleted, out.Edited, out.Text, out.HTML = true, false, "", ""
			out.Attachments, out.Buttons, out.Reactions = []ChatAttachment{}, [][]desk.Button{}, []ChatReaction{}
		}
		if m.Direction == inbox.Inbound {
			key := m.EventKey
			out.ClientID = &key
		}
		return out
	}
}

func (c *Chat) attachment(account channels.AccountID, f inbox.File) ChatAttachment {
	id := rest.IDOf(f.ID)
	return ChatAttachment{
		ID: id, Name: f.Name, Type: f.Type, Size: f.Size, Image: rest.Image(f.Type),
		URL: "/chat/" + string(rest.IDOf(account)) + "/files/" + string(id) + "?t=" + c.Tokens.FileToken(account, int64(f.ID), c.Now()),
	}
}

// reads tells whether visitors read a message of their chat: their own, and answers
// that have come as far as sent. The store says the same in SQL.
func reads(m *inbox.Message) bool {
	if m.Kind != inbox.KindMessage || m.Seq == 0 {
		return false
	}
	switch m.State {
	case inbox.Sent, inbox.Delivered, inbox.Read:
		return true
	}
	return m.Direction == inbox.Inbound
}
