package accounts

import (
	"slices"

	"parley/channels"
)

// Kind describes a network that can be connected: the connect form is drawn from it.
type Kind struct {
	Kind   channels.Kind
	Title  channels.Words
	Fields []channels.Field
	Hooks  []channels.Hook // what is done with an account's webhook address; empty = nothing
}

// Drivers are the networks of this installation, in the order of the list. The zero
// value has none.
type Drivers struct{ list []channels.Driver }

// NewDrivers returns a set of drivers; of several of one kind the first counts.
func NewDrivers(list ...channels.Driver) Drivers { return Drivers{list: list} }

// titled is a driver that names its network for people.
type titled interface{ Title() channels.Words }

// Kinds describes all networks.
func (d Drivers) Kinds() []Kind {
	kinds := make([]Kind, 0, len(d.list))
	for _, driver := range d.list {
		k := Kind{Kind: driver.Kind(), Title: channels.Words{RU: string(driver.Kind()), EN: string(driver.Kind())}, Fields: driver.Fields()}
		if t, ok := driver.(titled); ok {
			k.Title = t.Title()
		}
		if h, ok := driver.(channels.Hooker); ok {
			k.Hooks = h.Hooks()
		}
		kinds = append(kinds, k)
	}
	return kinds
}

// Glossary knows what the errors of these networks mean, and those of further phrases that
// are no network's own.
func (d Drivers) Glossary(common ...[]channels.Phrase) channels.Glossary {
	return channels.NewGlossary(slices.Concat(common...), d.list...)
}

func (d Drivers) find(kind channels.Kind) (channels.Driver, bool) {
	i := slices.IndexFunc(d.list, func(x channels.Driver) bool { return x.Kind() == kind })
	if i < 0 {
		return nil, false
	}
	return d.list[i], true
}
