package telegram

import (
	"encoding/json"
	"strings"
)

// richText is the words of a message written in blocks (RichMessage), block by block: the inbox has no
// tables or slide shows. It is read as bare JSON, so that blocks which come later do not get lost.
func richText(body json.RawMessage) string {
	var m struct {
		Rich struct {
			Blocks []any `json:"blocks"`
		} `json:"rich_message"`
	}
	if json.Unmarshal(body, &m) != nil {
		return ""
	}
	var lines []string
	for _, b := range m.Rich.Blocks {
		lines = blockLines(lines, b, 0)
	}
	return strings.Join(lines, "\n")
}

// maxRich bounds the nesting of blocks.
const maxRich = 32

// blockLines adds a block's lines: its own words, then those of what is within it.
func blockLines(lines []string, block any, depth int) []string {
	b, ok := block.(map[string]any)
	if !ok || depth > maxRich {
		return lines
	}
	for _, name := range []string{"title", "summary", "text", "expression", "caption", "credit"} {
		if text := inlineText(b[name], depth); text != "" {
			lines = append(lines, text)
		}
	}
	for _, inner := range list(b["blocks"]) {
		lines = blockLines(lines, inner, depth+1)
	}
	for _, item := range list(b["items"]) {
		lines = itemLines(lines, item, depth+1)
	}
	for _, row := range list(b["cells"]) {
		var cells []string
		for _, cell := range list(row) {
			if c, ok := cell.(map[string]any); ok {
				cells = append(cells, inlineText(c["text"], depth+1))
			}
		}
		if len(cells) > 0 {
			lines = append(lines, strings.Join(cells, " | "))
		}
	}
	return lines
}

func itemLines(lines []string, item any, depth int) []string {
	i, ok := item.(map[string]any)
	if !ok {
		return lines
	}
	label, _ := i["label"].(string)
	if label == "" {
		label = "•"
	}
	from := len(lines)
	for _, inner := range list(i["blocks"]) {
		lines = blockLines(lines, inner, depth)
	}
	if len(lines) > from {
		lines[from] = label + " " + lines[from]
	}
	return lines
}

// inlineText is a RichText: a string, a sequence, or something with text within.
func inlineText(v any, depth int) string {
	if depth > maxRich {
		return ""
	}
	switch t := v.(type) {
	case string:
		return t
	case []any:
		var b strings.Builder
		for _, part := range t {
			b.WriteString(inlineText(part, depth+1))
		}
		return b.String()
	case map[string]any:
		for _, name := range []string{"text", "expression", "alternative_text", "emoji"} {
			if text := inlineText(t[name], depth+1); text != "" {
				return text
			}
		}
	}
	return ""
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
