import type { Editor } from '@tiptap/core'
import { nextBlank } from './quick-match'

/** beforeCursor is what stands before the cursor in its line; null while something is selected. */
export function beforeCursor(editor: Editor): string | null {
  const { empty, $from } = editor.state.selection
  return empty ? $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc') : null
}

/** insertText puts lines in place of as many characters before the cursor; what follows it follows the last line. */
export function insertText(editor: Editor, text: string, cut: number): void {
  const { from } = editor.state.selection
  const chain = editor.chain().deleteRange({ from: from - cut, to: from })
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) chain.splitBlock()
    if (line) chain.insertContent({ type: 'text', text: line })
  }
  chain.run()
  editor.view.focus()
  selectBlank(editor, from - cut)
}

/** selectBlank selects the next blank from a place on, and then from the beginning; false where there is none. */
export function selectBlank(editor: Editor, place: number): boolean {
  const all: [number, number][] = []
  editor.state.doc.descendants((node, start) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc')
    for (let from = 0; ; ) {
      const found = nextBlank(text, from)
      if (!found || found[0] < from) break
      all.push([start + 1 + found[0], start + 1 + found[1]])
      from = found[1]
    }
    return false
  })
  const next = all.find(([start]) => start >= place) ?? all[0]
  if (!next) return false
  editor.commands.setTextSelection({ from: next[0], to: next[1] })
  return true
}
