package wording

import (
	"slices"

	"parley/internal/fault"
)

// tag reads what stands in {% %}: conditions, and nothing else.
func (p *parser) tag(list []token) *Problem {
	if len(list) == 0 || list[0].kind != word {
		return malformed(say(list))
	}
	name, rest := list[0].text, list[1:]
	last := len(p.open) - 1
	switch name {
	case "if", "unless":
		if len(p.open) >= maxDepth {
			return &Problem{"too_deep", fault.T("Условий одно в другом не больше 10.", "At most 10 conditions stand inside each other.")}
		}
		p.open, p.elsed = append(p.open, name), append(p.elsed, false)
		return p.condition(name, rest)
	case "elsif":
		if last < 0 || p.open[last] != "if" || p.elsed[last] {
			return misplaced(name)
		}
		return p.condition(name, rest)
	case "else":
		if last < 0 || p.elsed[last] || len(rest) > 0 {
			return misplaced(name)
		}
		p.elsed[last] = true
	case "endif", "endunless":
		if last < 0 || name != "end"+p.open[last] || len(rest) > 0 {
			return misplaced(name)
		}
		p.open, p.elsed = p.open[:last], p.elsed[:last]
	default:
		return &Problem{"unknown_tag", fault.T("Тега «"+name+"» нет. Можно: if, unless, elsif, else, endif, endunless.", "There is no tag “"+name+"”. There are: if, unless, elsif, else, endif, endunless.")}
	}
	p.liquid.WriteString("{% " + name + " %}")
	return nil
}

func misplaced(name string) *Problem {
	return &Problem{"malformed", fault.T("{% "+name+" %} стоит не на месте.", "{% "+name+" %} is out of place.")}
}

// condition reads "operand [comparison operand]", joined by and or or.
func (p *parser) condition(name string, list []token) *Problem {
	whole := list
	p.liquid.WriteString("{% " + name)
	for first := true; ; first = false {
		if !first {
			if len(list) == 0 {
				break
			}
			if list[0].kind != word || list[0].text != "and" && list[0].text != "or" {
				return malformed(say(whole))
			}
			p.liquid.WriteString(" " + list[0].text)
			list = list[1:]
		}
		if len(list) == 0 || list[0].kind != word {
			return malformed(say(whole))
		}
		if problem := p.variable(list[0].text); problem != nil {
			return problem
		}
		p.liquid.WriteString(" " + list[0].text)
		list = list[1:]
		if len(list) == 0 || list[0].kind == word && list[0].text != "contains" {
			continue
		}
		if len(list) < 2 || list[1].kind != quoted || !slices.Contains([]string{"==", "!=", "contains"}, list[0].text) {
			return malformed(say(whole))
		}
		p.liquid.WriteString(" " + list[0].text + " " + p.operand(list[1]))
		list = list[2:]
	}
	p.liquid.WriteString(" %}")
	return nil
}
