package quote_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels/email/quote"
)

// whole fails the test unless fresh and rest hold every line of mail, each in its order.
func whole(t *testing.T, mail, fresh, rest string) {
	t.Helper()
	have := append(words(fresh), words(rest)...)
	want := words(mail)
	if len(want) > 0 && len(words(fresh)) == 0 {
		t.Errorf("nothing is left of %q", short(mail))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("lines were lost or doubled:\n%q\n%q\nof\n%q", short(fresh), short(rest), short(mail))
	}
}

// words are the lines of a text that are not blank.
func words(s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func TestSplit(t *testing.T) {
	t.Parallel()
	history := "\n\n> Hello\n> World"
	tests := []struct{ name, mail, fresh string }{
		{"nothing", "", ""},
		{"blank", " \n\n", ""},
		{"plain", "Hello\n\nWorld\n", "Hello\n\nWorld"},
		{"line ends", "Hello\r\nWorld\rAgain\r\n", "Hello\nWorld\nAgain"},
		{"only quotes", "> one\n> two", "> one\n> two"},
		{"only an introduced quote", "On 2 Feb 2024, at 10:00, Ann wrote:\n\n> one", "On 2 Feb 2024, at 10:00, Ann wrote:\n\n> one"},
		{"only a signature", "-- \nAnn", "-- \nAnn"},
		{"only a footer", "Sent from my iPhone", "Sent from my iPhone"},
		{"forward without a word", "---------- Forwarded message ---------\nFrom: A <a@b.c>\nSubject: x\nTo: b\n\nText",
			"---------- Forwarded message ---------\nFrom: A <a@b.c>\nSubject: x\nTo: b\n\nText"},

		{"english", "Yes.\n\nOn Mon, 5 Feb 2024 at 10:00, Ann Lee <ann@example.org> wrote:" + history, "Yes."},
		{"english, wrapped", "Yes.\n\nOn Mon, 5 Feb 2024 at 10:00, Ann Lee\n<ann@example.org>\nwrote:" + history, "Yes."},
		{"russian gmail", "Да.\n\nпн, 5 февр. 2024 г. в 10:00, Анна Ли <ann@example.org>:" + history, "Да."},
		{"russian mail.ru", "Да.\n\nПонедельник, 5 февраля 2024, 10:00 +03:00 от Анна Ли <ann@example.org>:\n \nЗдравствуйте", "Да."},
		{"russian yandex", "Да.\n\n05.02.2024, 10:00, \"Анна Ли\" <ann@example.org>:" + history, "Да."},
		{"russian thunderbird", "Да.\n\n05.02.2024 10:00, Анна Ли пишет:" + history, "Да."},
		{"russian, the bat", "Да.\n\nВы писали 5 февраля 2024 г., 10:00:00:" + history, "Да."},
		{"russian, apple", "Да.\n\n5 февр. 2024 г., в 10:00, Анна Ли <ann@example.org> написал(а):" + history, "Да."},
		{"ukrainian", "Так.\n\nпн, 5 лют. 2024 р. о 10:00 Анна <ann@example.org> пише:" + history, "Так."},
		{"german", "Ja.\n\nAm 05.02.24 um 10:00 schrieb Ann Lee:" + history, "Ja."},
		{"french", "Oui.\n\nLe lun. 5 févr. 2024 à 10:00, Ann Lee <ann@example.org> a écrit\u00a0:" + history, "Oui."},
		{"spanish", "Sí.\n\nEl lun, 5 feb 2024 a las 10:00, Ann Lee (<ann@example.org>) escribió:" + history, "Sí."},
		{"portuguese", "Sim.\n\nEm seg., 5 de fev. de 2024 às 10:00, Ann Lee <ann@example.org>\nescreveu:" + history, "Sim."},
		{"italian", "Sì.\n\nIl giorno lun 5 feb 2024 alle ore 10:00 Ann Lee <ann@example.org> ha scritto:" + history, "Sì."},
		{"dutch", "Ja.\n\nOp ma 5 feb 2024 om 10:00 schreef Ann Lee <ann@example.org>:" + history, "Ja."},
		{"polish", "Tak.\n\npon., 5 lut 2024 o 10:00 Ann Lee <ann@example.org> napisał(a):" + history, "Tak."},
		{"czech", "Ano.\n\nDne po 5. 2. 2024 10:00 uživatel Ann Lee <ann@example.org> napsal:" + history, "Ano."},
		{"swedish", "Ja.\n\nDen mån 5 feb. 2024 kl 10:00 skrev Ann Lee <ann@example.org>:" + history, "Ja."},
		{"finnish", "Joo.\n\nma 5. helmik. 2024 klo 10.00 Ann Lee (ann@example.org) kirjoitti:" + history, "Joo."},
		{"turkish", "Evet.\n\nAnn Lee <ann@example.org>, 5 Şub 2024 Pzt, 10:00 tarihinde şunu yazdı:" + history, "Evet."},
		{"chinese", "好的。\n\n在 2024年2月5日，上午10:00，Ann <ann@example.org> 写道：" + history, "好的。"},
		{"japanese", "はい。\n\n2024年2月5日(月) 10:00 Ann Lee <ann@example.org>:" + history, "はい。"},

		{"outlook", "Yes.\n\nFrom: Ann\nSent: Monday, February 5, 2024 10:00 AM\nTo: Bob\nSubject: Hi\n\nHello", "Yes."},
		{"outlook, russian", "Да.\n\nОт: Анна\nОтправлено: 5 февраля 2024 г. 10:00\nКому: Борис\nТема: Привет\n\nЗдравствуйте", "Да."},
		{"outlook, german", "Ja.\n________________________________\nVon: Ann\nGesendet: Montag\nAn: Bob\nBetreff: Hallo\n\nText", "Ja."},
		{"outlook, french", "Oui.\n\nDe : Ann\nEnvoyé : lundi\nÀ : Bob\nObjet : Bonjour\n\nTexte", "Oui."},
		{"original message", "Yes.\n\n-----Original Message-----\nFrom: Ann\n\nHello", "Yes."},
		{"original message, russian", "Да.\n\n-------- Исходное сообщение --------\nОт: Анна\n\nТекст", "Да."},
		{"yandex forward", "Смотрите.\n\n-------- Пересылаемое сообщение --------\n05.02.2024, 10:00, \"Анна\" <a@example.org>:\n\nТекст\n-------- Конец пересылаемого сообщения --------", "Смотрите."},
		{"apple forward", "See below.\n\nBegin forwarded message:\n\nFrom: Ann\nText", "See below."},

		{"a form is no header", "From: Moscow\nTo: Berlin\nDate: 5 May\n\nHow much is it?", "From: Moscow\nTo: Berlin\nDate: 5 May\n\nHow much is it?"},
		{"a heading is no ruler", "Order\n=====\nTwo cups\n\nThanks", "Order\n=====\nTwo cups\n\nThanks"},
		{"a table is no quote", "| a | b |\n| c | d |\n\nas above", "| a | b |\n| c | d |\n\nas above"},
		{"a ruler between sections", "One\n\n-----\n\n" + strings.Repeat("line\n", 40) + "end", "One\n\n-----\n\n" + strings.Repeat("line\n", 40) + "end"},
		{"a sentence with wrote", "As Ann wrote: it is late.\nIn 2020 I wrote:", "As Ann wrote: it is late.\nIn 2020 I wrote:"},
		{"a prompt", "I ran\nC:\\> dir\nand it failed", "I ran\nC:\\> dir\nand it failed"},
		{"not on", "On your host run:\n\n  ls\n\nThanks", "On your host run:\n\n  ls\n\nThanks"},

		{"signature", "Yes.\n\n-- \nAnn Lee\nExample Ltd", "Yes."},
		{"signature above the quote", "Yes.\n\n-- \nAnn\n\nOn 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:" + history, "Yes."},
		{"iphone", "Yes.\n\nSent from my iPhone", "Yes."},
		{"iphone, russian", "Да.\n\nОтправлено с iPhone", "Да."},
		{"mail.ru app", "Да.\n\n--\nОтправлено из Mail.ru для Android", "Да."},
		{"yandex app", "Да.\n\nОтправлено из мобильной Яндекс Почты", "Да."},
		{"a sentence about a desk", "Hello\n\nSent from my desk, which is larger than my phone.", "Hello\n\nSent from my desk, which is larger than my phone."},
		{"legal notice below the quote", "Yes.\n\nOn 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:" + history +
			"\n\nThis message and its attachments are confidential and meant for the intended recipient only.", "Yes."},

		{"answer below", "On 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:" + history + "\n\nYes.", "Yes."},
		{"greeting, quote, answer", "Hi,\n\nOn 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:\n> ready?\n\nYes.", "Hi,\n\n> ready?\n\nYes."},
		{"answers between", "On 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:\n> one?\nYes.\n> two?\nNo.", "> one?\nYes.\n> two?\nNo."},
		{"quote, then answer", "> ready?\n\nYes.", "> ready?\n\nYes."},
		{"code", "Run\n\n```\n-- \n> x\n```\n\nplease", "Run\n\n```\n-- \n> x\n```\n\nplease"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fresh, rest := quote.Split(tt.mail)
			whole(t, tt.mail, fresh, rest)
			if fresh != tt.fresh {
				t.Errorf("fresh = %q, want %q\nrest = %q", fresh, tt.fresh, rest)
			}
		})
	}
}

