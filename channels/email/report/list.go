package report

import (
	"regexp"
	"slices"
	"strings"
)

// list reports whether a mail went to many and we are merely one of them: bulk, a
// newsletter, or what others write to a mailing list. The fields of a list (RFC 2919, RFC
// 2369) alone do not tell: people write to us from behind lists of their own, and a help
// desk's address is often a group with us as its member.
func list(m Mail) bool {
	switch {
	case bulk(m):
		return true
	case !listed(m), len(OurList(m)) > 0:
		return false
	case m.submitted() != "", unattended(m.author()):
		return true // no person, and so nobody whom we could miss
	case m.has("List-Unsubscribe") && !discussed(m):
		return true // a newsletter: one can leave it, but not write to it
	}
	return !addressed(m)
}

// listed reports whether the mail came through a mailing list.
func listed(m Mail) bool {
	return m.precedence() == "list" || m.has("List-Id", "List-Post", "Mailing-List", "X-Mailing-List", "X-Google-Group-Id")
}

// discussed reports whether people write to the list, as to a group; to a newsletter they
// cannot ("List-Post: NO", or none at all).
func discussed(m Mail) bool {
	return m.has("X-Google-Group-Id", "Mailing-List", "X-Mailing-List") || strings.Contains(strings.ToLower(m.first("List-Post")), "mailto:")
}

// bulk reports whether the same mail went to many.
func bulk(m Mail) bool {
	switch m.precedence() {
	case "bulk", "junk":
		return true
	}
	campaign := m.has("X-Campaign", "X-CampaignID", "X-Campaign-ID", "X-MC-User", "X-CSA-Complaints")
	oneClick, loop := m.has("List-Unsubscribe-Post"), m.has("Feedback-ID")
	if discussed(m) {
		// The way out is then that of the group, and Feedback-ID stands also on what web
		// forms send.
		return campaign || oneClick && loop
	}
	return m.has("List-Unsubscribe") && (campaign || oneClick || loop || m.has("X-Mailgun-Tag"))
}

// addressed reports whether the author wrote to us by name.
func addressed(m Mail) bool {
	for _, name := range []string{"To", "Cc"} {
		if slices.ContainsFunc(addressesIn(m.values(name)), func(at string) bool { return among(at, m.Own) }) {
			return true
		}
	}
	return false
}

// OurList returns the addresses of the list that a mail came through, where it is a group
// that brings us what the world writes to us: it has one of our addresses, or one in a
// domain of ours while the author is from elsewhere. What colleagues write to a list of
// the house is not for us alone.
func OurList(m Mail) []string {
	if !listed(m) {
		return nil
	}
	posts := listAddresses(m)
	if slices.ContainsFunc(posts, func(at string) bool { return among(at, m.Own) }) {
		return posts
	}
	author := domainOf(Writer(m))
	homes := []string{listDomain(m)}
	for _, at := range posts {
		homes = append(homes, domainOf(at))
	}
	for _, ours := range m.Home {
		if author != "" && !aligned(author, ours) && slices.ContainsFunc(homes, func(home string) bool { return aligned(home, ours) }) {
			return posts
		}
	}
	return nil
}

// Group is the address of a list that a person wrote to and that is none of ours as far as we
// know, "" when a mail came through none: it would be ours if somebody said so. What
// colleagues write to a list of the house is not meant.
func Group(m Mail) string {
	if bulk(m) || !listed(m) || !discussed(m) || len(OurList(m)) > 0 || m.submitted() != "" || unattended(m.author()) || addressed(m) {
		return ""
	}
	colleague := func(home string) bool { return aligned(domainOf(m.author()), home) }
	posts := listAddresses(m)
	if len(posts) == 0 || len(posts[0]) > maxAddress || slices.ContainsFunc(m.Home, colleague) {
		return ""
	}
	return posts[0]
}

// maxAddress is the longest address (RFC 5321).
const maxAddress = 320

// Writer is the address of whoever wrote a mail. Lists put their own address in From where
// the author's domain forbids others to send in its name (DMARC); they keep the author's
// in X-Original-From or Reply-To. Only a list of our own is believed: what servers know of
// From would else vouch for whatever name somebody's "list" puts there.
func Writer(m Mail) string {
	from := m.author()
	if !among(from, m.Own) && !slices.ContainsFunc(m.Home, func(home string) bool { return aligned(domainOf(from), home) }) {
		return from
	}
	if !listed(m) || !slices.ContainsFunc(listAddresses(m), func(at string) bool { return strings.EqualFold(at, from) }) {
		return from
	}
	for _, name := range []string{"X-Original-From", "Reply-To", "X-Original-Sender"} {
		if at := addressIn(m.first(name)); at != "" && !strings.EqualFold(at, from) {
			return at
		}
	}
	return from
}

// postTo finds the address in "<mailto:talk@example.org?subject=x>".
var postTo = regexp.MustCompile(`(?i)mailto:([^\s<>()\[\]",;:@\\?]+@[^\s<>()\[\]",;:@\\?]+)`)

// listAddresses are those to which one writes to the list.
func listAddresses(m Mail) []string {
	named, _, _ := strings.Cut(m.first("Mailing-List"), ";") // "list talk@example.org; contact …"
	found := addressesIn([]string{named, m.first("X-Mailing-List")})
	if post := postTo.FindStringSubmatch(m.first("List-Post")); post != nil {
		found = append(found, post[1])
	}
	return found
}

// listDomain is the domain in "Talk <talk.example.org>" (RFC 2919).
func listDomain(m Mail) string {
	id := m.first("List-Id")
	if open := strings.LastIndexByte(id, '<'); open >= 0 {
		id, _, _ = strings.Cut(id[open+1:], ">")
	}
	return strings.ToLower(strings.Trim(id, ". "))
}

// maxAddresses is how many addresses of one field are looked at.
const maxAddresses = 500

func addressesIn(values []string) (found []string) {
	for _, v := range values {
		for _, at := range address.FindAllString(v[:min(len(v), maxText)], maxAddresses) {
			found = append(found, strings.TrimRight(at, ".'"))
		}
	}
	return found
}

func domainOf(at string) string {
	_, domain, _ := strings.Cut(at, "@")
	return strings.ToLower(strings.TrimRight(domain, "."))
}
