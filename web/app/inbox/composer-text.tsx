import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { t } from '#/text/text'

interface ComposerTextProps {
  note: boolean
  text: string
  onChange: (text: string) => void
  onSubmit: (andClose: boolean) => void
  onFiles: (files: Iterable<File>) => void
  ref: Ref<{ focus: () => void }>
}

/** The field for plain text, as high as what is in it. */
export function ComposerText({ note, text, onChange, onSubmit, onFiles, ref }: ComposerTextProps) {
  const input = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => grow(input.current), [text])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSubmit(event.shiftKey)
    } else if (event.key === 'Escape') input.current?.blur()
  }

  return (
    <textarea
      ref={input}
      data-testid="composer-input"
      aria-label={note ? t('composer.note') : t('composer.reply')}
      placeholder={note ? t('composer.notePlaceholder') : t('composer.replyPlaceholder')}
      dir="auto"
      rows={2}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        onFiles(event.clipboardData.files)
      }}
      className={`scroller block max-h-[40dvh] min-h-16 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 outline-none ${note ? 'text-note-text placeholder:text-note-text/70' : ''}`}
    />
  )
}

/** grow makes the field as high as its text, up to its limit. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}
