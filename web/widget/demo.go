package widget

import (
	_ "embed" // the template of the sample shop
	"fmt"
	"html/template"
	"strings"

	"golang.org/x/text/language"
)

//go:embed demo.html.tmpl
var demoSource string

// DemoPage is what the template of the sample shop is executed with.
type DemoPage struct {
	// Account is the id of the web-chat account whose widget stands on the page.
	Account string
	// Language is "ru", "ar" or "en"; anything else reads as "en".
	Language string
}

// Demo returns the template of the sample shop, to be executed with a DemoPage. The page asks for
// nothing but /widget.js and files under DemoAssetPrefix, so it needs no more than
// script-src, style-src, img-src, connect-src and frame-src 'self'.
func Demo() (*template.Template, error) {
	demo, err := template.New("demo").Funcs(template.FuncMap{
		"say":      demoSay,
		"products": demoProducts,
		"price":    demoPrice,
	}).Parse(demoSource)
	if err != nil {
		return nil, fmt.Errorf("parse demo page: %w", err)
	}
	return demo, nil
}

// DemoLanguage chooses the language of the sample shop: the one asked for by its toggle
// (?lang=), else the best match of an Accept-Language header, else English.
func DemoLanguage(asked, acceptLanguage string) string {
	if asked == "ru" || asked == "en" || asked == "ar" {
		return asked
	}
	wishes, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wishes) == 0 {
		return "en"
	}
	_, index, _ := language.NewMatcher([]language.Tag{language.English, language.Russian, language.Arabic}).Match(wishes...)
	return []string{"en", "ru", "ar"}[index]
}

// demoSay returns a text of the shop in a language.
func demoSay(lang, key string) (string, error) {
	text, ok := demoText()[key]
	if !ok {
		return "", fmt.Errorf("demo page has no text %q", key)
	}
	return text.in(lang), nil
}

// demoPrice writes a price as shops in the language do: roubles and dollars.
func demoPrice(lang string, p demoProduct) string {
	if lang == "ru" {
		return fmt.Sprintf("%s ₽", strings.ReplaceAll(group(p.Roubles), ",", "\u00a0"))
	}
	if lang == "ar" {
		if 3 <= p.Dollars && p.Dollars <= 10 {
			return fmt.Sprintf("%d دولارات", p.Dollars)
		}
		return fmt.Sprintf("%d دولارًا", p.Dollars)
	}
	return fmt.Sprintf("$%d", p.Dollars)
}

// group puts a comma before the last three digits of a number below a million.
func group(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
