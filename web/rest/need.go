package rest

import (
	"slices"

	"parley/internal/auth"
)

// Need says who may call an operation. The zero value lets nobody in; make one with
// Open, Visitor, Read or Write. It is checked before the handler runs and is part of
// the OpenAPI description under "x-parley".
type Need struct {
	open    bool
	visitor bool
	noun    string
	write   bool
	roles   []auth.Role
	person  bool
}

// Open lets everyone call, signed in or not.
func Open() Need { return Need{open: true} }

// Visitor is for the visitors' side of the web chat, which checks its own tokens.
func Visitor() Need { return Need{visitor: true} }

// Read is for those who may read a noun: every agent, and keys with the scope
// "noun:read". Nouns are the API's path words, such as "conversations".
func Read(noun string) Need { return Need{noun: noun} }

// Write is for those who may change a noun: every agent, and keys with the scope
// "noun:write".
func Write(noun string) Need { return Need{noun: noun, write: true} }

// For narrows a Need to roles. Keys count as admins.
func (n Need) For(roles ...auth.Role) Need {
	n.roles = roles
	return n
}

// Person narrows a Need to people: what a key without a person cannot do.
func (n Need) Person() Need {
	n.person = true
	return n
}

// public reports whether nobody needs to be signed in.
func (n Need) public() bool { return n.open || n.visitor }

// check answers nil when the viewer may call.
func (n Need) check(v auth.Viewer) error {
	switch {
	case n.public():
		return nil
	case n.noun == "" || v.Role == "":
		return auth.ErrForbidden
	case !v.May(n.noun, n.write):
		return errScope(n.scope())
	case n.person && v.AgentID == 0:
		return ErrNeedPerson
	case len(n.roles) > 0 && !slices.Contains(n.roles, v.Role):
		return auth.ErrForbidden
	}
	return nil
}

func (n Need) scope() string {
	if n.write {
		return n.noun + ":write"
	}
	return n.noun + ":read"
}

// describe is the Need as the OpenAPI extension "x-parley".
func (n Need) describe() map[string]any {
	switch {
	case n.open:
		return map[string]any{"open": true}
	case n.visitor:
		return map[string]any{"visitor": true}
	}
	d := map[string]any{"noun": n.noun, "write": n.write}
	if len(n.roles) > 0 {
		d["roles"] = n.roles
	}
	if n.person {
		d["person"] = true
	}
	return d
}

// security is the Need as OpenAPI security requirements: any one of them will do.
func (n Need) security() []map[string][]string {
	switch {
	case n.open:
		return []map[string][]string{}
	case n.visitor:
		return []map[string][]string{{"visitor": {}}}
	}
	session := map[string][]string{"session": {}}
	if n.write {
		session["csrf"] = []string{}
	}
	if n.person {
		return []map[string][]string{session}
	}
	return []map[string][]string{session, {"key": {n.scope()}}}
}
