import { Editor } from '@tiptap/core'
import { type Ref, useEffect, useImperativeHandle, useReducer, useRef, useState } from 'react'
import { t } from '#/text/text'
import { EditorBar } from './editor-bar'
import { mailKit } from './editor-kit'
import './editor.css'

/** A picture that has been uploaded and can stand in the text. */
export interface EditorPicture {
  id: string
  url: string
  name: string
}

export interface EditorHandle {
  focus: () => void
  /** Puts plain text where the cursor is. */
  type: (text: string) => void
  /** Puts HTML of our own making where the cursor is. */
  insert: (html: string) => void
}

export interface MailEditorProps {
  label: string
  placeholder: string
  /** What is written, or empty; a value that the editor did not report replaces the text. */
  html: string
  /** What to begin with. */
  start: string
  onChange: (html: string) => void
  onSubmit?: (andClose: boolean) => void
  /** Uploads pictures for the text; what is refused comes back as nothing. */
  onPictures?: (files: File[]) => Promise<EditorPicture[]>
  /** Takes files that stand beside the text. */
  onFiles?: (files: File[]) => void
  onQuote?: () => string
  onReady?: () => void
  testId?: string
  className?: string
  ref?: Ref<EditorHandle>
}

/** The editor of mails. It is mounted with its place and stays: one that came with the first key would lose it. */
export default function MailEditor(props: MailEditorProps) {
  const { html, start, ref } = props
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const shown = useRef(html)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [, redraw] = useReducer((n: number) => n + 1, 0)

  useEffect(() => {
    const element = place.current
    if (!element) return
    const { html, start, label, placeholder, testId, className } = latest.current
    const made = new Editor({
      element,
      injectCSS: false,
      extensions: mailKit(placeholder),
      content: html || start,
      onUpdate: ({ editor }) => {
        shown.current = editor.getHTML()
        latest.current.onChange(shown.current)
      },
      onTransaction: redraw,
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          'data-testid': testId ?? 'mail-editor',
          dir: 'auto',
          class: `mail-editor ${className ?? ''}`,
        },
        handleKeyDown: (view, event) => {
          if (event.isComposing) return false
          if (event.code === 'Enter' && (event.ctrlKey || event.metaKey) && latest.current.onSubmit) {
            latest.current.onSubmit(event.shiftKey)
            return true
          }
          if (event.key === 'Escape') view.dom.blur()
          return false
        },
        handlePaste: (_, event) => {
          const files = [...(event.clipboardData?.files ?? [])]
          // Word processors put a picture of the text beside the text; the text is meant.
          if (files.length === 0 || event.clipboardData?.getData('text/plain')) return false
          take(made, files, latest.current)
          return true
        },
        handleDrop: (_, event, __, moved) => {
          const files = [...(event.dataTransfer?.files ?? [])]
          if (moved || files.length === 0) return false
          event.preventDefault()
          event.stopPropagation()
          take(made, files, latest.current)
          return true
        },
      },
    })
    shown.current = html
    setEditor(made)
    return () => made.destroy()
  }, [])

  useEffect(() => {
    if (editor) latest.current.onReady?.()
  }, [editor])

  // What was sent, undone or left in another window replaces the text; the own echo does not.
  useEffect(() => {
    if (!editor || html === shown.current) return
    shown.current = html
    editor.commands.setContent(html || latest.current.start, { emitUpdate: false })
  }, [editor, html])
  useEffect(() => {
    if (editor && shown.current === '') editor.commands.setContent(start, { emitUpdate: false })
  }, [editor, start])

  useImperativeHandle(
    ref,
    () => ({
      focus: () => void editor?.commands.focus(),
      type: (text) => void editor?.chain().focus().insertContent({ type: 'text', text }).run(),
      insert: (content) => void editor?.chain().focus().insertContent(content).run(),
    }),
    [editor],
  )

  return (
    <div className="flex min-h-0 flex-col">
      <div ref={place} className="scroller min-h-0" />
      {editor && (
        <EditorBar
          editor={editor}
          onPictures={props.onPictures && ((files) => take(editor, files, props))}
          onQuote={props.onQuote}
        />
      )}
      {!editor && <p className="sr-only">{t('editor.loading')}</p>}
    </div>
  )
}

/** take puts pictures into the text and the rest beside it. */
function take(editor: Editor, files: File[], { onPictures, onFiles }: MailEditorProps): void {
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
