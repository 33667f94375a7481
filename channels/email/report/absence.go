package report

import (
	"regexp"
	"strings"
)

// Many programs, small ones above all, answer for somebody and mark it nowhere but in the
// subject. These are the subjects that leave no room for a person: all of it is the phrase,
// with dates perhaps, or what follows its colon is the subject that is answered.
var (
	automaticSubject = regexp.MustCompile(`(?i)^(?:автоответ|автоматический ответ|автоматическое (?:сообщение об отсутствии|уведомление об отсутствии)|automatic reply)` +
		`(?: на (?:ваше |ваш )?(?:письмо|сообщение|обращение|запрос))?(?:[.!]*$|:)`)
	absentWhole = regexp.MustCompile(`(?i)^(?:я )?(?:(?:сейчас|временно|пока) )?(?:` +
		`(?:нахожусь )?в (?:(?:ежегодном|очередном|декретном|учебном) )?отпуске|(?:нахожусь )?в командировке|` +
		`отсутствую(?: в офисе| на рабочем месте| на работе)?|(?:меня )?(?:(?:сейчас|временно) )?нет (?:в офисе|на рабочем месте)` +
		`)` + until + `(?:[.!]*$|:)`)
	outOfOffice = regexp.MustCompile(`(?i)^out of (?:the )?office` + until + `(?:[.!]*$|:)`)
)

// until are the dates of an absence: "с 1.07 по 14 июля 2026 г.".
const until = `(?:,? (?:с|до|по|from|until|till|to) \d{1,4}(?:[./-]\d{1,4}){0,2}(?: ?(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря))?(?: \d{4})?(?: ?г\.?| ?года)?){0,2}`

// saysAutomatic reports whether a subject alone shows that a machine answers. In doubt it
// does not: such a mail opens no conversation.
func saysAutomatic(subject string) bool {
	if len(subject) > 500 {
		return false
	}
	s := strings.Join(strings.Fields(subject), " ")
	return automaticSubject.MatchString(s) || absentWhole.MatchString(s) || outOfOffice.MatchString(s)
}
