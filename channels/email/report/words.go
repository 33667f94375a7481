package report

import (
	"regexp"
	"strings"
)

// failing are the ways to say that a mail was not delivered.
var failing = regexp.MustCompile(`(?i)undeliver|not (?:be )?deliver|non[- ]?deliver|deliver\S* (?:has )?fail|fail\S* to deliver|unable to deliver|` +
	`wasn't able to deliver|error (?:while )?(?:trying to )?deliver|deliver\S*.{0,40}(?:permanent|error|problem|trouble)|trouble delivering|error sending your mail|returned mail|mail system error|` +
	`mail(?: delivery)? fail|message delivery|failed permanently|failure notice|permanent(?:ly)? (?:error|fail|fatal)|did not reach|could not be (?:sent|delivered)|` +
	`was not delivered|no valid recipients|(?:were|was) (?:rejected|unable)|rejected by|attempting to deliver|failed \d+ attempts|delivery status notification \(failure\)|mailbox is full|user unknown|unknown user|mailbox exceeds|` +
	`не (?:может быть |было |был )?доставлен|не удалось доставить|невозможно доставить|ошибка доставки|недоставлен|` +
	`unzustellbar|nicht zugestellt|konnte nicht|non remis|échec de (?:la )?remise|no se (?:pudo|ha podido) entregar|no entregado|não (?:foi|pôde ser) entregue|` +
	`mancata consegna|non recapit|送信できませんでした|配信できませんでした|エラーメール|退信|无法投递|failed recipients|failure reasons`)

// groupRefusal: Google Groups answers in the writer's language; what is constant is where
// it sends them for help.
const groupRefusal = "groups.google.com/support"

// failed reports whether a mail system says that it gave up.
func failed(m Mail, body string) bool {
	if m.has("X-Failed-Recipients") || failing.MatchString(m.Subject) || failing.MatchString(body) {
		return true
	}
	if daemonName(m) && strings.Contains(body, groupRefusal) {
		return true
	}
	return codeIn(body).class() != 0 && transcript.MatchString(body)
}

// transcript matches what is left of a session with another server.
var transcript = regexp.MustCompile(`(?im)^\s*(?:<<<|>>>|sent <<<|received >>>|out: 5|error message below|remote host said|----- transcript of session)`)

var (
	// Where reports name a recipient: at the start of a line, with bullets or brackets
	// around, after a word that announces it, or behind the code that refused it.
	leads     = regexp.MustCompile(`^[\s*<>"'=.-]*(?:smtp;)?([^\s<>()\[\]",;:@\\]+@[^\s<>()\[\]",;:@\\]+)`)
	announced = regexp.MustCompile(`(?i)(?:\bto\b|rcpt to|recipients?(?: address)?|address|user|delivered to|mailbox|кому|получател\S+|errors?|full|size|attempts)\s*:?\s*[<"(]*([^\s<>()\[\]",;:@\\]+@[^\s<>()\[\]",;:@\\]+)`)
	answered  = regexp.MustCompile(`^\s*(?:<<< ?)?[45]\d\d[ -](?:[45]\.\d+\.\d+ )?<([^\s<>()\[\]",;:@\\]+@[^\s<>()\[\]",;:@\\]+)>`)
	// senders are the lines that name whoever wrote the mail, or whom to ask.
	senders = regexp.MustCompile(`(?i)mail from|^\s*from\b|sent by|sender|please contact|assistance|for help|reply-to|ask |support@|contact support|generated from|message-id`)
)

// textRecipients reads who was not reached, and why, out of a bounce that is written for
// people. There is always one: with no address when the text names none.
func textRecipients(m Mail, body string) []Recipient {
	wanted := failedHeader(m)
	known := make(map[string]string, len(wanted))
	for _, at := range wanted {
		known[strings.ToLower(at)] = at
	}
	var order []string
	words := map[string][]string{}
	current := ""
	var before []string
	for line := range strings.SplitSeq(body, "\n") {
		if at := recipientOn(line, known); at != "" {
			key := strings.ToLower(at)
			if _, seen := words[key]; !seen {
				if len(order) == maxRecipients {
					break
				}
				order = append(order, at)
			}
			current = key
		}
		if current == "" {
			before = append(before, line)
			continue
		}
		words[current] = append(words[current], line)
	}
	for _, at := range wanted {
		if _, seen := words[strings.ToLower(at)]; !seen && len(order) < maxRecipients {
			order = append(order, at)
		}
	}
	if len(order) == 0 {
		r := judgeWords(body)
		r.Address = originalRecipient(m)
		return []Recipient{r}
	}
	var out []Recipient
	preface := strings.Join(before, "\n")
	for _, at := range order {
		said := strings.Join(words[strings.ToLower(at)], "\n")
		r := judgeWords(said)
		if r.Code == "" && r.Outcome == Soft && len(order) == 1 {
			r = judgeWords(preface + "\n" + said)
		}
		r.Address = clip(at, 320)
		out = append(out, r)
	}
	return out
}

// judgeWords judges what is said of one recipient.
func judgeWords(s string) Recipient {
	c := codeIn(s)
	r := Recipient{Code: c.String(), Text: telling(s, c)}
	switch c.class() {
	case '5':
		r.Outcome = Hard
	case '4':
		r.Outcome = Soft
	default:
		r.Outcome = inWords(s)
	}
	return r
}

// telling is the line of s that says why.
func telling(s string, c code) string {
	first := ""
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if c.class() != 0 && strings.Contains(line, c.String()) || c.class() == 0 && (gone.MatchString(line) || passing.MatchString(line)) {
			return reason(line)
		}
		if first == "" {
			first = line
		}
	}
	return reason(first)
}

// failedHeader are the recipients that Exim and Gmail list in a header of their own.
func failedHeader(m Mail) []string {
	var out []string
	for _, v := range m.values("X-Failed-Recipients") {
		for a := range strings.SplitSeq(v, ",") {
			if at := addressIn(a); at != "" && len(out) < maxRecipients {
				out = append(out, at)
			}
		}
	}
	return out
}

// recipientOn is the recipient that a line of a bounce's text speaks of: one of those
// known, by their lower case, where any are.
func recipientOn(line string, known map[string]string) string {
	if len(line) > maxLine {
		line = line[:maxLine]
	}
	if !strings.Contains(line, "@") {
		return ""
	}
	if len(known) > 0 {
		for _, at := range address.FindAllString(strings.ToLower(line), maxRecipients) {
			if at = known[strings.Trim(at, "'*=-.")]; at != "" {
				return at
			}
		}
		return ""
	}
	if senders.MatchString(line) {
		return ""
	}
	for _, re := range []*regexp.Regexp{leads, answered, announced} {
		if found := re.FindStringSubmatch(line); found != nil {
			if at := strings.Trim(found[1], ".'"); !strings.HasPrefix(strings.ToLower(at), "postmaster@") {
				return at
			}
		}
	}
	return ""
}
