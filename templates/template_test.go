package templates_test

import (
	"testing"

	"parley/templates"
)

func TestFill(t *testing.T) {
	t.Parallel()
	whole := templates.Template{Header: "{{shop}}", Body: "Hi {{1}}, order {{2}} of {{ 1 }}", Footer: "Bye", Params: []string{"header.shop", "1", "2", "button.1"},
		Buttons: []templates.Button{{Text: "Track", URL: "https://shop.example/{{1}}"}}}
	for name, c := range map[string]struct {
		t      templates.Template
		values []string
		want   string
	}{
		"all":                    {whole, []string{"Tea", "Ann", "7", "x"}, "Tea\n\nHi Ann, order 7 of Ann\n\nBye"},
		"some":                   {whole, []string{"Tea", ""}, "Tea\n\nHi {{1}}, order {{2}} of {{ 1 }}\n\nBye"},
		"a value like a value":   {whole, []string{"Tea", "{{2}}", "7", "x"}, "Tea\n\nHi {{2}}, order 7 of {{2}}\n\nBye"},
		"a file in the header":   {templates.Template{Header: "image", Body: "Look"}, nil, "Look"},
		"the body alone":         {templates.Template{Body: "Look"}, nil, "Look"},
		"a header about a image": {templates.Template{Header: "An image", Body: "Look"}, nil, "An image\n\nLook"},
	} {
		if got := c.t.Fill(c.values); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if links := whole.Links([]string{"Tea", "Ann", "7", "$1"}); links[0].URL != "https://shop.example/$1" {
		t.Errorf("link %q", links[0].URL)
	}
}
