package telegram

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// Typing implements channels.Typer. The network shows it for five seconds, and no name.
func (a *Account) Typing(ctx context.Context, chat, _ string) error {
	p, err := parsePlace(chat)
	if err != nil {
		return failure(channels.Permanent, CodeNoChat)
	}
	p = a.now(p)
	return a.amend(ctx, p, func(ctx context.Context) error {
		_, err := a.bot.SendChatAction(ctx, &bot.SendChatActionParams{
			BusinessConnectionID: p.connection, ChatID: p.chat, MessageThreadID: p.topic, Action: models.ChatActionTyping,
		})
		return err
	})
}

// Edit implements channels.Editor. Of a message with files the words below them change.
func (a *Account) Edit(ctx context.Context, remoteID string, m channels.Outgoing) error {
	p, id, err := parseRemote(remoteID)
	if err != nil {
		return failure(channels.Permanent, CodeTooLate)
	}
	if err := a.Limits().Check(m); err != nil {
		return err
	}
	steps, refused := render(m)
	if refused != nil {
		return refused
	}
	s := steps[0]
	return a.amend(ctx, p, func(ctx context.Context) error {
		if s.form == formText {
			_, err := a.bot.EditMessageText(ctx, &bot.EditMessageTextParams{
				BusinessConnectionID: p.connection, ChatID: p.chat, MessageID: id,
				Text: s.words.text, Entities: s.words.entities, ReplyMarkup: markupOf(s),
			})
			return err
		}
		_, err := a.bot.EditMessageCaption(ctx, &bot.EditMessageCaptionParams{
			BusinessConnectionID: p.connection, ChatID: p.chat, MessageID: id,
			Caption: s.words.text, CaptionEntities: s.words.entities, ReplyMarkup: markupOf(s),
		})
		return err
	})
}

// Delete implements channels.Deleter.
func (a *Account) Delete(ctx context.Context, _, remoteID string) error {
	p, id, err := parseRemote(remoteID)
	if err != nil {
		return failure(channels.Permanent, CodeTooLate)
	}
	return a.amend(ctx, p, func(ctx context.Context) (err error) {
		if p.connection != "" {
			_, err = a.bot.DeleteBusinessMessages(ctx, &bot.DeleteBusinessMessagesParams{BusinessConnectionID: p.connection, MessageIDs: []int{id}})
			return err
		}
		_, err = a.bot.DeleteMessage(ctx, &bot.DeleteMessageParams{ChatID: p.chat, MessageID: id})
		return err
	})
}

// React implements channels.Reactor. A bot has one reaction per message, and none by a business connection.
func (a *Account) React(ctx context.Context, _, remoteID, emoji string) error {
	p, id, err := parseRemote(remoteID)
	if err != nil || p.connection != "" {
		return failure(channels.Permanent, CodeUnsupported)
	}
	params := &bot.SetMessageReactionParams{ChatID: p.chat, MessageID: id}
	if emoji = strings.ReplaceAll(emoji, "\ufe0f", ""); emoji != "" { // the network lists them without
		params.Reaction = []models.ReactionType{{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: emoji}}}
	}
	return a.amend(ctx, p, func(ctx context.Context) error {
		_, err := a.bot.SetMessageReaction(ctx, params)
		return err
	})
}

// MarkRead implements channels.ReadMarker. Only business connections have such a thing.
func (a *Account) MarkRead(ctx context.Context, _, remoteID string) error {
	p, id, err := parseRemote(remoteID)
	if err != nil {
		return failure(channels.Permanent, CodeUnsupported)
	}
	if p.connection == "" {
		return nil
	}
	return a.amend(ctx, p, func(ctx context.Context) error {
		_, err := a.bot.ReadBusinessMessage(ctx, &bot.ReadBusinessMessageParams{BusinessConnectionID: p.connection, ChatID: p.chat, MessageID: id})
		return err
	})
}

// made are what the network says to an edit or a deletion that was made already.
var made = [][]byte{[]byte("message is not modified"), []byte("message to delete not found")}

// amend makes a call that may be made twice without harm.
func (a *Account) amend(ctx context.Context, p place, do func(context.Context) error) error {
	var x *exchange
	err := a.call(ctx, func(ctx context.Context) error {
		x, _ = ctx.Value(exchangeKey{}).(*exchange)
		return do(ctx)
	})
	if err == nil || slices.ContainsFunc(made, func(words []byte) bool { return bytes.Contains(x.body, words) }) {
		return nil
	}
	return ofChat(err, p)
}
