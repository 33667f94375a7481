package router

import (
	"parley/internal/fault"
	"parley/router/rules"
)

// Schema is what conditions of triggers may speak of. Facts of it are made by a
// Snapshot; the two lists are held together by a test.
func Schema() *rules.Schema { return schema }

var schema = rules.NewSchema(
	rules.Field{Name: "message.text", Type: rules.Text, Label: fault.T("Текст сообщения", "Text of the message")},
	rules.Field{Name: "message.subject", Type: rules.Text, Label: fault.T("Тема письма", "Subject of the mail")},
	rules.Field{Name: "message.files", Type: rules.Number, Label: fault.T("Число файлов", "Number of files")},
	rules.Field{Name: "message.automatic", Type: rules.Bool, Label: fault.T("Сообщение написала программа", "A machine wrote the message")},
	rules.Field{Name: "conversation.account", Type: rules.Ref, Of: "accounts", Label: fault.T("Канал", "Channel")},
	rules.Field{Name: "conversation.kind", Type: rules.Text, Label: fault.T("Вид канала", "Kind of channel")},
	rules.Field{Name: "conversation.status", Type: rules.Choice, Options: []string{"open", "pending", "snoozed", "closed"}, Label: fault.T("Статус диалога", "Status of the conversation")},
	rules.Field{Name: "conversation.priority", Type: rules.Choice, Options: []string{"low", "normal", "high", "urgent"}, Label: fault.T("Приоритет диалога", "Priority of the conversation")},
	rules.Field{Name: "conversation.assignee", Type: rules.Ref, Of: "agents", Label: fault.T("Ответственный", "Assignee")},
	rules.Field{Name: "conversation.team", Type: rules.Ref, Of: "teams", Label: fault.T("Группа", "Team")},
	rules.Field{Name: "conversation.labels", Type: rules.Refs, Of: "labels", Label: fault.T("Метки", "Labels")},
	rules.Field{Name: "conversation.subject", Type: rules.Text, Label: fault.T("Тема диалога", "Subject of the conversation")},
	rules.Field{Name: "conversation.unanswered", Type: rules.Bool, Label: fault.T("Ждёт ответа", "Waits for an answer")},
	rules.Field{Name: "conversation.messages", Type: rules.Number, Label: fault.T("Сообщений в диалоге", "Messages in the conversation")},
	rules.Field{Name: "conversation.created_at", Type: rules.Time, Label: fault.T("Диалог начат", "Conversation began")},
	rules.Field{Name: "conversation.waiting_since", Type: rules.Time, Label: fault.T("Ждёт ответа с", "Waits for an answer since")},
	rules.Field{Name: "conversation.last_inbound_at", Type: rules.Time, Label: fault.T("Клиент писал", "The contact last wrote")},
	rules.Field{Name: "conversation.last_outbound_at", Type: rules.Time, Label: fault.T("Мы писали", "We last wrote")},
	rules.Field{Name: "contact.name", Type: rules.Text, Label: fault.T("Имя клиента", "Name of the contact")},
	rules.Field{Name: "contact.known", Type: rules.Bool, Label: fault.T("Клиент уже был известен", "The contact was known before")},
	rules.Field{Name: "contact.addresses", Type: rules.List, Label: fault.T("Адреса клиента", "Addresses of the contact")},
	rules.Field{Name: "contact.language", Type: rules.Text, Label: fault.T("Язык клиента", "Language of the contact")},
	rules.Field{Name: "contact.owner", Type: rules.Ref, Of: "agents", Label: fault.T("Кто ведёт клиента", "Owner of the contact")},
	rules.Field{Name: "lead.status", Type: rules.Choice, Options: []string{"open", "converted", "lost"}, Label: fault.T("Статус лида", "Status of the lead")},
	rules.Field{Name: "lead.source", Type: rules.Text, Label: fault.T("Источник лида", "Source of the lead")},
	rules.Field{Name: "lead.owner", Type: rules.Ref, Of: "agents", Label: fault.T("Ответственный за лид", "Owner of the lead")},
	rules.Field{Name: "request.status", Type: rules.Choice, Options: []string{"open", "pending", "resolved", "closed"}, Label: fault.T("Статус обращения", "Status of the request")},
	rules.Field{Name: "request.type", Type: rules.Text, Label: fault.T("Тип обращения", "Type of the request")},
	rules.Field{Name: "request.priority", Type: rules.Choice, Options: []string{"low", "normal", "high", "urgent"}, Label: fault.T("Приоритет обращения", "Priority of the request")},
	rules.Field{Name: "request.owner", Type: rules.Ref, Of: "agents", Label: fault.T("Ответственный за обращение", "Owner of the request")},
	rules.Field{Name: "request.due_at", Type: rules.Time, Label: fault.T("Срок обращения", "Deadline of the request")},
	rules.Field{Name: "time.now", Type: rules.Time, Label: fault.T("Сейчас", "Now")},
)
