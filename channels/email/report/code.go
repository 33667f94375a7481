package report

import "regexp"

// code is what a server answered: an SMTP reply, an enhanced status, or both.
type code struct {
	reply string // "550"
	text  string // "5.1.1"
}

var (
	// both: "550 5.1.1", "550-5.1.1", "550 #5.1.1"
	bothCodes = regexp.MustCompile(`(?:^|[^\d.])([45]\d\d)[ :-]{1,3}(?:[45]\d\d[ -])?#?([45]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.?$)`)
	// an enhanced status by itself, not a version or an IP address
	statusAlone = regexp.MustCompile(`(?:^|[\s(#:\[])([45]\.\d{1,3}\.\d{1,3})(?:[\s):,;\]<-]|\.?$)`)
	// a reply by itself, where replies stand: at the start, after a colon or a quote mark
	replyAlone = regexp.MustCompile(`(?m)(?:^[ \t>]*|said:?\s+|<<< ?|>>> |[:\[(] ?|with (?:failure|error)s?:? |reply:? |code:? |\] )([45]\d\d)(?:[ :-]\D|:? \d{0,2}\D|\s*$)`)
)

// codeIn finds the first code in a server's words.
func codeIn(s string) code {
	if m := bothCodes.FindStringSubmatch(s); m != nil {
		return code{reply: m[1], text: m[2]}
	}
	var c code
	if m := replyAlone.FindStringSubmatch(s); m != nil {
		c.reply = m[1]
	}
	if m := statusAlone.FindStringSubmatch(s); m != nil {
		c.text = m[1]
	}
	return c
}

// class is '4' or '5', or 0 when there is no code. Where the two disagree, the milder one
// counts: "554 4.4.7 Message expired".
func (c code) class() byte {
	switch {
	case c.reply == "" && c.text == "":
		return 0
	case c.reply != "" && c.reply[0] == '4', c.text != "" && c.text[0] == '4':
		return '4'
	}
	return '5'
}

func (c code) String() string {
	if c.text != "" {
		return c.text
	}
	return c.reply
}

var (
	// passing speaks of obstacles that pass.
	passing = regexp.MustCompile(`(?i)(?:mail ?(?:box|folder)|inbox|account|quota|storage|disk).{0,60}(?:is full|exceed|over|limit)|over ?quota|quota exceed|mailbox full|` +
		`exceed(?:s|ed)? .{0,40}(?:size|limit|quota)|size limit|retry timeout|time(?:d)?[ -]?out|not responding|in the queue too long|failing for a long time|` +
		`could not deliver for the last|temporar|try again later|connection refused|unreachable|not reachable|` +
		`переполнен|превышен|истекло время|временн`)
	// gone speaks of addresses that do not exist.
	gone = regexp.MustCompile(`(?i)(?:user|recipient|mailbox|address|account|host|domain|local part)s?(?: name)?(?: is| was| has been)?(?:n't| not)? (?:unknown|not (?:found|exist|recogni[sz]ed|listed|known|valid)|recogni[sz]ed|disabled|discontinued|inactive|suspended|deactivated|locked|closed)|` +
		`unknown (?:user|recipient|host|address|account|domain|mailbox|local)|no such (?:user|recipient|domain|host|mailbox|address|account|person)|(?:user|account)(?:\(s\))? account is disabled|` +
		`(?:does not|doesn't|do not|did not|no longer) (?:exist|have an? )|not listed in|no mailbox (?:here )?by that name|invalid (?:address|recipient|user|mailbox)|malformed address|` +
		`(?:couldn't|could not) find a(?:ny)? (?:mail exchanger|host)|no valid recipients|(?:wasn|was no|were no)['’]?t found|account (?:is|has been) (?:locked|disabled|closed|discontinued)|` +
		`no smtp service|rejected (?:recipient|by the domain filter)|user not exist|host unknown|address not found|` +
		`не существует|не найден|несуществующ|неизвестный (?:получатель|адрес|пользователь)|заблокирован|` +
		`ディレクトリのリストにありません|存在しません|見つかりません|見つからない`)
)

// inWords judges a reason that has no code. In doubt a failure is soft.
func inWords(s string) Outcome {
	if gone.MatchString(s) && !passing.MatchString(s) {
		return Hard
	}
	return Soft
}
