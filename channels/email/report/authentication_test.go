package report_test

import (
	"strings"
	"testing"

	"parley/channels/email/report"
)

func TestAuthentication(t *testing.T) {
	t.Parallel()
	const (
		ar       = "Authentication-Results: "
		received = "Received: from x by mx.example.com\n"
	)
	trusted := []string{"mx.example.com"}
	tests := []struct {
		name, header string
		trusted      []string
		want         string
	}{
		{"nothing", "", trusted, ""},
		{"nobody trusted", ar + "mx.example.com; dmarc=fail\n", nil, ""},
		{"none", ar + "mx.example.com; none\n", trusted, ""},
		{"version", ar + "mx.example.com 1; dmarc=fail\n", trusted, report.DMARCFailed},
		{"dmarc passes", ar + "mx.example.com; dmarc=pass header.from=example.org; spf=fail; dkim=fail\n", trusted, ""},
		{"dmarc fails", ar + "mx.example.com; dkim=pass header.d=example.org; dmarc=fail (p=NONE dis=NONE) header.from=example.org\n", trusted, report.DMARCFailed},
		{"dmarc knows nothing", ar + "mx.example.com; dmarc=none; dkim=fail header.d=example.org\n", trusted, report.DKIMFailed},
		{"dkim fails", ar + "mx.example.com; dkim=fail reason=\"bad; signature\" header.d=example.org\n", trusted, report.DKIMFailed},
		{"somebody else's dkim fails", ar + "mx.example.com; dkim=fail header.d=esp.example.net; dkim=pass header.i=@mail.example.org\n", trusted, ""},
		{"dkim broke on the way, spf passes", ar + "mx.example.com; dkim=fail header.d=example.org; spf=pass smtp.mailfrom=bob@example.org\n", trusted, ""},
		{"spf fails", ar + "mx.example.com; spf=fail smtp.mailfrom=example.org\n", trusted, report.SPFFailed},
		{"spf fails, dkim vouches", ar + "mx.example.com; spf=fail smtp.mailfrom=list.example.net; dkim=pass header.d=example.org\n", trusted, ""},
		{"spf fails, a stranger vouches", ar + "mx.example.com; spf=fail; dkim=pass header.d=evil.example.net\n", trusted, report.SPFFailed},
		{"spf is unsure", ar + "mx.example.com; spf=softfail smtp.mailfrom=example.org\n", trusted, ""},
		{"a look-alike domain", ar + "mx.example.com; dkim=pass header.d=notexample.org; spf=fail\n", trusted, report.SPFFailed},
		{"comments", ar + "(a (nested; \\) one)) mx.example.com (x) ; (dmarc=pass) dmarc (y) = (z) fail (w)\n", trusted, report.DMARCFailed},
		{"quoted", ar + "\"mx.example.com\"; dmarc=\"fail\"\n", trusted, report.DMARCFailed},
		{"folded", ar + "mx.example.com;\n\tdkim=pass header.d=example.net;\n\tdmarc=fail\n\t header.from=example.org\n", trusted, report.DMARCFailed},
		{"case", ar + "MX.Example.COM; DMARC=Fail\n", trusted, report.DMARCFailed},
		{"a method with a version", ar + "mx.example.com; dmarc/1=fail\n", trusted, report.DMARCFailed},
		{"a stranger's server", ar + "mx.example.net; dmarc=fail\n", trusted, ""},
		{"two fields of one server", ar + "mx.example.com; dkim=fail header.d=example.org\n" + ar + "mx.example.com; dmarc=pass header.from=example.org\n" + received, trusted, ""},
		{"forged below", ar + "mx.example.com; dmarc=fail\n" + received + ar + "mx.example.com; dmarc=pass\n", trusted, report.DMARCFailed},
		{"forged below another method", ar + "mx.example.com; spf=fail\n" + received + ar + "mx.example.com; dmarc=pass\n", trusted, report.SPFFailed},
		{"forged right below", ar + "mx.example.com; dmarc=fail\n" + ar + "mx.example.com; dmarc=pass\n", trusted, report.DMARCFailed},
		{"below our own hop", received + received + ar + "mx.example.com; dmarc=fail\n" + received, trusted, report.DMARCFailed},
		{"exchange online", ar + "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=x.example.org; dkim=none; dmarc=fail action=oreject header.from=example.org;compauth=fail reason=000\n", []string{"outlook.com"}, report.DMARCFailed},
		{"no name, not trusted", ar + "dmarc=fail\n", trusted, ""},
		{"open ends", ar + "mx.example.com; dmarc=fail (never closed\n", trusted, report.DMARCFailed},
		{"an open quote", ar + "mx.example.com; dmarc=\"fail\n", trusted, report.DMARCFailed},
		{"too long", ar + "mx.example.com; dmarc=fail " + strings.Repeat("x", 20_000) + "\n", trusted, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := load(t, tt.header+"From: Bob <bob@example.org>\n\nHello")
			if got := report.Authentication(m, tt.trusted); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzAuthentication(f *testing.F) {
	for _, s := range []string{
		`mx.example.com 1; dkim=pass reason="a;b" header.d=example.org (c (d)); dmarc=fail`,
		`spf=pass smtp.mailfrom=a@b; compauth=x`, `"mx.example.com";;=;;a==b=c`, `(\`, `"\`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		m := report.Mail{Fields: []report.Field{{Name: "Authentication-Results", Value: value}, {Name: "From", Value: "a@example.org"}}}
		switch got := report.Authentication(m, []string{"mx.example.com", "outlook.com"}); got {
		case "", report.DMARCFailed, report.DKIMFailed, report.SPFFailed:
		default:
			t.Errorf("%q", got)
		}
		// What is not from a trusted server never speaks.
		if got := report.Authentication(m, []string{"\x00"}); got != "" && !strings.Contains(value, "\x00") {
			t.Errorf("untrusted, but %q", got)
		}
	})
}
