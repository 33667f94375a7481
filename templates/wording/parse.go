package wording

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/osteele/liquid"

	"parley/internal/fault"
)

// Bounds of a text, which keep its price in proportion.
const (
	MaxText   = 10_000 // bytes of what is written
	MaxFilled = 2 * MaxText
	MaxBlank  = 100 // runes of what a blank asks
	maxTags   = 200
	maxTokens = 40 // in one tag
	maxDepth  = 10 // of conditions in conditions
)

// Text is a text that was found to be right. Safe for concurrent use.
type Text struct {
	plain     string           // what it is where it names nothing
	template  *liquid.Template // nil where it names nothing
	literals  map[string]any   // what it holds in quotes
	blanks    []string         // what it asks, in order, each once
	variables []string         // what it names, in order, each once
}

// Blanks are what a person has to say before the text can be sent, in the order in which it asks.
func (t *Text) Blanks() []string { return slices.Clone(t.blanks) }

// Variables are the names that the text uses, in their order.
func (t *Text) Variables() []string { return slices.Clone(t.variables) }

// Problem is what is wrong with a text: a stable code and words.
type Problem struct {
	Code string
	Text fault.Text
}

// Parse reads a text that may name the known variables. With a problem there is no Text.
func Parse(text string, known []string) (*Text, *Problem) {
	if len(text) > MaxText {
		return nil, &Problem{"too_long", fault.T("Текст не длиннее 10 000 байт.", "A text has at most 10,000 bytes.")}
	}
	if !strings.Contains(text, "{{") && !strings.Contains(text, "{%") {
		if strings.Contains(text, "}}") || strings.Contains(text, "%}") {
			return nil, malformed("}}")
		}
		return &Text{plain: text}, nil
	}
	p := parser{known: known, out: &Text{literals: map[string]any{}}}
	if problem := p.read(text); problem != nil {
		return nil, problem
	}
	var err error
	if p.out.template, err = library.ParseString(p.liquid.String()); err != nil {
		// What the library gets is ours and not the writer's; should it refuse that, the text is refused.
		return nil, malformed(text)
	}
	return p.out, nil
}

// Check notes what is wrong with the text of a field.
func Check(bad *fault.Collector, path, text string, known []string) *Text {
	if strings.TrimSpace(text) == "" {
		bad.Add(path, "required", fault.T("Напишите текст.", "Write a text."))
		return nil
	}
	t, problem := Parse(text, known)
	if problem != nil {
		bad.Add(path, problem.Code, problem.Text)
	}
	return t
}

// parser writes the liquid that is given to the library.
type parser struct {
	known  []string
	out    *Text
	liquid strings.Builder
	open   []string // conditions that are open: if, unless
	elsed  []bool   // of each, whether its else was seen
	tags   int
}

func (p *parser) read(text string) *Problem {
	for {
		at := strings.IndexAny(text, "{}%")
		for at >= 0 && at+1 < len(text) && !slices.Contains([]string{"{{", "{%", "}}", "%}"}, text[at:at+2]) {
			more := strings.IndexAny(text[at+1:], "{}%")
			if more < 0 {
				at = -1
				break
			}
			at += 1 + more
		}
		if at < 0 || at+1 >= len(text) {
			p.liquid.WriteString(text)
			break
		}
		p.liquid.WriteString(text[:at])
		mark, after := text[at:at+2], text[at+2:]
		var list []token
		var ok bool
		var problem *Problem
		switch mark {
		case "{{":
			if list, text, ok = inside(after, closeObj); ok {
				problem = p.object(list)
			}
		case "{%":
			if list, text, ok = inside(after, closeTag); ok {
				problem = p.tag(list)
			}
		}
		if p.tags++; p.tags > maxTags {
			return &Problem{"too_many", fault.T("Переменных и условий в тексте не больше 200.", "A text has at most 200 variables and conditions.")}
		}
		if !ok {
			return malformed(mark + after)
		}
		if problem != nil {
			return problem
		}
	}
	if len(p.open) > 0 {
		end := "{% end" + p.open[len(p.open)-1] + " %}"
		return &Problem{"malformed", fault.T("Условие не закрыто: добавьте "+end+".", "A condition is not closed: add "+end+".")}
	}
	return nil
}

