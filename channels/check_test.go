package channels_test

import (
	"strings"
	"testing"

	"parley/channels"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	limits := channels.Limits{
		Text:    channels.TextLimit{Max: 4, Unit: channels.UnitUTF16},
		Caption: channels.TextLimit{Max: 2, Unit: channels.UnitRunes},
		Files:   channels.FileLimit{MaxBytes: 10, MaxCount: 1, Types: []string{"image/*", "application/pdf"}},
	}
	image := channels.File{Type: "image/png", Size: 10}
	for name, c := range map[string]struct {
		m    channels.Outgoing
		code string
	}{
		"fits":              {channels.Outgoing{Text: "😀😀"}, ""},
		"one unit over":     {channels.Outgoing{Text: "😀😀a"}, channels.CodeTextTooLong},
		"nothing":           {channels.Outgoing{}, channels.CodeEmpty},
		"file alone":        {channels.Outgoing{Files: []channels.File{image}}, ""},
		"caption":           {channels.Outgoing{Text: "😀😀", Files: []channels.File{image}}, ""},
		"caption too long":  {channels.Outgoing{Text: "abc", Files: []channels.File{image}}, channels.CodeTextTooLong},
		"two files":         {channels.Outgoing{Files: []channels.File{image, image}}, channels.CodeTooManyFiles},
		"file too large":    {channels.Outgoing{Files: []channels.File{{Type: "image/png", Size: 11}}}, channels.CodeFileTooLarge},
		"other type":        {channels.Outgoing{Files: []channels.File{{Type: "text/html"}}}, channels.CodeFileType},
		"type with charset": {channels.Outgoing{Files: []channels.File{{Type: "Application/PDF; x=y"}}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := limits.Check(c.m)
			switch {
			case err == nil && c.code != "":
				t.Errorf("accepted, want %s", c.code)
			case err != nil && (err.Code != c.code || err.Kind != channels.Permanent):
				t.Errorf("refused as %s (%s), want %q", err.Code, err.Kind, c.code)
			case err != nil && strings.Contains(err.Error(), c.m.Text) && c.m.Text != "":
				t.Error("the error repeats the message's text")
			}
		})
	}
}

func TestZeroLimitsTakeNothing(t *testing.T) {
	t.Parallel()
	var none channels.Limits
	if none.Check(channels.Outgoing{Text: "a"}) == nil || none.Check(channels.Outgoing{Files: []channels.File{{}}}) == nil {
		t.Error("zero means unsupported")
	}
}
