package house_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// sentence is what people read in Russian and in English, as the source says it. A hole in it is {name},
// or {} where the source puts together what is only known as the program runs.
type sentence struct {
	file, at string // at is file:line
	ru, en   string
}

// loose is a Russian text that stands beside no English one.
type loose struct{ file, at, text string }

// sentences collects every pair of a Russian and an English text, wherever one stands beside the other: as
// arguments, as the fields RU and EN, as key and value, or alone in a composite literal. A pair with an Arabic
// text of its own needs no translation elsewhere and is left out.
func sentences(t *testing.T) (pairs []sentence, unpaired []loose) {
	t.Helper()
	for _, p := range goPackages(t) {
		known := constants(p)
		for _, f := range p.sources {
			c := collector{file: f, known: known, paired: map[token.Pos]bool{}}
			ast.Inspect(f.syntax, c.visit)
			pairs = append(pairs, c.pairs...)
			unpaired = append(unpaired, c.unpaired()...)
		}
	}
	return pairs, unpaired
}

// constants are the texts that a package has given names to.
func constants(p goPackage) map[string]string {
	known := map[string]string{}
	for _, f := range p.sources {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			for i := 0; ok && i < len(spec.Values); i++ {
				if lit, ok := spec.Values[i].(*ast.BasicLit); ok {
					known[spec.Names[i].Name], _ = textOf(lit, nil)
				}
			}
			_, body := n.(*ast.FuncDecl)
			return !body
		})
	}
	return known
}

type collector struct {
	file   goFile
	known  map[string]string
	pairs  []sentence
	paired map[token.Pos]bool // the literals that have found the other language
}

func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		c.row(n.Args)
	case *ast.CompositeLit:
		c.composite(n)
	}
	return true
}

func (c *collector) composite(lit *ast.CompositeLit) {
	if list, ok := lit.Type.(*ast.ArrayType); ok {
		if of, ok := list.Elt.(*ast.Ident); ok && of.Name == "string" {
			return // neighbours in a list of words do not mean the same
		}
	}
	named := map[string]ast.Expr{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			c.row(lit.Elts)
			return
		}
		if name, ok := kv.Key.(*ast.Ident); ok {
			named[name.Name] = kv.Value
		}
		c.row([]ast.Expr{kv.Value, kv.Key})
	}
	for _, name := range []string{"EN", "Text"} { // Text is what a problem of an account has in its place
		if named["RU"] != nil && named[name] != nil {
			c.row([]ast.Expr{named["RU"], named[name], named["AR"]})
		}
	}
}

// row looks for a Russian text with an English one beside it.
func (c *collector) row(list []ast.Expr) {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i], _ = textOf(e, c.known)
	}
	for i, ru := range texts {
		if !has(ru, unicode.Cyrillic) {
			continue
		}
		for _, j := range []int{i + 1, i - 1} {
			if j < 0 || j >= len(texts) || has(texts[j], unicode.Cyrillic) || !has(texts[j], unicode.Latin) {
				continue
			}
			c.claim(list[i])
			own := false
			for _, text := range texts {
				own = own || has(text, unicode.Arabic)
			}
			if !own {
				c.pairs = append(c.pairs, sentence{file: c.file.path, at: c.at(list[j].Pos()), ru: ru, en: texts[j]})
			}
			break
		}
	}
}

// claim notes that a Russian text has found its English one, with whatever it is put together of.
func (c *collector) claim(e ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			c.paired[lit.Pos()] = true
		}
		return true
	})
}

func (c *collector) unpaired() (list []loose) {
	ast.Inspect(c.file.syntax, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && !c.paired[lit.Pos()] {
			if text, _ := textOf(lit, nil); has(text, unicode.Cyrillic) {
				list = append(list, loose{file: c.file.path, at: c.at(lit.Pos()), text: text})
			}
		}
		return true
	})
	return list
}

func (c *collector) at(pos token.Pos) string {
	return c.file.path + ":" + strconv.Itoa(c.file.fset.Position(pos).Line)
}

func has(text string, script *unicode.RangeTable) bool {
	return strings.ContainsFunc(hole.ReplaceAllString(text, ""), func(r rune) bool { return unicode.Is(script, r) })
}

var (
	hole  = regexp.MustCompile(`\{\w*\}`)
	holes = regexp.MustCompile(`(\{\})+`)
	verb  = regexp.MustCompile(`%(?:\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z]`)
)

// textOf is the text of an expression, with a hole for what is not written there; ok tells whether anything is.
func textOf(e ast.Expr, known map[string]string) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.Ident:
		if text, ok := known[e.Name]; ok {
			return text, true
		}
	case *ast.ParenExpr:
		return textOf(e.X, known)
	case *ast.BinaryExpr:
		left, a := textOf(e.X, known)
		right, b := textOf(e.Y, known)
		if e.Op == token.ADD && (a || b) {
			return holes.ReplaceAllString(left+right, "{}"), true
		}
	case *ast.CallExpr:
		if name, ok := e.Fun.(*ast.SelectorExpr); ok && name.Sel.Name == "Sprintf" && len(e.Args) > 0 {
			format, ok := textOf(e.Args[0], known)
			format = strings.ReplaceAll(verb.ReplaceAllString(format, "{}"), "%%", "%")
			return holes.ReplaceAllString(format, "{}"), ok
		}
	}
	return "{}", false
}
