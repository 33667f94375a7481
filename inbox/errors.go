package inbox

import "parley/internal/fault"

// What the inbox refuses, besides field errors.
var (
	ErrNoConversation  = fault.New(fault.NotFound, "conversation_not_found", fault.T("Такого диалога нет или он вам не виден.", "There is no such conversation, or you may not see it."))
	ErrNoMessage       = fault.New(fault.NotFound, "message_not_found", fault.T("Такого сообщения нет или оно вам не видно.", "There is no such message, or you may not see it."))
	ErrNoLabel         = fault.New(fault.NotFound, "label_not_found", fault.T("Такой метки нет.", "There is no such label."))
	ErrNewerMessages   = fault.New(fault.Conflict, "newer_messages", fault.T("Пока вы писали, пришли новые сообщения. Прочтите их и отправьте ещё раз.", "Newer messages arrived while you were writing. Read them and send again."))
	ErrHeld            = fault.New(fault.Conflict, "assigned_meanwhile", fault.T("Диалог только что получил другой сотрудник.", "Somebody else has just got this conversation."))
	ErrMeanwhile       = fault.New(fault.Conflict, "field_changed", fault.T("Этот диалог тем временем изменил кто-то другой.", "Somebody else has changed this conversation meanwhile."))
	ErrNotScheduled    = fault.New(fault.Conflict, "not_scheduled", fault.T("Сообщение ждёт не времени, а ответа клиента: отправить его сейчас нельзя.", "The message waits for the client's answer, not for a time: it cannot be sent now."))
	ErrReleased        = fault.New(fault.Conflict, "already_released", fault.T("Сообщение уже отправлено, отменить его нельзя.", "The message has been sent already and cannot be undone."))
	ErrNotResendable   = fault.New(fault.Conflict, "not_resendable", fault.T("Повторить можно только неудачное или неподтверждённое сообщение.", "Only a failed or uncertain message can be sent again."))
	ErrDraftStale      = fault.New(fault.Conflict, "draft_stale", fault.T("Черновик изменён в другом окне.", "The draft was changed in another window."))
	ErrAccountGone     = fault.New(fault.Conflict, "account_unavailable", fault.T("Канал этого диалога отключён. Подключите его снова, чтобы ответить.", "This conversation's channel is disconnected. Connect it again to answer."))
	ErrMerged          = fault.New(fault.Conflict, "conversation_merged", fault.T("Диалог объединён с другим. Отвечайте там.", "The conversation was merged into another one. Answer there."))
	ErrWindowClosed    = fault.New(fault.Conflict, "window_closed", fault.T("Окно для свободного ответа закрыто: нужен одобренный шаблон.", "The window for free answers is closed: an approved template is needed."))
	ErrThreadOpen      = fault.New(fault.Conflict, "thread_open", fault.T("У этого контакта уже есть открытый диалог на этом канале. Продолжайте там.", "This contact already has an open conversation on this channel. Go on there."))
	ErrCannotWriteHere = fault.New(fault.Conflict, "cannot_write_first", fault.T("В этом канале нельзя написать первым: дождитесь сообщения клиента.", "This channel does not allow writing first: wait for the client's message."))
	errNeedAgent       = fault.New(fault.Forbidden, "agent_only", fault.T("Это может делать только сотрудник, не ключ.", "Only a person can do this, not a key."))
)
