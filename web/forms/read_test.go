package forms_test

import (
	"strings"
	"testing"

	"parley/channels/form"
	"parley/web/forms"
)

func TestFormsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func() (form.Submission, error){
		"encoded": func() (form.Submission, error) { return forms.Encoded([]byte("b=1&a=%D1%8F+x&b=2&&c")) },
		"JSON":    func() (form.Submission, error) { return forms.JSON([]byte(`{"b":1,"a":"я x","b":"2","c":null}`)) },
		"multipart": func() (form.Submission, error) {
			part := func(name, value string) string {
				return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
			}
			return forms.Multipart([]byte(part("b", "1")+part("a", "я x")+part("b", "2")+part("c", "")+"--x--\r\n"), "x")
		},
	} {
		s, err := read()
		var got []string
		for _, f := range s.Fields {
			got = append(got, f.Name+"="+f.Value)
		}
		if err != nil || strings.Join(got, ";") != "b=1;a=я x;b=2;c=" {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a=b&c=%41"), "x")
	f.Add([]byte(`{"a":["b",1,true],"utm":{"x":"y"}}`), "x")
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../a\"\r\n\r\nhi\r\n--x--\r\n"), "x")
	f.Fuzz(func(t *testing.T, body []byte, boundary string) {
		for name, read := range map[string]func() (form.Submission, error){
			"encoded":   func() (form.Submission, error) { return forms.Encoded(body) },
			"JSON":      func() (form.Submission, error) { return forms.JSON(body) },
			"multipart": func() (form.Submission, error) { return forms.Multipart(body, boundary) },
		} {
			s, err := read()
			if err != nil && (len(s.Fields) > 0 || len(s.Files) > 0) {
				t.Errorf("%s: refused, and yet read", name)
			}
			for _, file := range s.Files {
				if strings.ContainsAny(file.Name, "/\\\x00") || len(file.Content) == 0 {
					t.Errorf("%s: a file called %q", name, file.Name)
				}
			}
		}
	})
}
