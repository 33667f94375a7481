package whatsapp

import (
	"context"
	"strconv"

	"parley/channels"
)

// useTemplate is a template with its values, as the Graph API takes it.
type useTemplate struct {
	Name       string         `json:"name"`
	Language   language       `json:"language"`
	Components []useComponent `json:"components,omitempty"`
}

type language struct {
	Code   string `json:"code"`
	Policy string `json:"policy"`
}

type useComponent struct {
	Type       string      `json:"type"`
	SubType    string      `json:"sub_type,omitempty"`
	Index      string      `json:"index,omitempty"`
	Parameters []parameter `json:"parameters"`
}

type parameter struct {
	Type     string  `json:"type"`
	Name     string  `json:"parameter_name,omitempty"`
	Text     string  `json:"text,omitempty"`
	Code     string  `json:"coupon_code,omitempty"`
	Image    *upload `json:"image,omitempty"`
	Video    *upload `json:"video,omitempty"`
	Document *upload `json:"document,omitempty"`
}

// renderTemplate writes a message that uses a template. Its values are in the order of Template.Params, and
// the file of its header is the message's one file.
func (a *Account) renderTemplate(ctx context.Context, m channels.Outgoing) ([]part, *channels.Error) {
	base, err := address(m)
	if err != nil {
		return nil, err
	}
	f, err := a.formOf(ctx, *m.Template)
	if err != nil {
		return nil, err
	}
	p, err := f.fill(base, m)
	if err != nil {
		return nil, err
	}
	p.payload.Mark = a.mark.of(m.MessageID)
	if m.ReplyTo != "" {
		p.payload.Context = &quoted{m.ReplyTo}
	}
	return []part{p}, nil
}

// fill puts a message's values into a template.
func (f *form) fill(base payload, m channels.Outgoing) (part, *channels.Error) {
	blanks, values := f.blanks(), m.Template.Values
	switch {
	case !f.sendable():
		return part{}, failure(channels.Permanent, CodeTemplateKind)
	case len(values) != len(blanks):
		return part{}, failure(channels.Permanent, CodeValues)
	}
	base.Type = "template"
	base.Template = &useTemplate{Name: f.Name, Language: language{Code: f.Language, Policy: "deterministic"}}
	p := part{payload: base}
	if err := f.header(&p, m.Files); err != nil {
		return part{}, err
	}
	for i, b := range blanks {
		if values[i] == "" {
			return part{}, failure(channels.Permanent, CodeValues)
		}
		v := parameter{Type: "text", Text: values[i]}
		if f.Format == "NAMED" && b.where != "button" {
			v.Name = b.param
		}
		if b.kind == "copy_code" {
			v = parameter{Type: "coupon_code", Code: values[i]}
		}
		p.payload.Template.add(b, v)
	}
	return p, nil
}

// header asks for the file of the header, which is put in once it is uploaded.
func (f *form) header(p *part, files []channels.File) *channels.Error {
	kind := f.headerFile()
	switch {
	case kind == "" && len(files) == 0:
		return nil
	case kind == "" || len(files) != 1:
		return failure(channels.Permanent, CodeTemplateFile)
	}
	parts, err := fileParts(payload{}, files)
	if err != nil {
		return err
	}
	if parts[0].as.kind != kind {
		return failure(channels.Permanent, CodeTemplateFile)
	}
	p.file, p.as = parts[0].file, parts[0].as
	return nil
}

// add puts a value behind those of the same component.
func (t *useTemplate) add(b blank, v parameter) {
	if last := len(t.Components) - 1; b.where != "button" && last >= 0 && t.Components[last].Type == b.where {
		t.Components[last].Parameters = append(t.Components[last].Parameters, v)
		return
	}
	c := useComponent{Type: b.where, Parameters: []parameter{v}}
	if b.where == "button" {
		c.SubType, c.Index = b.kind, strconv.Itoa(b.button)
	}
	t.Components = append(t.Components, c)
}

// place puts an uploaded file where the part needs it.
func (p *part) place(id string) {
	t := p.payload.Template
	if t == nil {
		p.attach(id)
		return
	}
	v := parameter{Type: p.as.kind}
	switch p.as.kind {
	case "image":
		v.Image = &upload{ID: id}
	case "video":
		v.Video = &upload{ID: id}
	default:
		v.Document = &upload{ID: id, Filename: p.file.Name}
	}
	t.Components = append([]useComponent{{Type: "header", Parameters: []parameter{v}}}, t.Components...)
}
