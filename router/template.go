package router

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
)

const maxTemplateValues = 100

func (a *Action) checkTemplate(bad *fault.Collector, path string) {
	if a.Template == "" || a.Language == "" {
		bad.Add(path+".template", "required", fault.T("Выберите шаблон.", "Choose a template."))
	}
	if len(a.Values) > maxTemplateValues {
		bad.Add(path+".values", "too_many", fault.T("Значений не больше 100.", "At most 100 values."))
		return
	}
	for i, text := range a.Values {
		checkWording(bad, fmt.Sprintf("%s.values[%d]", path, i), text)
	}
}

// checkTemplates notes templates that no network has approved, and values that are too
// few or too many for theirs.
func (e *Engine) checkTemplates(ctx context.Context, actions []Action, bad *fault.Collector) error {
	for i := range actions {
		a, path := &actions[i], fmt.Sprintf("actions[%d]", i)
		if a.Type != SendTemplate || a.Template == "" {
			continue
		}
		n, found, err := e.template(ctx, a.Template, a.Language)
		if err != nil {
			return fmt.Errorf("find template: %w", err)
		}
		switch {
		case !found:
			bad.Add(path+".template", "gone", fault.T("Такого одобренного шаблона нет.", "There is no such approved template."))
		case n != len(a.Values):
			bad.Add(path+".values", "range", fault.T(fmt.Sprintf("Шаблону нужно значений: %d.", n), fmt.Sprintf("The template takes %d values.", n)))
		}
	}
	return nil
}

// use fills the values of a template in.
func (s *Snapshot) use(a *Action) *channels.TemplateUse {
	u := &channels.TemplateUse{Name: a.Template, Language: a.Language, Values: make([]string, len(a.Values))}
	for i, text := range a.Values {
		u.Values[i] = s.word(text)
	}
	return u
}

// send sends an approved template, which goes also where the window for free answers is
// shut. An account that has no such template refuses it, and the run's log says so.
func (p *performer) send(ctx context.Context, a *Action) (string, error) {
	m, err := p.desk.Write(ctx, p.v, p.of.Conversation.ID, inbox.Answer{Kind: inbox.KindMessage, Template: p.of.use(a), DraftVersion: madeOfNone()})
	return m.Text, err
}
