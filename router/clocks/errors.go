package clocks

import "parley/internal/fault"

// What this room refuses, besides field errors.
var (
	ErrNoPolicy       = fault.New(fault.NotFound, "sla_policy_not_found", fault.T("Такого правила сроков нет.", "There is no such policy."))
	ErrNoConversation = fault.New(fault.NotFound, "conversation_not_found", fault.T("Такого диалога нет или он вам не виден.", "There is no such conversation, or you may not see it."))
	ErrNoClock        = fault.New(fault.NotFound, "clock_not_found", fault.T("Такого срока у диалога нет.", "The conversation has no such clock."))
)
