package quote

import "strings"

// Split divides the plain text of a mail into fresh, what its author wrote, and rest:
// quoted history, the lines that introduce it, and the signature. Answers written between
// quoted lines stay in fresh together with the lines they answer.
//
// Every line of text that is not blank is in exactly one result, in its order; blank lines
// at the ends of the results are dropped and line ends become "\n". Fresh is blank only if
// text is: a mail that holds nothing but quotes is fresh as a whole, so is one that forwards
// another without a word.
func Split(text string) (fresh, rest string) {
	p := newPage(text)
	cut := p.cut()
	if cut < 0 {
		return trimBlank(p.lines), ""
	}
	var kept, folded []string
	for i, l := range p.lines {
		if i < cut && !p.folded[i] {
			kept = append(kept, l)
		} else {
			folded = append(folded, l)
		}
	}
	fresh = trimBlank(kept)
	if fresh == "" {
		return trimBlank(p.lines), ""
	}
	return fresh, trimBlank(folded)
}

// trimBlank joins lines without the blank ones at both ends and without white space after
// the last word.
func trimBlank(lines []string) string {
	first, last := 0, len(lines)
	for first < last && blank(lines[first]) {
		first++
	}
	for first < last && blank(lines[last-1]) {
		last--
	}
	return strings.TrimRight(strings.Join(lines[first:last], "\n"), " \t")
}

// cut returns the index of the line from which on everything is rest, having marked lines
// before it that are rest as well in p.folded. It is -1 for a mail to be left whole.
func (p *page) cut() int {
	last := p.lastWord()
	wrote := false // the author has written something above
	for i := 0; i < len(p.lines); i++ {
		switch p.kinds[i] {
		case written:
			wrote = true
		case marker:
			if !wrote {
				return -1 // a forwarded mail without a word
			}
			return p.trimTail(i)
		case delimiter:
			if wrote {
				return p.trimTail(i)
			}
		case introduction:
			end := p.ends[i]
			if last < end && wrote {
				return p.trimTail(i)
			}
			if last < end {
				return -1
			}
			next := p.nextWord(end)
			quoted := next < len(p.lines) && p.kinds[next] == quoted
			if wrote && !quoted {
				return p.trimTail(i) // history without marks runs to the end
			}
			p.fold(i, end)
			if !wrote && quoted {
				p.foldLeadingQuote(next)
			}
			i = end - 1
		}
	}
	return p.trimTail(len(p.lines))
}

// foldLeadingQuote folds the block of quoted lines at from, which an introduction above
// all words announced, if the answer follows below it in one piece. Where more quoted
// lines follow, answers are interleaved, and the block is what the first one answers.
func (p *page) foldLeadingQuote(from int) {
	end := from
	for end < len(p.lines) && (p.kinds[end] == quoted || p.kinds[end] == empty) {
		end++
	}
	for i := end; i <= p.word; i++ {
		if p.kinds[i] == quoted || p.kinds[i] == introduction {
			return
		}
	}
	p.fold(from, end)
}

// trimTail moves the cut at end up over trailing quotes, footers, rulers and what else no
// author types, but never so far that nothing is left above it.
func (p *page) trimTail(end int) int {
	at := end
	for at > 0 {
		k := p.kinds[at-1]
		if p.folded[at-1] || k == empty || k == quoted || k == footer || k == ruler || k == delimiter {
			at--
			continue
		}
		if k == written && p.signedOff(at-1) {
			at--
			continue
		}
		break
	}
	if at == 0 {
		if end < len(p.lines) {
			return end
		}
		return -1
	}
	return at
}

// lastWord finds the last line that the author wrote below any quote: -1 if there is none.
// What only trails (a signature, a list's footer) does not count.
func (p *page) lastWord() int {
	end := len(p.lines)
	for i := len(p.lines) - 1; i >= 0 && p.kinds[i] != quoted; i-- {
		if p.kinds[i] == delimiter {
			end = i
		}
	}
	for i := end - 1; i >= 0; i-- {
		if p.kinds[i] == written {
			p.word = i
			return i
		}
	}
	p.word = -1
	return -1
}

// nextWord is the first line from i on that is not blank.
func (p *page) nextWord(i int) int {
	for i < len(p.lines) && p.kinds[i] == empty {
		i++
	}
	return i
}

func (p *page) fold(from, to int) {
	for i := from; i < to; i++ {
		p.folded[i] = true
	}
}
