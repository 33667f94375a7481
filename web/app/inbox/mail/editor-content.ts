import type { Editor } from '@tiptap/core'
import type { MailEditorProps } from './editor'

type Takers = Pick<MailEditorProps, 'onPictures' | 'onFiles'>

/** replace puts other text in place of all, without telling of it. */
export function replace(editor: Editor, html: string): void {
  editor.commands.setContent(html, { emitUpdate: false })
  toEnd(editor)
}

/** toEnd puts the cursor behind what was written, which is before the signature. */
export function toEnd(editor: Editor): void {
  let end = 0
  let past = false
  editor.state.doc.forEach((node) => {
    past ||= node.type.name === 'signature'
    if (!past) end += node.nodeSize
  })
  editor.commands.setTextSelection(Math.max(1, end - 1))
}

/** take puts pictures into the text and the rest beside it. */
export function take(editor: Editor, files: File[], { onPictures, onFiles }: Takers): void {
  const pictures = onPictures ? files.filter((file) => /^image\/(png|jpeg|gif|webp)$/.test(file.type)) : []
  const rest = files.filter((file) => !pictures.includes(file))
  if (rest.length > 0) onFiles?.(rest)
  if (pictures.length === 0) return
  void onPictures?.(pictures).then((stored) => {
    if (editor.isDestroyed) return
    for (const { id, url, name } of stored)
      editor.commands.insertContent({ type: 'image', attrs: { src: url, alt: name, file: id } })
  })
}
