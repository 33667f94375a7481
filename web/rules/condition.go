package rules

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/router"
	"parley/router/rules"
	"parley/web/rest"
)

// Condition is a condition as callers write it: {"all": […]}, {"any": […]},
// {"not": {…}} or {"field", "op", "value"}; {} is always fulfilled.
type Condition struct{ rules.Condition }

// UnmarshalJSON reads it; what is no condition is refused in the words that rest translates.
func (c *Condition) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &c.Condition); err != nil {
		return fmt.Errorf("expected a condition: %w", err)
	}
	return nil
}

// MarshalJSON writes it as it is read.
func (c Condition) MarshalJSON() ([]byte, error) { return json.Marshal(c.Condition) }

// Schema describes it loosely: the room says exactly what is wrong, and where.
func (Condition) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true,
		Description: `{"all": […]}, {"any": […]}, {"not": {…}} or {"field", "op", "value"}; {} is always fulfilled.`,
	}
}

// RuleField is something that conditions may speak of.
type RuleField struct {
	Name    string     `json:"name"`
	Type    rules.Type `json:"type" enum:"text,number,bool,time,choice,ref,list,refs"`
	Label   string     `json:"label" doc:"In the caller's language."`
	Ops     []rules.Op `json:"ops"`
	Options []string   `json:"options" doc:"Of a choice."`
	Of      string     `json:"of" doc:"Of a ref or refs: what they name, as a path word: agents, teams, labels, accounts."`
}

// Vocabulary is what a builder of triggers offers.
type Vocabulary struct {
	Fields    []RuleField         `json:"fields"`
	Events    []router.Kind       `json:"events"`
	Actions   []router.ActionType `json:"actions"`
	Variables []string            `json:"variables" doc:"For texts: {{ contact.name | default: \"…\" }}."`
}

// ShowField shows a field in the language of a caller.
func ShowField(who rest.Caller) func(rules.Field) RuleField {
	return func(f rules.Field) RuleField {
		options := f.Options
		if options == nil {
			options = []string{}
		}
		return RuleField{Name: f.Name, Type: f.Type, Label: f.Label.In(who.Language), Ops: f.Ops(), Options: options, Of: f.Of}
	}
}

func (r *Rules) declareFields(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "get-rule-vocabulary", Method: http.MethodGet, Path: "/triggers/vocabulary", Need: rest.Read("triggers"), Summary: "What conditions and actions may speak of",
	}, func(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[Vocabulary], error) {
		return rest.Reply(Vocabulary{
			Fields: rest.Map(router.Schema().Fields(), ShowField(who)), Events: router.Kinds(), Actions: router.ActionTypes(), Variables: router.Variables(),
		}), nil
	})
}
