package store

import (
	"strconv"
	"strings"

	"parley/inbox/actor"
)

// builder makes a query with numbered placeholders.
type builder struct {
	text strings.Builder
	args []any
}

// arg adds a value and returns its placeholder.
func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

func (b *builder) add(parts ...string) {
	for _, p := range parts {
		b.text.WriteString(p)
	}
}

// list adds values and returns them as a parenthesised list.
func list[T int64 | string](b *builder, values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = b.arg(v)
	}
	return "(" + strings.Join(out, ",") + ")"
}

// sight names the columns that decide who may see a row.
type sight struct{ agent, team, account string }

// sightOf returns the columns of an alias: assignee_id for conversations, owner_id for
// leads and requests.
func sightOf(alias, agentColumn string) sight {
	return sight{agent: alias + "." + agentColumn, team: alias + ".team_id", account: alias + ".account_id"}
}

// visible returns the condition under which the viewer may see a row. It says in SQL
// what actor.Viewer.Sees says in Go.
func visible(b *builder, v actor.Viewer, s sight) string {
	var doors []string
	switch v.Scope {
	case actor.All:
		doors = append(doors, "1 = 1")
	case actor.Team:
		doors = append(doors, s.team+" IN "+list(b, append([]int64{0}, v.Teams...)))
		fallthrough
	case actor.Own:
		if v.AgentID != 0 {
			doors = append(doors, s.agent+" = "+b.arg(v.AgentID))
		}
	}
	if len(doors) == 0 {
		return "1 = 0"
	}
	accounts := ""
	if len(v.Accounts) > 0 { // not before: PostgreSQL refuses arguments that no text names
		accounts = " AND " + s.account + " IN " + list(b, v.Accounts)
	}
	return "((" + strings.Join(doors, " OR ") + ")" + accounts + ")"
}

// door is one way to rows: an equality that one index serves; "" is every row.
type door struct {
	column string
	value  int64
}

// doorsOf splits what a viewer may see into index ranges: all rows, or one per team
// and one for the viewer's own. A page is merged from a page of each; the accounts
// that a viewer is bound to must be checked besides.
func doorsOf(v actor.Viewer, agentColumn string) []door {
	var doors []door
	switch v.Scope {
	case actor.All:
		return []door{{}}
	case actor.Team:
		for _, t := range append([]int64{0}, v.Teams...) {
			doors = append(doors, door{column: "team_id", value: t})
		}
		fallthrough
	case actor.Own:
		if v.AgentID != 0 {
			doors = append(doors, door{column: agentColumn, value: v.AgentID})
		}
	}
	return doors
}
