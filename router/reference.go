package router

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"parley/internal/fault"
	"parley/router/rules"
)

// References are ids of other rooms' nouns that a condition or an action names, by the
// path word of the noun: "agents", "teams", "labels", "accounts", "schedules".
type References map[string][]int64

// Known tells which of the references exist and may be used: an agent who is not
// disabled, a team or label that was not deleted, an account that is not archived.
type Known func(ctx context.Context, refs References) (References, error)

// named is a reference and the field that holds it.
type named struct {
	path, noun string
	id         int64
}

// references collects what a trigger or a macro names.
func references(c rules.Condition, actions []Action) (out []named) {
	conditionReferences(&c, "conditions", &out)
	for i := range actions {
		a, path := &actions[i], fmt.Sprintf("actions[%d]", i)
		for _, n := range []named{
			{path + ".agent_id", "agents", int64(a.Agent)}, {path + ".team_id", "teams", int64(a.Team)}, {path + ".label_id", "labels", int64(a.Label)},
		} {
			if n.id != 0 {
				out = append(out, n)
			}
		}
	}
	return out
}

func conditionReferences(c *rules.Condition, path string, out *[]named) {
	for i := range c.All {
		conditionReferences(&c.All[i], fmt.Sprintf("%s.all[%d]", path, i), out)
	}
	for i := range c.Any {
		conditionReferences(&c.Any[i], fmt.Sprintf("%s.any[%d]", path, i), out)
	}
	if c.Not != nil {
		conditionReferences(c.Not, path+".not", out)
	}
	f, _ := schema.Field(c.Field)
	noun := f.Of
	if c.Op == rules.WithinHours || c.Op == rules.NotWithinHours {
		noun = "schedules"
	}
	if noun == "" {
		return
	}
	for _, id := range idsIn(c.Value) {
		*out = append(*out, named{path + ".value", noun, id})
	}
}

// idsIn reads an id or a list of them; what is neither names nothing.
func idsIn(raw json.RawMessage) (ids []int64) {
	var one string
	var many []string
	if json.Unmarshal(raw, &one) == nil {
		many = []string{one}
	} else if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	for _, text := range many {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// gone are the words for a noun that is no more.
var gone = map[string]fault.Text{
	"agents":    fault.T("Такого сотрудника нет или он отключён.", "There is no such agent, or the agent is disabled."),
	"teams":     fault.T("Такой группы больше нет.", "There is no such team any more."),
	"labels":    fault.T("Такой метки больше нет.", "There is no such label any more."),
	"accounts":  fault.T("Такого канала нет или он в архиве.", "There is no such channel, or it is archived."),
	"schedules": fault.T("Такого расписания больше нет.", "There is no such schedule any more."),
}

// missing notes every reference that names nothing.
func missing(ctx context.Context, known Known, list []named, bad *fault.Collector) error {
	if len(list) == 0 {
		return nil
	}
	refs := References{}
	for _, n := range list {
		if !slices.Contains(refs[n.noun], n.id) {
			refs[n.noun] = append(refs[n.noun], n.id)
		}
	}
	have, err := known(ctx, refs)
	if err != nil {
		return fmt.Errorf("look references up: %w", err)
	}
	for _, n := range list {
		if !slices.Contains(have[n.noun], n.id) {
			bad.Add(n.path, "gone", gone[n.noun])
		}
	}
	return nil
}
