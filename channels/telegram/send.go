package telegram

import (
	"context"
	"io"
	"sync/atomic"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// Send implements channels.Adapter. A message of several calls is one attempt at each; once one was
// accepted, the failure of another leaves the message uncertain.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	to, err := parsePlace(m.Chat)
	if err != nil {
		return channels.Sent{}, failure(channels.Permanent, CodeNoChat)
	}
	steps, refused := render(m)
	if refused != nil {
		return channels.Sent{}, refused
	}
	files, refused := a.open(ctx, m.Files)
	if refused != nil {
		return channels.Sent{}, refused
	}
	defer files.close()
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	var all []*models.Message
	for i, s := range steps {
		sent, err := a.attempt(ctx, a.now(to), s, files)
		if err != nil {
			return channels.Sent{}, afterPart(i, err)
		}
		all = append(all, sent...)
	}
	out := channels.Sent{RemoteID: to.remote(all[0].ID), At: at(all[0].Date)}
	for _, m := range all[1:] {
		if m != nil && m.ID != 0 {
			out.Parts = append(out.Parts, to.remote(m.ID))
		}
	}
	return out, nil
}

// afterPart is what an error means behind calls that were accepted.
func afterPart(accepted int, err *channels.Error) *channels.Error {
	if accepted == 0 {
		return err
	}
	e := failure(channels.Uncertain, CodePartly)
	e.Err, e.RetryAfter, e.Scope = err, err.RetryAfter, err.Scope
	return e
}

// attempt makes one call and returns the messages that came of it, of an album one for each file.
func (a *Account) attempt(ctx context.Context, to place, s step, files *opened) ([]*models.Message, *channels.Error) {
	var sent []*models.Message
	x := &exchange{}
	err := func(ctx context.Context) (err error) {
		if len(s.files) > 1 {
			sent, err = a.bot.SendMediaGroup(ctx, albumOf(to, s, files))
			return err
		}
		one, err := a.single(ctx, to, s, files)
		sent = []*models.Message{one}
		return err
	}(context.WithValue(ctx, exchangeKey{}, x))
	switch {
	case err == nil && len(sent) > 0 && sent[0] != nil && sent[0].ID != 0:
		return sent, nil
	case err != nil && x.status == 0 && files.failed.Load(): // the request broke off for want of our own bytes
		e := failure(channels.Transient, CodeFile)
		e.Err = x.err
		return nil, e
	}
	e := verdict(x)
	if e.Code == CodeMoved {
		a.learn(to, x)
	}
	return nil, ofChat(e, to)
}

// single sends a text or one file.
func (a *Account) single(ctx context.Context, to place, s step, files *opened) (*models.Message, error) {
	reply, markup, caption, entities := replyOf(s), markupOf(s), s.words.text, s.words.entities
	if s.form == formText {
		return a.bot.SendMessage(ctx, &bot.SendMessageParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Text: caption, Entities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	}
	upload := files.upload(s.files[0].file)
	switch s.form {
	case formPhoto:
		return a.bot.SendPhoto(ctx, &bot.SendPhotoParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Photo: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	case formVideo:
		return a.bot.SendVideo(ctx, &bot.SendVideoParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Video: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	case formAnimation:
		return a.bot.SendAnimation(ctx, &bot.SendAnimationParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Animation: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	case formAudio:
		return a.bot.SendAudio(ctx, &bot.SendAudioParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Audio: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	case formVoice:
		return a.bot.SendVoice(ctx, &bot.SendVoiceParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Voice: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	default:
		return a.bot.SendDocument(ctx, &bot.SendDocumentParams{
			BusinessConnectionID: to.connection, ChatID: to.chat, MessageThreadID: to.topic, DirectMessagesTopicID: to.direct,
			Document: upload, Caption: caption, CaptionEntities: entities, ReplyParameters: reply, ReplyMarkup: markup,
		})
	}
}

func replyOf(s step) *models.ReplyParameters {
	if s.reply == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: s.reply, AllowSendingWithoutReply: true}
}

func markupOf(s step) models.ReplyMarkup {
	if len(s.buttons) == 0 {
		return nil
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: s.buttons}
}

// opened are the files of a message while it is sent.
type opened struct {
	readers []io.ReadCloser
	byHash  map[string][]io.Reader // in order: a file may be there twice
	failed  atomic.Bool            // reading one of them failed
}

// open opens every file before the first call, so that a missing one stops the message whole.
func (a *Account) open(ctx context.Context, files []channels.File) (*opened, *channels.Error) {
	o := &opened{byHash: map[string][]io.Reader{}}
	for _, f := range files {
		r, err := a.env.Files.Open(ctx, f)
		if err != nil {
			o.close()
			e := failure(channels.Transient, CodeFile)
			e.Err = err
			return nil, e
		}
		o.readers = append(o.readers, r)
		o.byHash[f.Hash] = append(o.byHash[f.Hash], &watched{r, &o.failed})
	}
	return o, nil
}

func (o *opened) close() {
	for _, r := range o.readers {
		r.Close()
	}
}

func (o *opened) take(f channels.File) io.Reader {
	rest := o.byHash[f.Hash]
	o.byHash[f.Hash] = rest[1:]
	return rest[0]
}

func (o *opened) upload(f channels.File) models.InputFile {
	return &models.InputFileUpload{Filename: or(f.Name, "file"), Data: o.take(f)}
}

// watched notes that reading failed.
type watched struct {
	io.Reader
	failed *atomic.Bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
		w.failed.Store(true)
	}
	return n, err
}
