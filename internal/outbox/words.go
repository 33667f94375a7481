package outbox

import "parley/channels"

// The codes of attempts that came to no word of the network.
const (
	CodeTimeout = "timeout"       // it did not return in time
	CodeExpired = "no_verdict"    // the node that made it never reported back
	CodePanic   = "adapter_panic" // the adapter's program failed
	CodeUntried = "not_tried"     // it was taken for uncertain, and had not begun
	CodeUnable  = "unable"        // the network has no such deed
)

var phrases = channels.Phrases{
	CodeTimeout: {RU: "сеть вовремя не ответила: сообщение могло дойти, спросите получателя, прежде чем отправлять снова", EN: "the network did not answer in time: the message may have been delivered; ask the contact before you send it again"},
	CodeExpired: {RU: "программа остановилась во время отправки: сообщение могло дойти, спросите получателя, прежде чем отправлять снова", EN: "the program was interrupted while sending: the message may have been delivered; ask the contact before you send it again"},
	CodeUntried: {RU: "программа остановилась до отправки, сообщение не ушло: отправьте его снова", EN: "the program was interrupted before sending, nothing went out: send it again"},
	CodeUnable:  {RU: "эта сеть так не умеет: напишите новым сообщением", EN: "this network cannot do that: write a new message instead"},
	CodePanic:   {RU: "сбой программы во время отправки: сообщение могло дойти, спросите получателя и сообщите администратору", EN: "the program failed while sending: the message may have been delivered; ask the contact, and tell an administrator"},
}

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase { return phrases.List() }

// Interrupted is the verdict on an attempt whose claim has run out.
func Interrupted() Verdict {
	return Verdict{Outcome: Uncertain, Code: CodeExpired, Text: phrases[CodeExpired].EN}
}

// Untried is what becomes of an attempt that was taken for uncertain, because its node had
// lost the account, and turns out not to have been made.
func Untried() Verdict {
	return Verdict{Outcome: Failed, Code: CodeUntried, Text: phrases[CodeUntried].EN}
}
