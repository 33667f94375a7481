package report

import (
	"regexp"
	"slices"
	"strings"
)

// receivingResults are what the server that took a mail in found, told by the trace that it
// left: the Received fields on top, up to the first that somebody else wrote, since each
// server puts its own above what it got. What stands below that one anybody may have
// written. Above it a sender's own relay may have left its results as well; those bear
// another name than the server.
//
// This serves warnings alone. Whoever has a name at the same hoster as the receiving server
// could pass for it, and with that add a warning to mail of their own or keep one away.
func receivingResults(m Mail) (r results, found bool) {
	house, server := "", "" // the receiving organisation, and the name that it checks under
	var onTop []authResults // above all Received fields: of the very last server
	for _, f := range m.Fields {
		switch {
		case strings.EqualFold(f.Name, "Received"):
			for _, a := range onTop {
				if !found || a.server == server {
					found, server = true, a.server
					r.add(a.methods)
				}
			}
			if found {
				return r, true
			}
			by, handedOn := receivedBy(f.Value)
			switch {
			case by == "" && handedOn && house == "": // from one of its machines to another
			case by == "", house != "" && !sameHouse(by, house):
				return results{}, false
			case house == "":
				house = by
			}
		case strings.EqualFold(f.Name, "Authentication-Results"):
			a, ok := parseResults(f.Value)
			switch {
			case !ok || found && a.server != server:
			case house == "":
				onTop = append(onTop, a)
			case a.server == "" && sameHouse(outlook, house), a.server != "" && sameHouse(a.server, house):
				found, server = true, a.server
				r.add(a.methods)
			}
		}
	}
	return r, found
}

var (
	byClause   = regexp.MustCompile(`(?i)(?:^|\s)by\s+([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]+)\.?(?:[\s;]|$)`)
	fromClause = regexp.MustCompile(`(?i)^\s*from\s`)
)

// receivedBy is the organisation of the server that wrote a Received field, "" where it
// gives no name; handedOn tells that it does not say from whom, as within one house.
func receivedBy(value string) (by string, handedOn bool) {
	value = withoutComments(value[:min(len(value), maxResults)])
	if found := byClause.FindStringSubmatch(value); found != nil {
		by = organisation(found[1])
	}
	return by, !fromClause.MatchString(value)
}

// withoutComments leaves the comments of a field out: what is in them is often a stranger's.
func withoutComments(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '(' {
			out.WriteByte(s[i])
			continue
		}
		out.WriteByte(' ')
		i = skipComment(s, i)
	}
	return out.String()
}

// organisation is the domain that a host belongs to: its last two labels, or three where
// the second is a country's own ("co.uk", "com.ru").
func organisation(host string) string {
	labels := strings.Split(strings.ToLower(strings.Trim(host, ".")), ".")
	n := len(labels)
	if n > 2 && len(labels[n-1]) == 2 && slices.Contains([]string{"co", "com", "net", "org", "ac", "gov", "edu"}, labels[n-2]) {
		return strings.Join(labels[n-3:], ".")
	}
	return strings.Join(labels[max(0, n-2):], ".")
}

// houses are the names of organisations that receive under one and check under another.
var houses = [][]string{
	{"mail.ru", "smailru.net"},
	{"yandex.ru", "yandex.net", "yandex.com"},
	{"outlook.com", "office365.com", "microsoft.com"},
	{"google.com", "gmail.com", "googlemail.com"},
	{"yahoo.com", "yahoodns.net"},
	{"icloud.com", "apple.com", "me.com", "mac.com"},
}

// sameHouse reports whether a host belongs to an organisation.
func sameHouse(host, house string) bool {
	host = organisation(host)
	if host == house {
		return true
	}
	return slices.ContainsFunc(houses, func(names []string) bool { return slices.Contains(names, host) && slices.Contains(names, house) })
}
