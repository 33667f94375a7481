package safehtml

import "slices"

func (w *writer) endTag(name string) {
	w.sheet, w.hidden = false, false
	switch {
	case w.quiet != "":
		if name == w.quiet {
			if w.nested--; w.nested == 0 {
				w.quiet = ""
			}
		}
		return
	case name == "br":
		w.element("br", nil) // browsers take it for one
		return
	case w.over[name] > 0:
		w.over[name]--
		return
	case !w.rules.elements[name] || void[name]:
		return
	}
	i := w.find(name)
	switch {
	case i < 0:
	case inline[name]:
		w.closeInline(i)
	default:
		w.closeTo(i)
	}
}

// find returns the place of the open element that an end tag ends, -1 when there is none
// within its reach: the end of a <b> within a table's cell does not end one around the
// table.
func (w *writer) find(name string) int {
	if w.opened[name] == 0 {
		return -1
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		switch at := w.open[i].name; {
		case at == name:
			return i
		case at == "table" || cells[at] && !tableParts[name] && name != "table":
			return -1
		}
	}
	return -1
}

// closeInline ends an element such as <b> and opens the blocks within it again that it
// wrongly ended: <b><div></b></div> is common.
func (w *writer) closeInline(i int) {
	again := slices.Clone(w.open[i+1:])
	size := 0
	for _, e := range again {
		size += len(e.start)
	}
	w.closeTo(i)
	if len(again) > maxReopenTags || w.reopened+size > maxReopened {
		return
	}
	w.reopened += size
	for _, e := range again {
		w.push(e)
	}
}

// closeParagraph ends an open paragraph before a block, which cannot stand in one.
func (w *writer) closeParagraph() {
	if w.opened["p"] == 0 {
		return
	}
	for i := len(w.open) - 1; i >= 0 && !pWalls[w.open[i].name]; i-- {
		if w.open[i].name == "p" {
			w.closeTo(i)
			return
		}
	}
}

// closeBetween ends an open table before another one that is in none of its cells.
func (w *writer) closeBetween() {
	for i := len(w.open) - 1; i >= 0 && !cells[w.open[i].name]; i-- {
		if w.open[i].name == "table" {
			w.closeTo(i)
			return
		}
	}
}

// closeEnded ends the outermost of the ended elements within the nearest wall.
func (w *writer) closeEnded(ended, walls map[string]bool) {
	found := -1
	for i := len(w.open) - 1; i >= 0 && !walls[w.open[i].name]; i-- {
		if ended[w.open[i].name] {
			found = i
		}
	}
	if found >= 0 {
		w.closeTo(found)
	}
}
