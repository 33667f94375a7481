package quote

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dashes reports whether a line is the customary start of a signature (RFC 3676, 4.3), with
// or without its trailing blank.
func dashes(line string) bool {
	switch strings.TrimRight(line, " \t\u00a0") {
	case "--", "—", "–", "- -":
		return true
	}
	return false
}

// ruled reports whether a line only draws something.
func ruled(line string) bool {
	s := strings.TrimSpace(line)
	if s == "ᐧ" { // left by a tracking add-on
		return true
	}
	n := 0
	for _, r := range s {
		if !strings.ContainsRune("-_=*#~+–—", r) {
			return false
		}
		n++
	}
	return n >= 3
}

// gadgets are the things that mail is sent from. The word is looked for before the first
// comma or full stop: "Sent from my desk, which beats a phone" is a sentence.
const gadgets = `iphone|ipad|ipod|android|blackberry|galaxy|samsung|huawei|honor|xiaomi|redmi|nokia|htc|pixel|oneplus|` +
	`handset|handheld|smartphone|phone|cell|mobile|tablet|device|outlook|windows|mailbox|airmail|spark|yahoo|aol|` +
	`gmail|thunderbird|k-9|proton|mail|sparrow|телефон|смартфон|планшет|мобильн|почт|мобільн|пристро|устройств`

var (
	sentFrom = regexp.MustCompile(`(?i)^[<(\[*_\s]*(?:sent (?:from|via|with|by|using)|from my|shared from|` +
		`отправлено (?:с|со|из|от|через|при помощи)|послано с|надіслано (?:з|із|за допомогою)|` +
		`envoyé (?:depuis|de|à partir de|avec)|von mein(?:em|er)|gesendet (?:von|mit|aus)|enviado (?:desde|do|de|a partir do|via)|` +
		`inviato (?:da|dal|con)|verzonden (?:vanaf|van|met|via)|verstuurd vanaf|sendt fra|skickat från|skickades från|` +
		`wysłane? (?:z|ze)|wysłano z|odesláno z|odoslané z|lähetetty|gönderildi|trimis de pe|poslano z|enviat des|` +
		`diese nachricht wurde von mein|此邮件从|发自我的|发送自|從我的|iphoneから|자 iphone)`)
	gadget   = regexp.MustCompile(`(?i)(?:` + gadgets + `)`)
	getApp   = regexp.MustCompile(`(?i)^\s*(?:get|télécharger|holen sie sich|obtener|скачать|получить)\s+\[?outlook (?:for|pour|für|para|для) `)
	moved    = regexp.MustCompile(`(?i)^\S+ from mobile$|^via mobile$`)
	received = regexp.MustCompile(`^從我的 .{1,30} 傳送$|^发自我的\s?.{1,40}$|^iPhoneから送信$|^나의 .{1,20}에서 보냄$`)

	// legal notices that servers append below everything.
	legal = regexp.MustCompile(`(?i)intended recipient|are (?:strictly )?confidential|is confidential|may contain confidential|` +
		`contain confidential|конфиденциальн|предназначен[оы]? (?:только|исключительно)|vertrauliche|ausschließlich für den|` +
		`please consider the environment|подумайте об окружающей среде|scanned (?:by|for) virus|virus-free|проверено на вирусы|не содержит вирусов`)
)

// minLegal is the length from which on a line that speaks of secrecy is a notice, not a
// remark of the author.
const minLegal = 60

// footed reports whether a line was appended by a program or gadget.
func footed(line string) bool {
	if len(line) > 2000 {
		return false
	}
	s := strings.TrimSpace(line)
	switch {
	case getApp.MatchString(s), moved.MatchString(s), received.MatchString(s):
		return true
	case sentFrom.MatchString(s):
		return sentence(s)
	}
	return utf8.RuneCountInString(s) >= minLegal && legal.MatchString(s)
}

// sentence reports whether a line that starts like "Sent from" goes on like a footer: it
// names a gadget before its first stop, or is short and without any.
func sentence(s string) bool {
	head := s
	if at := strings.IndexAny(s, ",;.!?"); at >= 0 {
		head = s[:at]
	}
	if gadget.MatchString(head) {
		return true
	}
	return head == s && len(strings.Fields(s)) <= 7
}

// name matches a name signed with one hyphen: "-Ann Lee".
var name = regexp.MustCompile(`^-\p{Lu}\pL+(?: \p{Lu}\pL+){0,2}$`)

// signedOff reports whether line i is a name signed with a hyphen that stands alone.
func (p *page) signedOff(i int) bool {
	l := strings.TrimRightFunc(p.lines[i], unicode.IsSpace)
	return i > 1 && len(l) <= 60 && blank(p.lines[i-1]) && name.MatchString(l)
}
