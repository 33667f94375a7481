package intake

import (
	"cmp"
	"slices"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router/rules"
)

// RuleID identifies a rule of intake.
type RuleID int64

// Rule changes what an account's arriving messages open. The first whose conditions hold
// counts; history and echoes are not asked about.
type Rule struct {
	ID         RuleID
	AccountID  channels.AccountID
	Name       string
	Enabled    bool
	Position   int64 // they are asked in its order, then in that of their ids
	Conditions rules.Condition
	Then       Then
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Version names the state that a change goes by; the place among others is no part of it.
func (r Rule) Version() int64 { return fault.Fingerprint(r.Name, r.Enabled, r.Conditions, r.Then) }

// Then is what a rule does. The zero value changes nothing.
type Then struct {
	Ignore      bool          // nothing is opened or kept but the log of events
	Reject      string        // nothing is opened, and the sender gets this text, once a day; a dialog under way goes on
	Team        inbox.TeamID  // of a conversation that begins
	Assignee    inbox.AgentID // of a conversation that begins
	Priority    inbox.Priority
	NoLead      bool
	NoRequest   bool
	RequestType string
}

// RuleSchema is what conditions of such rules may speak of.
func RuleSchema() *rules.Schema { return ruleSchema }

var ruleSchema = rules.NewSchema(
	rules.Field{Name: "message.text", Type: rules.Text, Label: fault.T("Текст сообщения", "Text of the message")},
	rules.Field{Name: "message.subject", Type: rules.Text, Label: fault.T("Тема письма", "Subject of the mail")},
	rules.Field{Name: "message.files", Type: rules.Number, Label: fault.T("Число файлов", "Number of files")},
	rules.Field{Name: "message.automatic", Type: rules.Bool, Label: fault.T("Сообщение написала программа", "A machine wrote the message")},
	rules.Field{Name: "sender.address", Type: rules.Text, Label: fault.T("Адрес отправителя", "Address of the sender")},
	rules.Field{Name: "sender.name", Type: rules.Text, Label: fault.T("Имя отправителя", "Name of the sender")},
	rules.Field{Name: "contact.known", Type: rules.Bool, Label: fault.T("Клиент уже был известен", "The contact was known before")},
	rules.Field{Name: "source.page", Type: rules.Text, Label: fault.T("Страница сайта", "Page of the site")},
)

// Rulebook holds enabled rules, compiled. It does not change.
type Rulebook struct {
	byAccount map[channels.AccountID][]compiledRule
}

type compiledRule struct {
	Rule
	rule *rules.Rule
}

// NewRulebook compiles rules; those that are disabled or no longer compile are left out.
func NewRulebook(list []Rule) *Rulebook {
	b := &Rulebook{byAccount: map[channels.AccountID][]compiledRule{}}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID)) })
	for _, r := range list {
		if made, err := ruleSchema.Compile(r.Conditions, "conditions"); err == nil && r.Enabled {
			b.byAccount[r.AccountID] = append(b.byAccount[r.AccountID], compiledRule{r, made})
		}
	}
	return b
}

// rule returns the first rule that an arrival fulfils; nil is none.
func (d *decision) rule(a *Arrival) *Rule {
	if d.policy.Rules == nil || a.Event.Historic || a.Event.Direction != channels.Inward {
		return nil
	}
	list := d.policy.Rules.byAccount[a.AccountID]
	if len(list) == 0 {
		return nil
	}
	f := d.facts(a)
	for i := range list {
		if list[i].rule.Match(f) {
			return &list[i].Rule
		}
	}
	return nil
}

func (d *decision) facts(a *Arrival) *rules.Facts {
	ev := &a.Event
	f := ruleSchema.NewFacts(d.state.Now, nil)
	f.Text("message.text", ev.Message.Text)
	f.Text("message.subject", ev.Subject)
	f.Number("message.files", float64(len(ev.Message.Files)+len(ev.Message.Media)))
	f.Bool("message.automatic", ev.Nature != channels.NaturePerson)
	f.Text("sender.address", ev.Sender.Address)
	f.Text("sender.name", ev.Sender.Name)
	_, known := d.state.Identities[IdentityRef{ev.Sender.Scope, ev.Sender.Address}]
	f.Bool("contact.known", known)
	f.Text("source.page", ev.Source.Page)
	return f
}

// shape gives a conversation that begins what the rule says, and tells its timeline so.
func (d *decision) shape(r *Rule, c *inbox.Conversation, why actor.Cause) {
	t := &r.Then
	if t.Team != 0 {
		c.TeamID = t.Team
	}
	c.AssigneeID = t.Assignee
	if t.Priority != "" {
		c.Priority = t.Priority
	}
	d.out.Enter(d.supply.ID(), c.ID, "intake_rule", why, d.state.Now, map[string]any{"rule_id": idText(r.ID), "name": r.Name})
}

// opens makes the lead and the request that a person's message asks for, as far as a rule
// does not say otherwise.
func (d *decision) opens(a *Arrival, r *Rule, c *inbox.Conversation, p *Person, known bool, why actor.Cause) {
	then := Then{}
	if r != nil {
		then = r.Then
	}
	if !known && c.LeadID == 0 && !then.NoLead {
		d.lead(a, c, p, why)
	}
	if then.NoRequest {
		return
	}
	d.request(c, p, why)
	if own := d.state.Requests[c.RequestID]; then.RequestType != "" && own != nil && own.ConversationID == int64(c.ID) && own.CreatedAt.Equal(d.state.Now) {
		own.Type = then.RequestType
	}
}
