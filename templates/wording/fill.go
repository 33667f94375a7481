package wording

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/osteele/liquid"
)

// Values are what variables stand for; an empty one is as good as none.
type Values map[string]string

// Missing are the questions that answers leave open.
func (t *Text) Missing(answers map[string]string) (open []string) {
	for _, q := range t.blanks {
		if strings.TrimSpace(answers[q]) == "" {
			open = append(open, q)
		}
	}
	return open
}

// Fill returns the text with values and answers in place. A question without an answer stays as [[question]],
// see Blanks. What grows beyond MaxFilled bytes is cut.
func (t *Text) Fill(values Values, answers map[string]string) (string, error) {
	if t.template == nil {
		return t.plain, nil
	}
	given := map[string]any{}
	for i, q := range t.blanks {
		answer := strings.TrimSpace(answers[q])
		if answer == "" {
			answer = "[[" + q + "]]"
		}
		given["a"+strconv.Itoa(i)] = cut(answer)
	}
	b := liquid.Bindings{"literal": t.literals, "answer": given}
	for _, name := range t.variables {
		value := cut(values[name])
		if strings.TrimSpace(value) == "" {
			continue
		}
		noun, rest, _ := strings.Cut(name, ".")
		of, ok := b[noun].(map[string]any)
		if !ok {
			of = map[string]any{}
			b[noun] = of
		}
		of[rest] = value
	}
	var out capped
	if err := t.template.FRender(&out, b); err != nil {
		return "", fmt.Errorf("fill text: %w", err)
	}
	return cut(out.String()), nil
}

// capped keeps the beginning of what is written to it.
type capped struct{ strings.Builder }

func (c *capped) Write(p []byte) (int, error) {
	room := max(0, MaxFilled+utf8.UTFMax-c.Len())
	c.Builder.Write(p[:min(len(p), room)])
	return len(p), nil
}

func (c *capped) WriteString(s string) (int, error) { return c.Write([]byte(s)) }

// cut makes a text at most MaxFilled bytes long, and valid.
func cut(text string) string {
	if len(text) > MaxFilled {
		text = text[:MaxFilled]
		for i := 0; i < utf8.UTFMax && !utf8.ValidString(text[max(0, len(text)-utf8.UTFMax):]); i++ {
			text = text[:len(text)-1]
		}
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

var blank = regexp.MustCompile(`\[\[([^\[\]\n\r]{1,400})\]\]`)

// Blanks are the questions that a filled text still holds.
func Blanks(filled string) (open []string) {
	for _, found := range blank.FindAllStringSubmatch(filled, -1) {
		open = append(open, strings.TrimSpace(found[1]))
	}
	return open
}
