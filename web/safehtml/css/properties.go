package css

import "strings"

// rule says what the values of a property may be, beyond what all may be.
type rule struct {
	words   string // when not empty, the only words, between blanks
	unsized bool   // numbers below zero are refused: they pull over what stands beside
	strings bool   // quoted texts are allowed
}

// properties are the properties that are kept. What is missing is missing for a reason:
// content, cursor and generated counters write or point at what the mail does not hold;
// position offsets, z-index, transforms, animations, filters and masks move, cover or
// load; behavior and -moz-binding ran code once.
var properties = table(rule{}, `
	background background-color background-position background-size background-repeat background-clip background-origin
	border border-color border-style border-width border-radius border-collapse border-spacing
	border-top border-top-color border-top-style border-top-width border-top-left-radius border-top-right-radius
	border-right border-right-color border-right-style border-right-width
	border-bottom border-bottom-color border-bottom-style border-bottom-width border-bottom-left-radius border-bottom-right-radius
	border-left border-left-color border-left-style border-left-width
	border-block border-block-start border-block-end border-inline border-inline-start border-inline-end
	box-shadow box-sizing caption-side clear color color-scheme columns column-count column-gap column-width column-rule
	direction empty-cells float font font-size font-size-adjust font-stretch font-style font-variant font-weight
	font-kerning font-feature-settings gap row-gap height hyphens letter-spacing line-break line-height
	list-style list-style-position list-style-type max-height max-width min-height min-width object-fit object-position
	opacity orphans outline outline-color outline-style outline-width overflow overflow-wrap overflow-x overflow-y
	padding padding-top padding-right padding-bottom padding-left padding-block padding-block-start padding-block-end
	padding-inline padding-inline-start padding-inline-end
	page-break-after page-break-before page-break-inside break-after break-before break-inside
	table-layout tab-size text-align text-align-last text-decoration text-decoration-color text-decoration-line
	text-decoration-style text-decoration-thickness text-indent text-justify text-overflow text-shadow text-transform
	text-underline-offset text-wrap text-size-adjust -webkit-text-size-adjust unicode-bidi vertical-align visibility
	white-space widows width word-break word-spacing word-wrap writing-mode
	align-content align-items align-self justify-content justify-items justify-self flex flex-basis flex-direction
	flex-flow flex-grow flex-shrink flex-wrap order
	grid-template-columns grid-template-rows grid-column grid-row aspect-ratio`).
	with(rule{unsized: true}, `margin margin-top margin-right margin-bottom margin-left margin-block margin-block-start
	margin-block-end margin-inline margin-inline-start margin-inline-end`).
	with(rule{strings: true}, `font-family font quotes`).
	with(rule{words: ` static relative initial inherit unset `}, `position`).
	with(rule{words: ` none inline block inline-block list-item table inline-table table-row table-row-group
		table-header-group table-footer-group table-column table-column-group table-cell table-caption flex inline-flex
		grid inline-grid flow-root contents initial inherit unset `}, `display`)

type ruleTable map[string]rule

func table(r rule, names string) ruleTable { return ruleTable{}.with(r, names) }

func (t ruleTable) with(r rule, names string) ruleTable {
	r.words = " " + strings.Join(strings.Fields(r.words), " ") + " "
	if r.words == "  " {
		r.words = ""
	}
	for name := range strings.FieldsSeq(names) {
		t[name] = r
	}
	return t
}

// units are the units of dimensions. Those of the window's height are missing: a frame
// as high as its content would grow for ever.
var units = set(`px pt pc em rem ex ch cm mm in q % vw deg grad rad turn s ms fr dpi dpcm dppx x`)

// functions may stand in values.
var functions = set(`rgb rgba hsl hsla hwb lab lch oklab oklch color-mix calc min max clamp minmax repeat fit-content
	linear-gradient radial-gradient repeating-linear-gradient repeating-radial-gradient conic-gradient`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}
