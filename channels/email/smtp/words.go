package smtp

import (
	"parley/channels"
	"parley/channels/email/connect"
)

// The codes of mails that did not go through, besides those of package connect, which say what is
// wrong with the server or the way in.
const (
	CodeNoRecipients   = "no_recipients"
	CodeAddress        = "address_invalid"
	CodeFrom           = "from_not_ours"
	CodeFile           = "file_unreadable"
	CodeSignature      = "signature_failed"
	CodeTooLarge       = "mail_too_large"
	CodeNoUTF8         = "smtputf8_missing"
	CodeNoWay          = "sign_in_unsupported"
	CodeOddWelcome     = "sign_in_unclear"
	CodeSignIn         = "sign_in_needed"
	CodeSender         = "sender_refused"
	CodeUnknown        = "recipient_unknown"
	CodeRecipient      = "recipient_refused"
	CodeManyRecipients = "too_many_recipients"
	CodeFull           = "mailbox_full"
	CodeRelay          = "relay_denied"
	CodeContent        = "mail_refused"
	CodeRate           = "rate_limited"
	CodeLater          = "try_later"
	CodeLost           = "connection_lost"
	CodeCancelled      = "cancelled"
	CodeUnconfirmed    = "not_confirmed"
	CodePartly         = "partly_refused"
)

// phrases are what the codes mean, for people. An error's text is the English phrase, and behind ": "
// the details: the address concerned and the server's own words.
var phrases = channels.Phrases{
	CodeNoRecipients:       {RU: "письмо никому не адресовано", EN: "the mail has no recipients"},
	CodeAddress:            {RU: "это не адрес электронной почты", EN: "this is not an e-mail address"},
	CodeFrom:               {RU: "с этого адреса ящик не отправляет", EN: "the mailbox does not send from this address"},
	CodeFile:               {RU: "вложение не удалось прочитать", EN: "an attachment could not be read"},
	CodeSignature:          {RU: "письмо не удалось подписать (DKIM)", EN: "the mail could not be signed (DKIM)"},
	CodeTooLarge:           {RU: "письмо слишком большое для сервера", EN: "the mail is too large for the server"},
	CodeNoUTF8:             {RU: "сервер не умеет отправлять на адреса с буквами не из латиницы перед @", EN: "the server cannot send to addresses with letters beyond ASCII before the @"},
	CodeNoWay:              {RU: "сервер не предлагает ни одного знакомого способа входа", EN: "the server offers no way to sign in that we know"},
	CodeOddWelcome:         {RU: "сервер ответил на вход кодом 250 вместо 235, так что неясно, впустил ли он нас: скажите об этом его администратору", EN: "the server answered the sign-in with 250 instead of 235, so it is not clear whether it let us in: tell its administrator"},
	CodeSignIn:             {RU: "сервер отправляет только после входа: укажите имя и пароль", EN: "the server sends only after a sign-in: enter a user name and password"},
	CodeSender:             {RU: "сервер не разрешает отправлять с этого адреса", EN: "the server does not let us send from this address"},
	CodeUnknown:            {RU: "сервер не знает такого адреса, письмо никому не отправлено", EN: "the server does not know this address, nothing was sent"},
	CodeRecipient:          {RU: "сервер не принимает этого получателя, письмо никому не отправлено", EN: "the server refuses this recipient, nothing was sent"},
	CodeManyRecipients:     {RU: "у письма слишком много получателей, оно никому не отправлено", EN: "the mail has too many recipients, nothing was sent"},
	CodeFull:               {RU: "почтовый ящик получателя переполнен", EN: "the recipient's mailbox is full"},
	CodeRelay:              {RU: "сервер не пересылает почту по этому адресу", EN: "the server does not pass mail on to this address"},
	CodeContent:            {RU: "сервер отказался принять письмо", EN: "the server refused the mail"},
	CodeRate:               {RU: "сервер просит отправлять реже", EN: "the server asks to send less often"},
	CodeLater:              {RU: "сервер просит попробовать позже", EN: "the server asks to try again later"},
	CodeLost:               {RU: "соединение с сервером прервалось, письмо не отправлено", EN: "the connection to the server broke, nothing was sent"},
	CodeCancelled:          {RU: "отправка прервана, письмо не отправлено", EN: "sending was broken off, nothing was sent"},
	CodeUnconfirmed:        {RU: "сервер получил письмо, но не подтвердил его: оно могло дойти", EN: "the server got the mail but did not confirm it: it may have been delivered"},
	CodePartly:             {RU: "отправлено, но не принято для {who}", EN: "sent, but not accepted for {who}"},
	connect.CodeTimeout:    {RU: "сервер перестал отвечать, письмо не отправлено", EN: "the server stopped answering, nothing was sent"},
	connect.CodeUnexpected: {RU: "ответ сервера непонятен, письмо не отправлено", EN: "the server's answer makes no sense, nothing was sent"},
}

// Words says what a code of this package means, in both languages. An error's text begins with the
// English phrase, so that whoever shows it in Russian can put the other in its place.
func Words(code string) (channels.Words, bool) { return phrases.Words(code) }

// Codes are all codes that Words knows.
func Codes() []string { return phrases.Codes() }

// Phrases are what the codes of this package mean.
func Phrases() []channels.Phrase { return phrases.List() }

// failure makes an error of a code; detail may be empty.
func failure(kind channels.ErrorKind, code, detail string) *channels.Error {
	return phrases.Failure(kind, code, detail)
}
