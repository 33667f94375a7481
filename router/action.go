package router

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"parley/inbox"
	"parley/internal/fault"
)

// ActionType says what an action does.
type ActionType string

// What triggers and macros can do.
const (
	Reply         ActionType = "reply"
	Note          ActionType = "note"
	Assign        ActionType = "assign"
	SendTemplate  ActionType = "send_template" // one that the network has approved
	SetPriority   ActionType = "set_priority"
	AddLabel      ActionType = "add_label"
	RemoveLabel   ActionType = "remove_label"
	SetStatus     ActionType = "set_status"
	CreateLead    ActionType = "create_lead"
	CreateRequest ActionType = "create_request"
	Webhook       ActionType = "webhook" // not in macros
	Notify        ActionType = "notify"
	Wait          ActionType = "wait" // not in macros
)

// ActionTypes are all of them, in the order in which they are offered.
func ActionTypes() []ActionType {
	return []ActionType{Reply, SendTemplate, Note, Assign, SetPriority, AddLabel, RemoveLabel, SetStatus, CreateLead, CreateRequest, Webhook, Notify, Wait}
}

// Action is one thing to do. Which parameters count is up to the type; others are zero.
type Action struct {
	Type     ActionType     `json:"type"`
	Text     string         `json:"text,omitempty"`     // reply, note, notify: a wording
	Agent    inbox.AgentID  `json:"agent,omitempty"`    // assign; notify
	Team     inbox.TeamID   `json:"team,omitempty"`     // assign; notify: everybody in it
	Label    inbox.LabelID  `json:"label,omitempty"`    // add_label, remove_label
	Priority inbox.Priority `json:"priority,omitempty"` // set_priority
	Status   inbox.Status   `json:"status,omitempty"`   // set_status
	Minutes  int            `json:"minutes,omitempty"`  // wait; set_status snoozed
	Unless   WaitUnless     `json:"unless,omitempty"`   // wait
	Request  string         `json:"request,omitempty"`  // create_request: its type
	URL      string         `json:"url,omitempty"`      // webhook
	Template string         `json:"template,omitempty"` // send_template: its name
	Language string         `json:"language,omitempty"` // send_template
	Values   []string       `json:"values,omitempty"`   // send_template: wordings, in the order of its params
}

// WaitUnless says what ends a wait for good, so that nothing after it is done.
type WaitUnless string

// What may end a wait. The zero value is nothing.
const (
	UnlessAnswered WaitUnless = "answered" // a person of ours answered
	UnlessWritten  WaitUnless = "written"  // the contact wrote
	UnlessClosed   WaitUnless = "closed"
)

// Bounds of what is written down.
const (
	maxActions = 20
	maxMinutes = 366 * 24 * 60
	maxURL     = 2000
)

// checkActions refuses what cannot be done. References to other rooms' nouns are looked
// up elsewhere, see references.
func checkActions(bad *fault.Collector, list []Action, macro bool) {
	if len(list) == 0 {
		bad.Add("actions", "required", fault.T("Добавьте хотя бы одно действие.", "Add at least one action."))
	}
	if len(list) > maxActions {
		bad.Add("actions", "too_many", fault.T("Действий не больше 20.", "At most 20 actions."))
		return
	}
	for i := range list {
		a, path := &list[i], fmt.Sprintf("actions[%d]", i)
		if !slices.Contains(ActionTypes(), a.Type) {
			bad.Add(path+".type", "unknown", fault.T("Такого действия нет: «"+string(a.Type)+"».", "There is no action “"+string(a.Type)+"”."))
			continue
		}
		if macro && (a.Type == Wait || a.Type == Webhook) {
			bad.Add(path+".type", "unsupported", fault.T("Макрос выполняется сразу: ожидание и вебхук бывают только в триггерах.", "A macro is done at once: waits and webhooks are for triggers alone."))
			continue
		}
		a.check(bad, path, macro)
	}
}

func (a *Action) check(bad *fault.Collector, path string, macro bool) {
	switch a.Type {
	case Reply, Note:
		checkWording(bad, path+".text", a.Text)
	case SendTemplate:
		a.checkTemplate(bad, path)
	case SetPriority:
		if !slices.Contains([]inbox.Priority{inbox.Low, inbox.Normal, inbox.High, inbox.Urgent}, a.Priority) {
			bad.Add(path+".priority", "choice", fault.T("Возможны: low, normal, high, urgent.", "One of: low, normal, high, urgent."))
		}
	case AddLabel, RemoveLabel:
		if a.Label == 0 {
			bad.Add(path+".label_id", "required", fault.T("Укажите метку.", "Say which label."))
		}
	case SetStatus:
		if !slices.Contains([]inbox.Status{inbox.Open, inbox.Pending, inbox.Snoozed, inbox.Closed}, a.Status) {
			bad.Add(path+".status", "choice", fault.T("Возможны: open, pending, snoozed, closed.", "One of: open, pending, snoozed, closed."))
		}
		if a.Status == inbox.Snoozed {
			checkMinutes(bad, path, a.Minutes)
		}
	case Wait:
		checkMinutes(bad, path, a.Minutes)
		if !slices.Contains([]WaitUnless{"", UnlessAnswered, UnlessWritten, UnlessClosed}, a.Unless) {
			bad.Add(path+".unless", "choice", fault.T("Возможны: answered, written, closed.", "One of: answered, written, closed."))
		}
	case Webhook:
		checkURL(bad, path+".url", a.URL)
	case Notify:
		checkWording(bad, path+".text", a.Text)
	}
}

func checkMinutes(bad *fault.Collector, path string, n int) {
	if n < 1 || n > maxMinutes {
		bad.Add(path+".minutes", "range", fault.T("От одной минуты до года.", "Between one minute and a year."))
	}
}

func checkURL(bad *fault.Collector, path, text string) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(text) > maxURL {
		bad.Add(path, "malformed", fault.T("Нужен адрес вида https://example.com/hook.", "An address like https://example.com/hook is needed."))
		return
	}
	if u.User != nil {
		bad.Add(path, "secret", fault.T("Уберите пароль из адреса: запросы подписаны, проверяйте подпись.", "Take the password out of the address: requests are signed, check the signature."))
	}
}
