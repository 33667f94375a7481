package inbox

import (
	"context"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// Standing is whether an account is at work. The zero value is: it is.
type Standing string

// What keeps an account from work.
const (
	AccountPaused   Standing = "paused"   // for now: what is written to it waits
	AccountArchived Standing = "archived" // kept for its conversations alone: nothing is written to it
)

// StandingOf tells whether an account is at work; one that is unknown is taken to be.
type StandingOf func(channels.AccountID) Standing

// WithStanding lets the inbox know which accounts are at work. Without it all are.
func WithStanding(of StandingOf) Option { return func(s *Service) { s.standing = of } }

// CodeArchived is the code of an answer for an account that nothing is written to any more.
const CodeArchived = "account_archived"

// ErrArchived refuses to write by an archived account.
var ErrArchived = fault.New(fault.Conflict, CodeArchived, fault.T(
	"Канал этого диалога в архиве, через него ничего не отправляется. Верните канал из архива в настройках или напишите клиенту с другого канала.",
	"This conversation's channel is archived and sends nothing. Bring the channel back from the archive in the settings, or write to the client from another one."))

// standingWords say what an account's standing means for answers.
var standingWords = map[Standing]channels.Words{
	AccountPaused: {
		RU: "Канал приостановлен: ответ подождёт в очереди и уйдёт, когда канал снова включат.",
		EN: "The channel is paused: an answer waits in the queue and goes out once the channel is resumed.",
	},
	AccountArchived: {RU: ErrArchived.Text.RU, EN: ErrArchived.Text.EN},
}

// archivedWords say why a message that waited was not sent.
var archivedWords = channels.Words{
	RU: "канал в архиве, сообщение не отправлено. Верните канал из архива и повторите или напишите с другого канала",
	EN: "the channel is archived, nothing was sent. Bring the channel back and try again, or write from another one",
}

// Words say what it means for answers; zero for an account at work.
func (s Standing) Words() channels.Words { return standingWords[s] }

// Standing tells whether the account of a conversation is at work.
func (s *Service) Standing(ctx context.Context, v actor.Viewer, c ConversationID) (Standing, error) {
	row, err := s.Get(ctx, v, c)
	if err != nil {
		return "", err
	}
	return s.standing(row.AccountID), nil
}

// checkStanding refuses to write by an archived account. What is written by a paused one waits.
func (s *Service) checkStanding(id channels.AccountID) error {
	if s.standing(id) == AccountArchived {
		return ErrArchived
	}
	return nil
}
