package channels

// CodeUnknown is the code of an error that says nothing of itself.
const CodeUnknown = "unknown"

// Common are the phrases of the errors that this package makes.
func Common() []Phrase {
	return append(common.List(), Phrase{Code: CodeTextTooLong, Words: tooManySegments})
}

// tooManySegments is what CodeTextTooLong means of SMS.
var tooManySegments = Words{RU: "текст занимает слишком много SMS ({n}, разрешено {max}): сократите его", EN: "the text takes too many SMS ({n}, {max} are allowed): shorten it"}

var common = Phrases{
	CodeEmpty:        {RU: "в сообщении нет ни текста, ни файлов: напишите что-нибудь", EN: "the message has neither text nor files: write something"},
	CodeTextTooLong:  {RU: "текст слишком длинный ({n}, разрешено {max}): сократите его или разделите", EN: "the text is too long ({n}, {max} are allowed): shorten or divide it"},
	CodeTooManyFiles: {RU: "файлов в сообщении {n}, разрешено {max}: отправьте остальные отдельно", EN: "the message has {n} files, {max} are allowed: send the others by themselves"},
	CodeFileTooLarge: {RU: "файл слишком большой ({n} байт, разрешено {max}): отправьте ссылку на него", EN: "a file is too large ({n} bytes, {max} are allowed): send a link to it"},
	CodeFileType:     {RU: "файлы такого вида не принимаются: отправьте в другом виде или ссылкой", EN: "files of this type are not accepted: send another type, or a link"},
	CodeUnreachable:  {RU: "сеть недоступна, сообщение не отправлено: Parley попробует снова", EN: "the network cannot be reached, nothing was sent: Parley tries again"},
	CodeNoAnswer:     noAnswer,
	CodeUnknown:      noAnswer,
}

var noAnswer = Words{
	RU: "сеть не дала ясного ответа: сообщение могло дойти, спросите получателя, прежде чем отправлять снова",
	EN: "the network gave no clear answer: the message may have been delivered; ask the contact before you send it again",
}
