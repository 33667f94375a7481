package channels

// CodeUnknown is the code of an error that says nothing of itself.
const CodeUnknown = "unknown"

// Common are the phrases of the errors that this package makes.
func Common() []Phrase { return common.List() }

var common = Phrases{
	CodeEmpty:        {RU: "в сообщении нет ни текста, ни файлов", EN: "the message has neither text nor files"},
	CodeTextTooLong:  {RU: "текст слишком длинный: {n} ({unit}), разрешено {max}", EN: "the text has {n} {unit}, {max} are allowed"},
	CodeTooManyFiles: {RU: "файлов в сообщении: {n}, разрешено {max}", EN: "the message has {n} files, {max} are allowed"},
	CodeFileTooLarge: {RU: "файл слишком большой: {n} байт, разрешено {max}", EN: "a file has {n} bytes, {max} are allowed"},
	CodeFileType:     {RU: "файлы такого вида не принимаются", EN: "files of this type are not accepted"},
	CodeUnreachable:  {RU: "сеть недоступна, сообщение не отправлено", EN: "the network cannot be reached"},
	CodeNoAnswer:     {RU: "сеть не дала ясного ответа: сообщение могло дойти", EN: "the network gave no clear answer"},
	CodeUnknown:      {RU: "сеть не дала ясного ответа: сообщение могло дойти", EN: "the network gave no clear answer"},
}
