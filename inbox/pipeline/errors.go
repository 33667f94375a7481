package pipeline

import "parley/internal/fault"

// What this room refuses, besides field errors.
var (
	ErrNoLead     = fault.New(fault.NotFound, "lead_not_found", fault.T("Такого лида нет или он вам не виден.", "There is no such lead, or you may not see it."))
	ErrNoRequest  = fault.New(fault.NotFound, "request_not_found", fault.T("Такого обращения нет или оно вам не видно.", "There is no such request, or you may not see it."))
	ErrLeadOpen   = fault.New(fault.Conflict, "lead_open", fault.T("У этого контакта уже есть открытый лид.", "This contact already has an open lead."))
	ErrLeadClosed = fault.New(fault.Conflict, "lead_closed", fault.T("Лид уже закрыт. Откройте его снова, чтобы изменить.", "The lead is closed. Reopen it to change it."))
)

var (
	errNoAgent   = fault.InvalidField("owner_id", "unknown", fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."))
	errNoTeam    = fault.InvalidField("team_id", "unknown", fault.T("Такой группы нет.", "There is no such team."))
	errNoContact = fault.InvalidField("contact_id", "unknown", fault.T("Такого контакта нет или он вам не виден.", "There is no such contact, or you may not see it."))
	errNoPlace   = fault.InvalidField("conversation_id", "unknown", fault.T("Такого диалога нет, он вам не виден или он с другим контактом.", "There is no such conversation, you may not see it, or it is with another contact."))
	errNoStage   = fault.InvalidField("stage_id", "unknown", fault.T("В воронке этого лида нет такого этапа.", "The lead's pipeline has no such stage."))
	errNoReason  = fault.InvalidField("lost_reason", "required", fault.T("Укажите, почему лид потерян.", "Say why the lead is lost."))
)
