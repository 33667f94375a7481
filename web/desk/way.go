package desk

import (
	"parley/channels"
	"parley/inbox"
	"parley/web/rest"
)

// Explain puts the error of an account's message into both languages. nil leaves English.
type Explain func(account channels.AccountID, code, text string) channels.Words

// MessageError says why a message failed, or why nobody knows.
type MessageError struct {
	Code  string `json:"code"`
	Text  string `json:"text" doc:"In the caller's language; in events English."`
	Words Words  `json:"words" doc:"The same in both."`
}

// showWay fills in how far a message of ours came, and what it waits for.
func showWay(out *Message, m *inbox.Message, s sight) {
	out.NextAttemptAt, out.WaitsFor = rest.TimeOrNull(m.NextAttempt), rest.RefOf(m.WaitsFor)
	out.Error = s.failure(m.AccountID, m.ErrorCode, m.ErrorText)
}
