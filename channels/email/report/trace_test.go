package report_test

import (
	"testing"

	"parley/channels/email/report"
)

// TestAuthenticationByTrace has nobody name a trusted server.
func TestAuthenticationByTrace(t *testing.T) {
	t.Parallel()
	const (
		fail    = "; dmarc=fail header.from=example.org\n"
		pass    = "; dmarc=pass header.from=example.org\n"
		foreign = "Received: from desk.example.org by relay.example.org with ESMTPA\n"
		border  = "Received: from relay.example.org (relay.example.org. [192.0.2.1])\n by mx.google.com with ESMTPS id x\n for <us@example.com>; Fri, 20 Nov 2026 12:30:00 -0800\n"
		gmail   = "Delivered-To: us@example.com\nReceived: by 2002:a05:6402:2066:b0:5cf with SMTP id x;\n Fri, 20 Nov 2026 12:30:00 -0800 (PST)\n" +
			"X-Received: by 2002:a17:906 with SMTP id y\nARC-Authentication-Results: i=1; mx.google.com; dmarc=pass\n" + border
		yandex = "Received: from front-5.sas.yp-c.yandex.net (front-5.sas.yp-c.yandex.net [2a02:6b8::5])\n\tby back-3.vla.yp-c.yandex.net with LMTP id x\n" +
			"Received: from relay.example.org (relay.example.org [192.0.2.1])\n\tby front-5.sas.yp-c.yandex.net (nwsmtp/Yandex) with ESMTPS id y\n"
	)
	tests := []struct{ name, header, want string }{
		{"gmail", gmail + "Authentication-Results: mx.google.com" + fail + foreign, report.DMARCFailed},
		{"gmail is content", gmail + "Authentication-Results: mx.google.com" + pass + foreign, ""},
		{"forged below", gmail + "Authentication-Results: mx.google.com" + fail + foreign + "Authentication-Results: mx.google.com" + pass, report.DMARCFailed},
		{"forged right below", gmail + "Authentication-Results: mx.google.com" + fail + "Authentication-Results: mx.google.com" + pass + foreign, report.DMARCFailed},
		{"forged below another's hop", gmail + foreign + "Authentication-Results: mx.google.com" + fail, ""},
		{"forged below a forged hop", gmail + foreign + border + "Authentication-Results: mx.google.com" + fail, ""},
		{"the sender's own relay", gmail + "Authentication-Results: relay.example.org" + fail + foreign, ""},
		{"another name on the way", gmail + "Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=example.org\nAuthentication-Results: relay.example.org" + fail + foreign, ""},
		{"yandex", yandex + "Authentication-Results: front-5.sas.yp-c.yandex.net; spf=fail smtp.mailfrom=example.org\n" + foreign, report.SPFFailed},
		{"mail.ru", "Received: from relay.example.org by mx123.m.smailru.net with esmtp\nAuthentication-Results: mxs.mail.ru" + fail + foreign, report.DMARCFailed},
		{"exchange online", "Received: from AM0PR.eurprd.prod.outlook.com (::1) by AS8PR.eurprd03.prod.outlook.com with HTTPS\nAuthentication-Results: spf=fail smtp.mailfrom=example.org; dmarc=fail action=none header.from=example.org\nReceived: from relay.example.org by EUR.mail.protection.outlook.com with SMTP\n", report.DMARCFailed},
		{"no name, elsewhere", border + "Authentication-Results: dmarc=fail\n" + foreign, ""},
		{"a filter of our own server, on top", "Authentication-Results: anything" + fail + "Received: from relay.example.org by mx.example.com\n" + foreign, report.DMARCFailed},
		{"two filters on top", "Authentication-Results: mx; spf=fail smtp.mailfrom=example.org\nAuthentication-Results: mx" + pass + "Received: from relay.example.org by mx.example.com\n", ""},
		{"the first on top counts", "Authentication-Results: mx" + fail + "Authentication-Results: other" + pass + "Received: from relay.example.org by mx.example.com\n", report.DMARCFailed},
		{"no trace", "Authentication-Results: mx.example.com" + fail, ""},
		{"a border without a name", "Received: from relay.example.org by mail with SMTP\nAuthentication-Results: mail" + fail + "Received: from x by relay.example.org\nAuthentication-Results: relay.example.org" + fail, ""},
		{"a name in a comment", "Received: from x (helo by mx.evil.example) by mx.example.com\nAuthentication-Results: mx.evil.example" + fail, ""},
		{"a country's second level", "Received: from x by mx.evil.co.uk\nReceived: from y by mx.example.co.uk\nAuthentication-Results: mx.example.co.uk" + fail, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := load(t, tt.header+"From: Bob <bob@example.org>\n\nHello")
			if got := report.Authentication(m, nil); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if report.Vouched(m, nil) {
				t.Error("a server that nobody named vouches")
			}
		})
	}
}