// object reads what stands in {{ }}.
func (p *parser) object(list []token) *Problem {
	if len(list) == 0 || list[0].kind != word {
		return malformed(say(list))
	}
	var source string
	if list[0].text == "ask" {
		if len(list) < 3 || list[1] != (token{sign, ":"}) || list[2].kind != quoted {
			return &Problem{"malformed", fault.T(`Пропуск пишется так: {{ ask: "номер заказа" }}.`, `A blank is written like this: {{ ask: "order number" }}.`)}
		}
		question := strings.TrimSpace(list[2].text)
		if question == "" || utf8.RuneCountInString(question) > MaxBlank || strings.ContainsAny(question, "[]\n\r") {
			return &Problem{"blank", fault.T("Вопрос пропуска — от 1 до 100 знаков в одной строке, без квадратных скобок.", "A blank asks in 1 to 100 characters on one line, without square brackets.")}
		}
		source, list = p.blank(question), list[3:]
	} else {
		if problem := p.variable(list[0].text); problem != nil {
			return problem
		}
		source, list = list[0].text, list[1:]
	}
	p.liquid.WriteString("{{ " + source)
	for len(list) > 0 {
		var problem *Problem
		if list, problem = p.filter(list); problem != nil {
			return problem
		}
	}
	p.liquid.WriteString(" }}")
	return nil
}

// filter reads "| name: argument, argument" and returns what follows.
func (p *parser) filter(list []token) ([]token, *Problem) {
	if len(list) < 2 || list[0] != (token{sign, "|"}) || list[1].kind != word {
		return nil, malformed(say(list))
	}
	name, whole := list[1].text, list
	shape, ok := filters[name]
	if !ok {
		return nil, &Problem{"unknown_filter", fault.T("Фильтра «"+name+"» нет. Можно: "+filterNames+".", "There is no filter “"+name+"”. There are: "+filterNames+".")}
	}
	p.liquid.WriteString(" | " + name)
	list = list[2:]
	given := 0
	for between := ":"; len(list) > 0 && list[0] == (token{sign, between}); between = "," {
		if len(list) < 2 || given >= len(shape) || list[1].kind != shape[given] {
			return nil, malformed(say(whole))
		}
		p.liquid.WriteString(between + " " + p.operand(list[1]))
		given, list = given+1, list[2:]
	}
	if given == 0 && len(shape) > 0 {
		return nil, malformed(say(whole))
	}
	return list, nil
}

// operand writes a literal or a name.
func (p *parser) operand(t token) string {
	if t.kind != quoted {
		return t.text
	}
	name := "s" + strconv.Itoa(len(p.out.literals))
	p.out.literals[name] = t.text
	return "literal." + name
}

// blank notes a question and returns the name of its answer.
func (p *parser) blank(question string) string {
	at := slices.Index(p.out.blanks, question)
	if at < 0 {
		at = len(p.out.blanks)
		p.out.blanks = append(p.out.blanks, question)
	}
	return "answer.a" + strconv.Itoa(at)
}

func (p *parser) variable(name string) *Problem {
	if !slices.Contains(p.known, name) {
		list := strings.Join(p.known, ", ")
		return &Problem{"unknown_variable", fault.T("Переменной «"+name+"» нет. Можно: "+list+".", "There is no variable “"+name+"”. There are: "+list+".")}
	}
	if !slices.Contains(p.out.variables, name) {
		p.out.variables = append(p.out.variables, name)
	}
	return nil
}

func malformed(near string) *Problem {
	if r := []rune(near); len(r) > 40 {
		near = string(r[:40]) + "…"
	}
	return &Problem{"malformed", fault.T(
		fmt.Sprintf(`Написано неверно около «%s». Пример: {{ contact.name | default: "коллега" }}.`, near),
		fmt.Sprintf(`Malformed near “%s”. An example: {{ contact.name | default: "colleague" }}.`, near))}
}

// say is how tokens are shown in a refusal.
func say(list []token) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.text
	}
	return strings.Join(parts, " ")
}
