package css_test

import (
	"strings"
	"testing"

	"parley/web/safehtml/css"
)

func TestAttribute(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`color:red`:                                 `color:red`,
		` COLOR : Red ; ; margin:0 auto`:            `color:Red;margin:0 auto`,
		`color:#FfF;background:#ffff00 none repeat`: `color:#FfF;background:#ffff00 none repeat`,
		`color:#ggg`:                                ``,
		`color:rgb(1 2 3 / 50%)`:                    `color:rgb(1 2 3 / 50%)`,
		`color:red!important;width:1px ! important`: `color:red !important;width:1px !important`,
		`color:!important`:                          ``,
		`width:calc(100% - 10px)`:                   `width:calc(100% - 10px)`,
		`width:100vh;height:50VH;max-width:90vw`:    `max-width:90vw`,
		`width:99999px;width:1e9px;width:1e3px`:     `width:1e3px`,
		`margin:-5px;margin-left:calc(0px - 5px);padding:5px;text-indent:-5px`: `padding:5px;text-indent:-5px`,
		`position:fixed;position:absolute;position:relative`:                   `position:relative`,
		`display:NONE;display:run-in;display:table-cell`:                       `display:NONE;display:table-cell`,
		`font-family:"Segoe UI",'A',Müller,sans-serif`:                         `font-family:"Segoe UI","A",Müller,sans-serif`,
		`font-family:"a\"b";font-family:"a<b"`:                                 ``,
		`content:"x";color:"red"`:                                              ``,
		// addresses and what ran once
		`background:url(x)`: ``, `background:URL( 'x' ) red`: ``, `background:u\72l(x)`: ``, `background:image-set("x")`: ``,
		`background-image:\75 rl(x)`: ``, `width:expression(alert(1))`: ``, `width:exp/**/ression(1)`: ``, `behavior:url(x)`: ``,
		`-moz-binding:url(x)`: ``, `color:var(--x)`: ``, `--x:url(y)`: ``, `width:attr(x)`: ``, `list-style:url(x)`: ``,
		// shapes
		`color:red}b{color:blue`: ``, `color:red;{color:blue};width:1px`: `color:red;width:1px`, `color:red;&:hover{width:2px}height:1px`: `color:red;height:1px`,
		`/* a */color/* b */:/* c */red/* d */`: `color:red`, `color:re/**/d`: `color:re d`, `color:red;/* open`: `color:red`,
		`color:((((((((((red))))))))))`: ``, `color:(red`: ``, `color:red)`: ``, `color:"red`: ``, "color:'red\nwidth:1px": ``, `\63olor:red`: `color:red`,
		`color:\31 23`: ``, `<!-- color:red -->`: `color:red`, `color:red\`: ``, `color`: ``, `:red`: ``, `;`: ``, `color:red@import "x"`: ``,
	} {
		got := css.Print(css.Attribute(in))
		if got != want {
			t.Errorf("%s\nbecomes %s\n   want %s", in, got, want)
		}
		if again := css.Print(css.Attribute(got)); again != got {
			t.Errorf("%s\nbecomes %s the second time", got, again)
		}
	}
}

func TestAttributeIsBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("color:red;", css.MaxAttribute/10)
	if css.Attribute(long) == nil || css.Attribute(long+strings.Repeat(" ", 20)) != nil {
		t.Error("the bound is elsewhere")
	}
}

// names knows all but the element "script", the class "no" and the id "no".
var names = css.Names{
	Class:   func(name string) string { return known(name, "c-") },
	ID:      func(name string) string { return known(name, "i-") },
	Element: func(name string) string { return known(name, "") },
}

func known(name, prefix string) string {
	if name == "no" || name == "script" {
		return ""
	}
	return prefix + strings.TrimPrefix(name, prefix)
}

func TestSheet(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`p{color:red}`: "p{color:red}\n",
		`p , .a>b + #c ~ d e:first-child{color:red}`: "p,.c-a>b+#i-c~d e:first-child{color:red}\n",
		`*{color:red}`:                         "*{color:red}\n",
		`p.a.b#c[align=left]:hover{color:red}`: "p.c-a.c-b#i-c[align=\"left\"]:hover{color:red}\n",
		`[class~="a"],[class*=a],[id^='b'],[href],[style=x]{width:1px}`:          "[class~=\"c-a\"],[class*=\"a\"],[id^=\"i-b\"],[href]{width:1px}\n",
		`script,.no,p::before,p:has(a),a|b,p>,>p,p>>a,p||a,,:is(p),.{color:red}`: "",
		`.no,p{color:red}`:        "p{color:red}\n",
		`p{}q{evil:x}a{color:red`: "a{color:red}\n",
		`@import "x";@charset "y";@font-face{src:url(x)}@keyframes k{from{color:red}}p{color:red}`: "p{color:red}\n",
		`@media screen and (max-width:600px),print{p{color:red}}q{color:red}`:                      "@media screen and (max-width:600px),print{\np{color:red}\n}\nq{color:red}\n",
		`@MEDIA (min-width: 10em) AND (orientation:portrait){p{color:red}}`:                        "@media (min-width: 10em) AND (orientation:portrait){\np{color:red}\n}\n",
		`@media (evil:x){p{color:red}}@media url(x){p{color:red}}@media{p{color:red}}`:             "",
		`@media print{@media screen{p{color:red}}@import "x";q{color:red}}`:                        "@media print{\nq{color:red}\n}\n",
		`@media print{}`: "", `@supports (display:grid){p{color:red}}`: "", `@page{margin:0}`: "",
		`<!-- p{color:red} -->q{color:red}`:               "p{color:red}\nq{color:red}\n",
		`p{background:url(a;b{c)}q{color:red}`:            "q{color:red}\n",
		`p{background:url(a}q{color:red}`:                 "",
		`p{color:red}</style><script>alert(1)</script>`:   "p{color:red}\n",
		`p{font-family:"</style><script>"}q{color:red}`:   "q{color:red}\n",
		`}}p{color:red}`:                                  "p{color:red}\n",
		`p{color:red;a{color:blue}width:1px}q{color:red}`: "p{color:red;width:1px}\nq{color:red}\n",
	} {
		got := css.Sheet(in, names)
		if got != want {
			t.Errorf("%s\nbecomes %s\n   want %s", in, got, want)
		}
		if again := css.Sheet(got, names); again != got {
			t.Errorf("%s\nbecomes %s the second time", got, again)
		}
	}
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`p,.a>b#c[align=left]:hover{color:red!important;font:12px/1.5 "A B",c}`, `@media screen and (max-width:600px){p{width:calc(1px + 2%)}}`,
		`p{background:u\72 l("x")}`, `<!--p{/**/color:#fff}-->`, `@import 'x';a{b:c{d:e}f:g}`, `p{margin:-1e3px .5em;color:\41 b}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		sheet, attribute := css.Sheet(in, names), css.Print(css.Attribute(in))
		if again := css.Sheet(sheet, names); again != sheet {
			t.Errorf("%q becomes %q, then %q", in, sheet, again)
		}
		if again := css.Print(css.Attribute(attribute)); again != attribute {
			t.Errorf("%q becomes %q, then %q", in, attribute, again)
		}
		for _, out := range []string{sheet, attribute} {
			lower := strings.ToLower(strings.ReplaceAll(out, "@media ", ""))
			if strings.ContainsAny(lower, "<\\@\x00") || strings.Contains(lower, "url(") || strings.Contains(lower, "expression(") || strings.Contains(lower, "/*") {
				t.Errorf("%q becomes %q", in, out)
			}
		}
		if strings.Count(sheet, "{") != strings.Count(sheet, "}") || strings.ContainsAny(attribute, "{}") {
			t.Errorf("%q becomes %q and %q", in, sheet, attribute)
		}
	})
}
