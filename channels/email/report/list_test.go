package report_test

import (
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/report"
)

// groupFields are what a group of Google adds, of the address "help" in a domain; what
// follows is the text.
func groupFields(domain string) string {
	return "Precedence: list\nMailing-list: list help@" + domain + "; contact help+owners@" + domain + "\n" +
		"List-ID: <help." + domain + ">\nX-Google-Group-Id: 332403668183\n" +
		"List-Post: <https://groups.google.com/a/" + domain + "/group/help/post>, <mailto:help@" + domain + ">\n" +
		"List-Archive: <https://groups.google.com/a/" + domain + "/group/help/>\n" +
		"List-Unsubscribe: <mailto:googlegroups-manage+332403668183+unsubscribe@googlegroups.com>,\n <https://groups.google.com/a/" + domain + "/group/help/subscribe>\n\nHello\n"
}

// TestLists tells people whose mail passed a list from what everybody on a list gets.
func TestLists(t *testing.T) {
	t.Parallel()
	const (
		newsletter = "List-Id: <news.shop.example.net>\nList-Unsubscribe: <https://shop.example.net/u/5>, <mailto:u5@shop.example.net>\n"
		direct     = "From: Ann <ann@example.org>\nTo: Us <us@example.com>\n"
		world      = "From: Ann <ann@example.org>\nTo: help@example.com\n"
		talk       = "From: Ann <ann@example.org>\nTo: talk@lists.example.net\nList-Id: <talk.lists.example.net>\nList-Post: <mailto:talk@lists.example.net>\nPrecedence: list\n"
	)
	tests := []struct {
		name, mail string
		want       channels.Nature
		group      string // that may be ours
	}{
		{"a person behind a group of their own", direct + groupFields("example.org"), channels.NaturePerson, ""},
		{"a person behind a list of their own", direct + "List-Id: <all.example.org>\nPrecedence: list\n\nHello", channels.NaturePerson, ""},
		{"a person who copies us in", talk + "Cc: Us <US+5@example.com>\n\nHello", channels.NaturePerson, ""},
		{"the world, through our group", world + groupFields("example.com"), channels.NaturePerson, ""},
		{"through our group, without naming it", "From: ann@example.org\n" + groupFields("example.com"), channels.NaturePerson, ""},
		{"through our group, which writes in its own name", "From: \"'Ann Lee' via Help\" <help@example.com>\nReply-To: Ann Lee <ann@example.org>\nX-Original-From: Ann Lee <ann@example.org>\nTo: help@example.com\n" + groupFields("example.com"), channels.NaturePerson, ""},
		{"through our alias as a group", strings.Replace(world, "ann@example.org", "bob@example.com", 1) + strings.ReplaceAll(groupFields("example.com"), "help@", "sales@"), channels.NaturePerson, ""},
		{"a machine, through our group", strings.Replace(world, "ann@", "noreply@", 1) + groupFields("example.com"), channels.NatureNotice, ""},
		{"somebody absent, through our group", world + "Auto-Submitted: auto-replied\n" + groupFields("example.com"), channels.NatureAutoReply, ""},

		{"a colleague to a list of the house", strings.Replace(world, "ann@example.org", "bob@example.com", 1) + groupFields("example.com"), channels.NatureList, ""},
		{"a list that we read", talk + "\nHello", channels.NatureList, "talk@lists.example.net"},
		{"a group that we read", "From: ann@example.org\nTo: help@example.net\n" + groupFields("example.net"), channels.NatureList, "help@example.net"},
		{"a list that hides its address", "From: ann@example.org\nList-Id: <talk.example.net>\n\nHello", channels.NatureList, ""},
		{"a newsletter to us", direct + newsletter + "\nSale", channels.NatureList, ""},
		{"a newsletter that nobody may answer", direct + newsletter + "List-Post: NO\n\nSale", channels.NatureList, ""},
		{"a newsletter that looks like a group", direct + "X-Campaign: 5\n" + groupFields("example.net"), channels.NatureList, ""},
		{"a newsletter to our group", world + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\nFeedback-ID: 1:2:3:mc\n" + groupFields("example.com"), channels.NatureList, ""},
		{"bulk to our group", world + "Precedence: bulk\n" + groupFields("example.com"), channels.NatureList, ""},
		{"a machine to us, by a list", strings.Replace(direct, "ann@", "no-reply@", 1) + "List-Id: <repository.example.net>\n\nMerged", channels.NatureList, ""},
		{"mail of our own hoster", "From: news@example.com\nTo: all@example.com\nList-Id: <news.example.com>\n\nNews", channels.NatureList, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := load(t, tt.mail)
			m.Own, m.Home = []string{"us@example.com", "sales@example.com"}, []string{"example.com"}
			if group := report.Group(m); group != tt.group {
				t.Errorf("the group is %q, not %q", group, tt.group)
			}
			if got := report.Judge(m).Nature; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestWriter(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ mail, want string }{
		"themselves":           {"From: Ann <ann@example.org>\nReply-To: office@example.org\n\nx", "ann@example.org"},
		"by a list as it is":   {"From: Ann <ann@example.org>\nReply-To: help@example.com\n" + groupFields("example.com"), "ann@example.org"},
		"in a group's name":    {"From: \"'Ann' via Help\" <help@example.com>\nX-Original-From: Ann <ann@example.org>\nReply-To: office@example.org\n" + groupFields("example.com"), "ann@example.org"},
		"in a list's name":     {"From: Ann via Talk <talk@lists.example.com>\nReply-To: Ann <ann@example.org>\nList-Post: <mailto:Talk@lists.example.com?subject=x>\n\nx", "ann@example.org"},
		"in our alias's name":  {"From: Ann via Shop <shop@hoster.example>\nReply-To: Ann <ann@example.org>\nList-Post: <mailto:shop@hoster.example>\n\nx", "ann@example.org"},
		"in a neighbour's":     {"From: Bob <bob@hoster.example>\nX-Original-From: ann@example.org\nList-Post: <mailto:bob@hoster.example>\n\nx", "bob@hoster.example"},
		"in a stranger's":      {"From: Bob <bob@example.net>\nX-Original-From: ann@example.org\nMailing-List: list help@example.com\nList-Post: <mailto:bob@example.net>\n\nx", "bob@example.net"},
		"the list itself":      {"From: Help <help@example.com>\n" + groupFields("example.com"), "help@example.com"},
		"a claim without list": {"From: Bob <bob@example.net>\nX-Original-From: ann@example.org\n\nx", "bob@example.net"},
	} {
		m := load(t, tt.mail)
		m.Own, m.Home = []string{"us@example.com", "shop@hoster.example"}, []string{"example.com"}
		if got := report.Writer(m); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestOurList(t *testing.T) {
	t.Parallel()
	m := load(t, "From: Ann <ann@example.org>\n"+groupFields("example.com"))
	m.Own, m.Home = []string{"desk@example.com"}, []string{"example.com"}
	if got := report.OurList(m); !slices.Contains(got, "help@example.com") {
		t.Errorf("our group has the addresses %q", got)
	}
	m.Home = nil // others have addresses in the domain as well
	if got := report.OurList(m); got != nil {
		t.Errorf("a group of the same hoster is ours, at %q", got)
	}
	m.Own, m.Home = []string{"desk@example.net"}, []string{"example.net"}
	if got := report.OurList(m); got != nil {
		t.Errorf("another's group is ours, at %q", got)
	}
}

// FuzzList has anything in the fields of lists and of the trace.
func FuzzList(f *testing.F) {
	f.Add("Talk <talk.example.com>", "<https://x>, <mailto:talk@example.com?subject=x>", "list talk@example.com; contact x", "from x by mx.example.com (y) with ESMTP; now", "mx.example.com; dmarc=fail")
	f.Add("<", "mailto:", "@", "by 2002:a05 with SMTP", "(((")
	f.Fuzz(func(t *testing.T, id, post, named, received, results string) {
		m := report.Mail{Fields: []report.Field{
			{Name: "Received", Value: received}, {Name: "Authentication-Results", Value: results}, {Name: "Received", Value: received},
			{Name: "From", Value: "Ann <ann@example.org>"}, {Name: "To", Value: named},
			{Name: "List-Id", Value: id}, {Name: "List-Post", Value: post}, {Name: "Mailing-List", Value: named},
		}}
		if got := report.OurList(m); got != nil {
			t.Errorf("a list is ours at %q, and we have no address", got)
		}
		if got := report.Judge(m).Nature; got != channels.NatureList {
			t.Errorf("a list's mail to nobody we know is of %q", got)
		}
		if got := report.Writer(m); got != "ann@example.org" {
			t.Errorf("written by %q", got)
		}
		if group := report.Group(m); len(group) > 320 || strings.ContainsAny(group, " \r\n<>") {
			t.Errorf("the group is %q", group)
		}
		m.Own, m.Home = []string{"us@example.com"}, []string{"example.com"}
		report.Judge(m)
		report.AnswerTo(m)
		report.Authentication(m, nil)
		if report.Vouched(m, nil) {
			t.Error("a server that nobody named vouches")
		}
	})
}
