import { Editor } from '@tiptap/core'
import { type Ref, useEffect, useImperativeHandle, useReducer, useRef, useState } from 'react'
import { t } from '#/text/text'
import { beforeCursor, insertText, selectBlank } from '../quick-editor'
import { EditorBar } from './editor-bar'
import { replace, take, toEnd } from './editor-content'
import { mailKit, unwritten } from './editor-kit'
import { tamed } from './paste'
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
  /** Puts text in place of as many characters before the cursor. */
  insert: (text: string, cut: number) => void
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
  /** Hears what stands before the cursor in its line; null while something is selected. */
  onBefore?: (before: string | null) => void
  /** Takes keys before the editor does. */
  onKey?: (event: KeyboardEvent) => boolean
  /** Hears what a step back or forth through what was typed has left. */
  onStep?: (html: string) => void
  testId?: string
  className?: string
  ref?: Ref<EditorHandle>
}

/** What the history of ProseMirror marks its steps with. */
const steps = 'history$'

/** The editor of mails. It is mounted with its place and stays: one that came with the first key would lose it. */
export default function MailEditor(props: MailEditorProps) {
  const { html, start, ref } = props
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const shown = useRef(html)
  const own = useRef(new Set<string>())
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
        own.current.add(shown.current)
        latest.current.onChange(shown.current)
      },
      onTransaction: ({ editor, transaction }) => {
        if (transaction.getMeta(steps)) latest.current.onStep?.(editor.getHTML())
        latest.current.onBefore?.(beforeCursor(editor))
        redraw()
      },
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
          if (latest.current.onKey?.(event)) return true
          if (event.key === 'Tab' && !event.shiftKey && selectBlank(made, made.state.selection.to))
            return true
          if (event.code === 'Enter' && (event.ctrlKey || event.metaKey) && latest.current.onSubmit) {
            latest.current.onSubmit(event.shiftKey)
            return true
          }
          if (event.key === 'Escape') view.dom.blur()
          return false
        },
        handleDOMEvents: {
          mousedown: (view, event) => {
            // Below the signature there is nothing to write into, and before anything is written
            // a click on the signature means the text as well.
            const low = view.dom.lastElementChild?.getBoundingClientRect().bottom ?? 0
            const below = event.target === view.dom && event.clientY > low
            const early =
              unwritten(view.state.doc) &&
              event.target instanceof Element &&
              event.target.closest('.parley-signature') !== null
            if (!below && !early) return false
            event.preventDefault()
            view.focus()
            toEnd(made)
            return true
          },
        },
        transformPastedHTML: tamed,
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
    toEnd(made)
    setEditor(made)
    return () => made.destroy()
  }, [])

  // What was sent, undone or left in another window replaces the text; the own echo does
  // not, however late it comes.
  useEffect(() => {
    if (!editor || html === shown.current) own.current.clear()
    else if (!own.current.has(html)) {
      own.current.clear()
      shown.current = html
      replace(editor, html || latest.current.start)
    }
  }, [editor, html])
  useEffect(() => {
    if (editor && shown.current === '') replace(editor, start)
  }, [editor, start])
  // Last, because what was typed meanwhile goes into what the others put there.
  useEffect(() => {
    if (editor) latest.current.onReady?.()
  }, [editor])

  useImperativeHandle(
    ref,
    () => ({
      // The library's own focus waits for a frame, in which a letter may come.
      focus: () => editor?.view.focus(),
      type: (text) => {
        editor?.view.focus()
        editor?.view.dispatch(editor.state.tr.insertText(text))
      },
      insert: (text, cut) => editor && insertText(editor, text, cut),
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
