package quote

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bounds on a line that introduces a quote: mailers wrap it, but not without end.
const (
	maxIntroLines = 5
	maxIntroBytes = 500
)

// closing are the verbs that end an introduction, before its colon.
const closing = `wrote|writes|a écrit|escribió|escribio|escreveu|ha scritto|schrieb|schreef|geschreven|skrev|` +
	`napisał|napisała|napisał\(a\)|pisze|napsal|napsala|napsal\(a\)|napísal\(a\)|` +
	`написал|написала|написал\(а\)|написал\(a\)|пишет|писал|писала|писали|пише|написав|написала|написав\(ла\)|` +
	`написа|је написао/ла|kirjoitti|yazdı|şunu yazdı|şunları yazdı|ezt írta|írta|a scris|va escriure|ha escrit|` +
	`đã viết|menulis|έγραψε|כתב|כתבה|كتب|rašė|rakstīja|kirjutas|写道|寫道|写到|撰寫|のメール|님이 작성|` +
	`書きました|napisao je|je napisao/la|je napisal/a`

// middle are the verbs after which the name follows.
const middle = `schrieb|schreef|skrev|heeft|ezt írta|yazan`

var (
	closed = regexp.MustCompile(`(?i)(?:^|[\s>"'”»)\]:,;]|\pL)(?:` + closing + `)(?:\s?\((?:a|la|ла|а)\))?\s*[:：]$`)
	within = regexp.MustCompile(`(?i)(?:^|[\s>"])(?:` + middle + `)\s`)

	// dated finds a date or a time of day, in any of the ways mailers write them.
	dated   = regexp.MustCompile(`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.h]\d{2}|\d{1,2}\D.{0,25}(?:19|20)\d\d|\d ?年`)
	timed   = regexp.MustCompile(`\d{1,2}[:.]\d{2}`)
	mailed  = regexp.MustCompile(`[^\s<>"]@[^\s<>"]`)
	starter = regexp.MustCompile(`(?i)^(?:on|at|le|el|em|am|op|il|in data|dnia|w dniu|den|dne|dňa|в|вы писали|пн|вт|ср|чт|пт|сб|вс|pe|la data|tarihinde|на|në|le|` +
		`mon|tue|wed|thu|fri|sat|sun|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|在|於|于)[\s,.0-9]`)

	// The forms without a verb: a date, a name and an address.
	byAddress = regexp.MustCompile(`(?i)^(?:\pL{2,14}\.?,? ?)?\d{1,4}[./ 年-].{0,160}<[^<>\s]+@[^<>\s]+>\s*:?$`)
	byColon   = regexp.MustCompile(`(?i)^(?:\pL{2,14}\.?,? )?(?:\d{1,2}:\d\d, )?\d{1,4}[./ -].{0,200}(?:от|from|від|von|de)\s.{1,120}[:：]$`)
	byBat     = regexp.MustCompile(`(?i)^(?:вы писали|вы писали мне|ви писали|sie schrieben|you wrote) .{0,80}\d[:：]$`)
	byZone    = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d \S.{0,100}$`)

	// ruledIntro is an introduction drawn between dashes: "---- On ... wrote ----".
	ruledIntro = regexp.MustCompile(`(?i)^-{2,}\s.*\s(?:` + closing + `)\s*[:：]?\s*-{2,}$`)
)

// introductionAt reports of how many lines the introduction of a quote that starts at line
// i consists; 0 means that none does.
func introductionAt(lines []string, i int) int {
	first := plain(lines[i])
	if !mayIntroduce(first) || arrow(lines[i]) {
		return 0
	}
	joined := ""
	for n := 0; n < maxIntroLines && i+n < len(lines); n++ {
		l := plain(lines[i+n])
		if l == "" {
			// Only an address may stand apart from the name it belongs to.
			if n == 0 || i+n+1 >= len(lines) || !strings.HasPrefix(strings.TrimSpace(lines[i+n+1]), "<") {
				return 0
			}
			continue
		}
		if n > 0 {
			joined += " "
		}
		if joined += l; len(joined) > maxIntroBytes {
			return 0
		}
		if introduces(joined, n == 0) {
			return n + 1
		}
		if n == 0 && !continues(first) {
			return 0
		}
	}
	return 0
}

// spaces are those that French and others put before a colon.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u200e", "", "\u200f", "")

func plain(line string) string {
	if len(line) > maxIntroBytes {
		return line
	}
	return strings.TrimSpace(spaces.Replace(line))
}

// mayIntroduce is the cheap test that spares most lines the others.
func mayIntroduce(line string) bool {
	return len(line) <= maxIntroBytes && (strings.ContainsAny(line, "0123456789@")) && utf8.RuneCountInString(line) >= 6
}

// continues reports whether a line may be the first of a wrapped introduction.
func continues(line string) bool {
	if strings.HasSuffix(line, ":") {
		return false
	}
	if starter.MatchString(line) || line[0] >= '0' && line[0] <= '9' {
		return dated.MatchString(line)
	}
	return strings.Contains(line, "<") && (mailed.MatchString(line) || strings.HasSuffix(line, "<"))
}

// introduces reports whether s, an introduction's lines joined, is a whole one.
func introduces(s string, single bool) bool {
	if ruledIntro.MatchString(s) {
		return dated.MatchString(s)
	}
	s = strings.Trim(s, "*_ -")
	if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
		facts := dated.MatchString(s) || mailed.MatchString(s)
		switch {
		case closed.MatchString(s) && facts:
			return true
		case within.MatchString(s) && (timed.MatchString(s) || mailed.MatchString(s)):
			return true
		case byBat.MatchString(s) && facts:
			return true
		case byColon.MatchString(s) && timed.MatchString(s) && mailed.MatchString(s):
			return true
		}
	}
	if byAddress.MatchString(s) && dated.MatchString(s) {
		return true
	}
	return single && byZone.MatchString(s)
}
