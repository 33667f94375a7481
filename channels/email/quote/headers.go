package quote

import (
	"regexp"
	"strings"
)

// field is what a line of a mail's repeated header says.
type field uint8

const (
	noField field = 1 << iota >> 1
	fromField
	dateField
	toField
	subjectField
	otherField
)

// labels are the names of header fields in the languages of the mailers that repeat a
// mail's header above its text.
var labels = map[string]field{
	"from": fromField, "von": fromField, "de": fromField, "da": fromField, "van": fromField, "från": fromField,
	"fra": fromField, "od": fromField, "от": fromField, "від": fromField, "отправитель": fromField, "от кого": fromField,
	"lähettäjä": fromField, "gönderen": fromField, "kimden": fromField, "发件人": fromField, "寄件者": fromField,
	"差出人": fromField, "보낸 사람": fromField, "od koho": fromField, "expéditeur": fromField, "feladó": fromField, "absender": fromField,
	"saatja": fromField, "no": fromField, "nuo": fromField, "remitente": fromField, "mittente": fromField, "מאת": fromField,

	"sent": dateField, "date": dateField, "gesendet": dateField, "datum": dateField, "envoyé": dateField, "envoyé le": dateField,
	"enviado": dateField, "enviado el": dateField, "enviada em": dateField, "enviado em": dateField, "fecha": dateField, "data": dateField, "inviato": dateField,
	"verzonden": dateField, "skickat": dateField, "sendt": dateField, "dato": dateField, "wysłano": dateField,
	"отправлено": dateField, "дата": dateField, "надіслано": dateField, "дата отправки": dateField, "lähetetty": dateField,
	"gönderildi": dateField, "tarih": dateField, "发送时间": dateField, "日期": dateField, "寄件日期": dateField, "送信日時": dateField,
	"日時": dateField, "보낸 날짜": dateField, "odesláno": dateField, "odoslané": dateField, "elküldve": dateField, "päivämäärä": dateField,

	"to": toField, "an": toField, "à": toField, "para": toField, "a": toField, "aan": toField, "till": toField,
	"til": toField, "do": toField, "кому": toField, "получатель": toField, "vastaanottaja": toField, "kime": toField,
	"收件人": toField, "收件者": toField, "宛先": toField, "받는 사람": toField, "komu": toField, "pro": toField, "címzett": toField, "destinataire": toField,

	"subject": subjectField, "betreff": subjectField, "objet": subjectField, "asunto": subjectField, "oggetto": subjectField,
	"assunto": subjectField, "onderwerp": subjectField, "ämne": subjectField, "emne": subjectField, "temat": subjectField,
	"тема": subjectField, "aihe": subjectField, "konu": subjectField, "主题": subjectField, "主旨": subjectField, "件名": subjectField,
	"제목": subjectField, "předmět": subjectField, "predmet": subjectField, "tárgy": subjectField, "נושא": subjectField,

	"cc": otherField, "bcc": otherField, "копия": otherField, "копія": otherField, "kopia": otherField, "kopie": otherField,
	"抄送": otherField, "副本": otherField, "reply-to": otherField, "risposta": otherField, "rispondi a": otherField, "organization": otherField,
	"importance": otherField, "важность": otherField, "antwort an": otherField, "répondre à": otherField, "responder a": otherField,
	"attachments": otherField, "вложения": otherField,
}

// maxHeaderLines bounds how far down a repeated header is looked for; values are wrapped.
const maxHeaderLines = 12

// headerBlockAt reports whether a repeated header starts at line i: at least an author and
// a subject, or an author, a date and a receiver with an address among them. A form that
// somebody filled in ("From: Moscow, To: Berlin") is none.
func headerBlockAt(lines []string, i int) bool {
	b := blockAt(lines, i)
	switch {
	case b.seen&fromField == 0:
		return false
	case b.seen&subjectField != 0:
		return b.count >= 3 || b.address && b.seen&otherField != 0
	}
	return b.count >= 3 && b.address
}

// block is what a repeated header holds.
type block struct {
	seen    field // all fields
	count   int   // different ones, without the minor
	address bool
}

func blockAt(lines []string, i int) (b block) {
	if first, _ := labelled(lines[i]); first == noField || first == otherField {
		return block{}
	}
	gaps := 0
	for n := 0; n < maxHeaderLines && i+n < len(lines); n++ {
		l := lines[i+n]
		if blank(l) {
			if gaps++; gaps > 1 && b.count < 2 || gaps > 4 {
				break
			}
			continue
		}
		f, value := labelled(l)
		if f == noField {
			if n > 0 && blank(lines[i+n-1]) {
				break // the text below
			}
			continue // a wrapped value
		}
		if f != otherField && b.seen&f == 0 {
			b.count++
		}
		b.seen |= f
		b.address = b.address || strings.Contains(value, "@")
	}
	return b
}

// labelled takes a line apart into the header field it repeats and its value.
func labelled(line string) (field, string) {
	s := strings.TrimLeft(line, " \t*_>")
	at := strings.IndexAny(s, ":：")
	if at <= 0 || at > 40 {
		return noField, ""
	}
	name := strings.ToLower(strings.TrimRight(s[:at], " \t*_\u00a0"))
	f := labels[name]
	if f == noField {
		return noField, ""
	}
	return f, s[at:]
}

// notes are the words for a mail in the lines that mailers draw above a repeated one.
const notes = `message|messages|e-mail|email|mail|nachricht|mensaje|messaggio|mensagem|bericht|wiadomość|wiadomosc|meddelande|` +
	`melding|meddelelse|besked|viesti|iletisi|ileti|mesaj|сообщение|сообщения|письмо|письма|повідомлення|лист|` +
	`邮件|郵件|メッセージ|메시지|zpráva|správa|üzenet`

var (
	between   = regexp.MustCompile(`(?i)^[ \t*]*[-_=–—]{3,}[ ]?(?:\S+ ){0,4}\S*(?:` + notes + `)(?: \S+){0,3}[ ]?[-_=–—]{3,}[ \t*]*$`)
	forwarded = regexp.MustCompile(`(?i)^\s*(?:begin forwarded message|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten (?:nachricht|e-mail)|` +
		`inicio del mensaje reenviado|inizio messaggio inoltrato|начало (?:переадресованного|пересылаемого) сообщения|` +
		`початок переадресованого повідомлення|doorgestuurd bericht|videresendt melding|vidarebefordrat brev)\s*:\s*$`)
)

// originalMark reports whether a line announces a whole other mail.
func originalMark(line string) bool {
	return len(line) <= 200 && (between.MatchString(line) || forwarded.MatchString(line))
}
