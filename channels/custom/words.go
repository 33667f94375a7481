package custom

import "parley/channels"

// Phrases implements channels.Speaker.
func (*Driver) Phrases() []channels.Phrase { return append(phrases(), problems.List()...) }

func phrases() []channels.Phrase {
	phrase := func(code, ru, en string) channels.Phrase {
		return channels.Phrase{Code: code, Words: channels.Words{RU: ru, EN: en}}
	}
	return []channels.Phrase{
		phrase("http_*", "принимающая система ответила {status}", "the receiving system answered {status}"),
		phrase("receives_only", "у канала нет адреса для ответов", "this channel has no address for answers"),
		phrase("file_not_read", "вложение не удалось прочитать", "an attachment could not be read"),
		phrase("file_status", "сервер файла ответил {status}", "the file's server answered {status}"),
		phrase("not_stored", "файл не удалось сохранить", "the file could not be stored"),
		phrase("not_written", "сообщение не удалось записать как JSON", "the message cannot be written as JSON"),
		phrase("bad_address", "outgoing_url не годится", "outgoing_url cannot be used"),
		phrase("unknown_file", "ссылка на файл непонятна", "the file's reference cannot be read"),
		phrase("unknown_file", "адрес файла не годится", "the file's address cannot be used"),
		phrase(channels.CodeUnreachable, "файл недоступен", "the file cannot be reached"),
		phrase(channels.CodeFileTooLarge, "файл больше 25 МБ", "the file is larger than 25 MB"),
	}
}
