package rules

import (
	"parley/inbox"
	"parley/router"
	"parley/web/rest"
)

// Action is one thing that a trigger or a macro does. Which parameters count is up to
// the type.
type Action struct {
	Type        string  `json:"type" doc:"reply, send_template, note, assign, set_priority, add_label, remove_label, set_status, create_lead, create_request, webhook, notify, wait"`
	Text        string  `json:"text,omitempty" doc:"reply, note, notify: may hold variables."`
	AgentID     rest.ID `json:"agent_id,omitempty" doc:"assign (without agent and team: to nobody), notify (without them: whoever is responsible)."`
	TeamID      rest.ID `json:"team_id,omitempty"`
	LabelID     rest.ID `json:"label_id,omitempty"`
	Priority    string  `json:"priority,omitempty"`
	Status      string  `json:"status,omitempty"`
	Minutes     int     `json:"minutes,omitempty" doc:"wait; set_status snoozed."`
	Unless      string  `json:"unless,omitempty" doc:"wait: what ends it for good: answered, written, closed."`
	RequestType string  `json:"request_type,omitempty"`
	URL         string  `json:"url,omitempty"`

	Template string   `json:"template,omitempty" doc:"send_template: its name."`
	Language string   `json:"language,omitempty" doc:"send_template: as the network writes it."`
	Values   []string `json:"values,omitempty" maxItems:"100" doc:"send_template: may hold variables; in the order of the template's params."`
}

func (a Action) read() router.Action {
	return router.Action{
		Type: router.ActionType(a.Type), Text: a.Text, Agent: rest.Num[inbox.AgentID](a.AgentID), Team: rest.Num[inbox.TeamID](a.TeamID),
		Label: rest.Num[inbox.LabelID](a.LabelID), Priority: inbox.Priority(a.Priority), Status: inbox.Status(a.Status), Minutes: a.Minutes,
		Unless: router.WaitUnless(a.Unless), Request: a.RequestType, URL: a.URL,
		Template: a.Template, Language: a.Language, Values: a.Values,
	}
}

func readActions(list []Action) []router.Action {
	out := make([]router.Action, len(list))
	for i, a := range list {
		out[i] = a.read()
	}
	return out
}

func showAction(a router.Action) Action {
	return Action{
		Type: string(a.Type), Text: a.Text, AgentID: idOrNone(a.Agent), TeamID: idOrNone(a.Team), LabelID: idOrNone(a.Label),
		Priority: string(a.Priority), Status: string(a.Status), Minutes: a.Minutes, Unless: string(a.Unless), RequestType: a.Request, URL: a.URL,
		Template: a.Template, Language: a.Language, Values: a.Values,
	}
}

// idOrNone leaves the id of nothing out.
func idOrNone[T ~int64](id T) rest.ID {
	if id == 0 {
		return ""
	}
	return rest.IDOf(id)
}
