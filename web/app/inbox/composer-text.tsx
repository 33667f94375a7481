import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { t } from '#/text/text'
import { linkField, MarksPreview, markField, marksByKey } from './composer-marks'
import { nextBlank } from './quick-match'
import type { Key } from './quick-use'

/** What others may do with a field in which something is written. */
export interface TextHandle {
  focus: () => void
  /** Shows a text at once and takes what is typed after it: the next letter may come before the next drawing. */
  begin: (text: string) => void
  /** Puts text in place of as many characters before the cursor. */
  insert: (text: string, cut: number) => void
  /** Puts a sign around what is selected. */
  mark: (sign: string) => void
  link: () => void
}

interface ComposerTextProps {
  note: boolean
  /** What is written can be formatted. */
  marks: boolean
  text: string
  onChange: (text: string) => void
  onSubmit: (andClose: boolean) => void
  onFiles: (files: Iterable<File>) => void
  /** Hears what stands before the cursor; null while something is selected. */
  onBefore: (before: string | null) => void
  /** Takes keys before the field does. */
  onKey: (event: Key) => boolean
  /** Hears what a step back or forth through what was typed has left. */
  onStep: (text: string) => void
  ref: Ref<TextHandle>
}

/** A sign alone has no direction: it stays where the words of the page's language will begin. */
const hasWords = /[\p{L}\p{N}]/u

/** The field for plain text, as high as what is in it. */
export function ComposerText(props: ComposerTextProps) {
  const { note, marks, text, onChange, onSubmit, onFiles, onBefore, onKey, onStep, ref } = props
  const input = useRef<HTMLTextAreaElement>(null)
  /** Where the cursor goes once what was put in is there. */
  const cursor = useRef<[number, number] | null>(null)
  useImperativeHandle(ref, () => ({
    focus: () => input.current?.focus(),
    begin: (said) => {
      if (input.current) input.current.value = said
      input.current?.focus()
    },
    insert,
    mark: (sign) => markField(input.current, sign, onChange),
    link: () => linkField(input.current, onChange),
  }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor follows what was put in
  useLayoutEffect(() => {
    if (!cursor.current) return
    input.current?.focus()
    input.current?.setSelectionRange(...cursor.current)
    cursor.current = null
  }, [text])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => grow(input.current), [text])

  function insert(filled: string, cut: number): void {
    const end = input.current?.selectionStart ?? text.length
    const start = Math.max(0, end - cut)
    const blank = nextBlank(filled, 0)
    const after = start + filled.length
    cursor.current = blank ? [start + blank[0], start + blank[1]] : [after, after]
    input.current?.focus()
    input.current?.setSelectionRange(start, end)
    // What the browser types itself can be taken back by its undo; there is no newer way.
    if (!filled || !document.execCommand('insertText', false, filled))
      onChange(text.slice(0, start) + filled + text.slice(end))
  }

  /** toBlank selects the next blank, if there is one. */
  function toBlank(): boolean {
    const found = nextBlank(text, input.current?.selectionEnd ?? 0)
    if (found) input.current?.setSelectionRange(...found)
    return found !== null
  }

  function onSelect(): void {
    const field = input.current
    if (!field) return
    onBefore(field.selectionStart === field.selectionEnd ? field.value.slice(0, field.selectionStart) : null)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || onKey(event)) return
    if (marks && marksByKey(event, input.current, onChange)) return
    if (event.key === 'Tab' && !event.shiftKey && toBlank()) {
      event.preventDefault()
      return
    }
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSubmit(event.shiftKey)
    } else if (event.key === 'Escape') input.current?.blur()
  }

  return (
    <>
      <textarea
        ref={input}
        data-testid="composer-input"
        aria-label={note ? t('composer.note') : t('composer.reply')}
        placeholder={note ? t('composer.notePlaceholder') : t('composer.replyPlaceholder')}
        dir={hasWords.test(text) ? 'auto' : undefined}
        rows={2}
        value={text}
        onChange={(event) => {
          onChange(event.target.value)
          if (isStep(event.nativeEvent)) onStep(event.target.value)
        }}
        onKeyDown={onKeyDown}
        onSelect={onSelect}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles(event.clipboardData.files)
        }}
        className={`scroller field-sizing-content block max-h-[40dvh] min-h-16 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 outline-none ${note ? 'text-note-text placeholder:text-note-text/70' : ''}`}
      />
      {marks && <MarksPreview text={text} />}
    </>
  )
}

const isStep = (event: Event): boolean =>
  event instanceof InputEvent && (event.inputType === 'historyUndo' || event.inputType === 'historyRedo')

/** Whether the style sheet alone makes a field as high as its text. */
const growsItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

/** grow makes the field as high as its text, up to its limit, where the browser does not do so. */
function grow(element: HTMLTextAreaElement | null): void {
  if (!element || growsItself) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}
