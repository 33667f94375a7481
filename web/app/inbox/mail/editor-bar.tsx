import type { Editor } from '@tiptap/core'
import { type FormEvent, useRef, useState } from 'react'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import type { IconName } from '#/ui/icons'
import { linkable } from './editor-kit'

interface EditorBarProps {
  editor: Editor
  onPictures?: (files: File[]) => void
  /** The mail that is answered, as a quotation. */
  onQuote?: () => string
}

/** What can be done with the text that is selected. */
export function EditorBar({ editor, onPictures, onQuote }: EditorBarProps) {
  const [linking, setLinking] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const run = () => editor.chain().focus()
  if (linking) return <LinkForm editor={editor} onDone={() => setLinking(false)} />
  const tool = (icon: IconName, label: string, mark: string, act: () => void, hint?: string) => (
    <IconButton
      icon={icon}
      label={label}
      hint={hint}
      aria-pressed={mark ? editor.isActive(mark) : undefined}
      // The selection stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={act}
      className="size-7! aria-pressed:bg-accent-soft aria-pressed:text-accent"
    />
  )
  return (
    <div role="group" aria-label={t('editor.tools')} className="flex flex-wrap items-center gap-0.5 px-2.5">
      {tool('bold', t('editor.bold'), 'bold', () => run().toggleBold().run(), 'Ctrl+B')}
      {tool('italic', t('editor.italic'), 'italic', () => run().toggleItalic().run(), 'Ctrl+I')}
      {tool('bullets', t('editor.bullets'), 'bulletList', () => run().toggleBulletList().run())}
      {tool('numbers', t('editor.numbers'), 'orderedList', () => run().toggleOrderedList().run())}
      {tool('quotes', t('editor.quote'), 'blockquote', () => run().toggleBlockquote().run())}
      {tool('link', t('editor.link'), 'link', () => setLinking(true))}
      {onPictures && (
        <>
          <IconButton
            icon="picture"
            label={t('editor.picture')}
            onClick={() => picker.current?.click()}
            className="size-7!"
          />
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            hidden
            aria-label={t('editor.picture')}
            onChange={(event) => {
              // Whoever writes on would otherwise press the page's keys.
              editor.view.focus()
              onPictures([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </>
      )}
      {onQuote && (
        <IconButton
          icon="chat"
          label={t('editor.quoteMail')}
          onClick={() => run().insertContent(onQuote()).run()}
          className="size-7!"
        />
      )}
      {tool('eraser', t('editor.clear'), '', () => run().unsetAllMarks().clearNodes().run())}
    </div>
  )
}

function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const before = String(editor.getAttributes('link').href ?? '')
  const [address, setAddress] = useState(before)
  const [bad, setBad] = useState(false)

  function submit(event: FormEvent): void {
    event.preventDefault()
    const typed = address.trim()
    const whole = typed === '' || /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
    if (typed !== '' && !linkable(whole)) {
      setBad(true)
      return
    }
    if (typed === '') editor.chain().focus().extendMarkRange('link').unsetLink().run()
    else if (editor.state.selection.empty && !before)
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href: whole } }] })
        .run()
    else editor.chain().focus().extendMarkRange('link').setLink({ href: whole }).run()
    onDone()
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-1.5 px-2.5">
      <input
        autoFocus
        aria-label={t('editor.linkAddress')}
        aria-invalid={bad || undefined}
        placeholder="https://"
        value={address}
        onChange={(event) => {
          setBad(false)
          setAddress(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onDone()
          editor.commands.focus()
        }}
        className="h-7 min-w-0 flex-1 basis-48 rounded-md border border-line-strong bg-surface px-2 text-sm aria-invalid:border-danger"
      />
      <Button small type="submit">
        {before && address.trim() === '' ? t('editor.linkRemove') : t('editor.linkSet')}
      </Button>
      <IconButton icon="close" label={t('common.close')} onClick={onDone} className="size-7!" />
      {bad && (
        <p role="alert" className="w-full text-danger text-sm">
          {t('editor.linkBad')}
        </p>
      )}
    </form>
  )
}