// TestSplitLarge holds Split to its time on mails made to be slow.
func TestSplitLarge(t *testing.T) {
	t.Parallel()
	for name, mail := range map[string]string{
		"introductions": strings.Repeat("On 5 Feb 2024 at 10:00, Bob <b@example.org>\n", 20_000),
		"arrows":        "x\n" + strings.Repeat(">", 1<<20),
		"rulers":        "x\n" + strings.Repeat("\n-----\n", 100_000),
		"headers":       "x\n" + strings.Repeat("From: a\nTo: b\n", 50_000),
		"bars":          "x\n" + strings.Repeat("\n", 300_000) + strings.Repeat("| a\n\n", 100_000),
		"names":         strings.Repeat("\nAb> x\n", 100_000),
		"one line":      strings.Repeat("On 5 Feb 2024 at 10:00 ", 40_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			fresh, rest := quote.Split(mail)
			whole(t, mail, fresh, rest)
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			t.Log(time.Since(start))
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"Yes.\n\nOn 5 Feb 2024 at 10:00, Bob <b@example.org> wrote:\n\n> one\n>> two\n\n-- \nAnn",
		"Да.\n\n-------- Исходное сообщение --------\nОт: Анна\nТема: x\nКому: a@b\n\nТекст",
		"> a\nb\n> c\n\n____\nlist", "```\n> x", "C> x\nC> y\n\nSent from my iPhone", "x\r\r\n| y\n\u00a0\n-Ann",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, mail string) {
		fresh, rest := quote.Split(mail)
		whole(t, mail, fresh, rest)
	})
}
