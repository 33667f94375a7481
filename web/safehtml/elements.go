package safehtml

import "strings"

// rules say what is kept of a text.
type rules struct {
	elements map[string]bool // other tags are dropped, what is between them stays
	attrs    map[string]attr // by "element attribute", or " attribute" for all elements
	styles   bool            // style attributes, classes and ids
	picture  func(w *writer, p *picture) bool
}

// Elements by what they are.
var (
	inline = words(`a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label map mark q rp rt ruby s samp
		small span strike strong sub sup time tt u var`)
	blocks = words(`address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4
		h5 h6 header hr li main menu nav ol p pre section summary table ul`)
	tableParts = words(`caption col colgroup tbody td tfoot th thead tr`)
	void       = words(`area br col hr img wbr`)

	// silent are those of which not even the content is kept.
	silent = words(`script style title iframe noembed noframes noscript template`)
	// foreign have a language of their own, of which nothing is kept.
	foreign = words(`svg math`)
	// breakout are those that end foreign ones in browsers.
	breakout = words(`b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
		listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`)

	mailElements    = union(inline, blocks, tableParts, void)
	composeElements = words(`a b blockquote br code del div em h1 h2 h3 hr i img ins li ol p pre s span strike strong sub sup u ul`)
)

// closes tells which open elements the start of another one ends, as browsers have it,
// and which elements keep it from looking further out.
func closes(start string) (ended, walls map[string]bool) {
	switch start {
	case "li":
		return liEnds, liWalls
	case "dd", "dt":
		return ddEnds, ddWalls
	case "td", "th":
		return cellEnds, rowWalls
	case "tr":
		return rowEnds, tableWalls
	case "tbody", "thead", "tfoot", "caption", "colgroup":
		return groupEnds, tableWalls
	case "col":
		return colEnds, tableWalls
	}
	return nil, nil
}

var (
	cells      = words(`td th caption`)
	liEnds     = words(`li`)
	liWalls    = without(union(blocks, tableParts), `address div p li`)
	ddEnds     = words(`dd dt`)
	ddWalls    = without(union(blocks, tableParts), `address div p dd dt`)
	cellEnds   = words(`td th caption colgroup`)
	rowWalls   = words(`table tr`)
	rowEnds    = words(`tr td th caption colgroup`)
	groupEnds  = words(`tbody thead tfoot tr td th caption colgroup`)
	colEnds    = words(`caption tr td th`)
	tableWalls = words(`table`)
	// pWalls keep a block within them from ending a paragraph around them.
	pWalls = words(`table td th caption`)
)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

func without(set map[string]bool, list string) map[string]bool {
	for w := range strings.FieldsSeq(list) {
		delete(set, w)
	}
	return set
}

func union(sets ...map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, s := range sets {
		for w := range s {
			out[w] = true
		}
	}
	return out
}
