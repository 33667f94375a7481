package channels_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/channels"
)

// TestEveryCodeHasWords walks the sources of every adapter for the codes that its errors, receipts and statuses
// carry. Each must have words in both languages that say what to do next.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	common := codesOf(channels.Common())
	for _, d := range drivers() {
		if d.Kind() == channels.KindEmail { // its codes are those of SMTP and IMAP: its own tests walk them
			continue
		}
		t.Run(string(d.Kind()), func(t *testing.T) {
			t.Parallel()
			found := codesIn(t, string(d.Kind()))
			if len(found) < least[d.Kind()] {
				t.Fatalf("only %d codes were found: %v", len(found), slices.Sorted(maps.Keys(found)))
			}
			spoken := codesOf(d.(channels.Speaker).Phrases())
			for code, where := range found {
				if !spoken[code] && !common[code] {
					t.Errorf("%s: %q has no words", where, code)
				}
			}
		})
	}
}

// least are how many codes the search finds at the least, so that it cannot go blind.
var least = map[channels.Kind]int{
	channels.KindTelegram: 30, channels.KindVK: 40, channels.KindWhatsApp: 45, channels.KindSMS: 10, channels.KindCustom: 10, channels.KindForm: 1,
}

func codesOf(list []channels.Phrase) map[string]bool {
	out := map[string]bool{}
	for _, p := range list {
		out[p.Code] = true
	}
	return out
}

// codesIn are the codes in a folder's sources, with where they stand: the values of constants that are called
// Code…, and what is written beside "Code:" in an error, a receipt or a status. "http_" + … is "http_*".
func codesIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	set := token.NewFileSet()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasSuffix(path, "test") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, e := range codeExpressions(n) {
				if code := literal(e); code != "" {
					found[code] = set.Position(e.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func codeExpressions(n ast.Node) (list []ast.Expr) {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) && strings.HasPrefix(strings.ToLower(name.Name), "code") {
				list = append(list, n.Values[i])
			}
		}
	case *ast.CompositeLit:
		kind, ok := n.Type.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"Error", "Receipt", "Status"}, kind.Sel.Name) {
			return nil
		}
		for _, e := range n.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok && pair.Key.(*ast.Ident).Name == "Code" {
				list = append(list, pair.Value)
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if field, ok := left.(*ast.SelectorExpr); ok && field.Sel.Name == "Code" && i < len(n.Rhs) {
				list = append(list, n.Rhs[i])
			}
		}
	}
	return list
}

// literal is the code that an expression writes down, "" where it names one that stands elsewhere.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if code, err := strconv.Unquote(e.Value); err == nil {
			return code
		}
	case *ast.BinaryExpr:
		if head := literal(e.X); strings.HasSuffix(head, "_") {
			return head + "*"
		}
	}
	return ""
}

// foreign is what may stand in Latin letters within a Russian sentence: names, and what has to be entered as it is.
var foreign = regexp.MustCompile(`(?i)(PARLEY_PUBLIC_URL|Telegram|Bot API|@?BotFather|Parley|WhatsApp( (Business|Manager))?|Cloud API|Meta|VK Donut|Long Poll API|Twilio|Account SID|Auth Token|SMS|STOP|START|PDF|ID|webhook|https|«?Работа с API»?|PARLEY_PUBLIC_URL)`)

var latin = regexp.MustCompile(`[A-Za-z]{2,}`)

// TestWordsSayWhatToDoNext reads every phrase of the adapters: nothing foreign within a Russian sentence, no numbers
// of errors, and behind a colon what to do.
func TestWordsSayWhatToDoNext(t *testing.T) {
	t.Parallel()
	check := func(list []channels.Phrase) {
		for _, p := range list {
			if p.Code == channels.CodeProblem {
				continue // for those who run the server, of bytes that are not understood
			}
			hole := regexp.MustCompile(`\{\w+\}`)
			if rest := latin.FindString(foreign.ReplaceAllString(hole.ReplaceAllString(p.RU, ""), "")); rest != "" {
				t.Errorf("%s: %q within %q", p.Code, rest, p.RU)
			}
			if strings.Contains(p.EN, "{") && !strings.Contains(p.EN, "{n}") {
				t.Errorf("%s: a hole for words of others in %q", p.Code, p.EN)
			}
			if p.Code == "reported" { // the other system's own reason follows
				continue
			}
			for _, text := range []string{p.RU, p.EN} {
				_, next, told := strings.Cut(text, ": ")
				if !told || len(strings.Fields(next)) < 2 {
					t.Errorf("%s says not what to do: %q", p.Code, text)
				}
			}
		}
	}
	check(channels.Common())
	for _, d := range drivers() {
		if d.Kind() != channels.KindEmail {
			check(d.(channels.Speaker).Phrases())
		}
	}
}
