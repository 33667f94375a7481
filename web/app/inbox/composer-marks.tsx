import type { KeyboardEvent, RefObject } from 'react'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import type { IconName } from '#/ui/icons'
import type { TextHandle } from './composer-text'
import { MessageText } from './formatted-text'
import { formatted, type Mark, signs, wrapped } from './markup'

const tools: { mark: Mark; icon: IconName; hint: string; code: string; shift: boolean }[] = [
  { mark: 'bold', icon: 'bold', hint: 'Ctrl+B', code: 'KeyB', shift: false },
  { mark: 'italic', icon: 'italic', hint: 'Ctrl+I', code: 'KeyI', shift: false },
  { mark: 'strike', icon: 'strike', hint: 'Ctrl+Shift+X', code: 'KeyX', shift: true },
  { mark: 'code', icon: 'code', hint: 'Ctrl+E', code: 'KeyE', shift: false },
]

/** markField puts a mark around what is selected in a field, or takes it away. */
export function markField(
  field: HTMLTextAreaElement | null,
  sign: string,
  onChange: (text: string) => void,
): void {
  if (!field) return
  const next = wrapped(field.value, field.selectionStart, field.selectionEnd, sign)
  select(field, next, onChange)
}

/** linkField makes a link of what is selected and asks for its address by selecting where it goes. */
export function linkField(field: HTMLTextAreaElement | null, onChange: (text: string) => void): void {
  if (!field) return
  const { value, selectionStart: from, selectionEnd: to } = field
  const words = value.slice(from, to) || t('marks.linkWords')
  const address = 'https://'
  const at = from + words.length + 3 + address.length
  const text = `${value.slice(0, from)}[${words}](${address})${value.slice(to)}`
  select(field, { text, from: at, to: at }, onChange)
}

function select(
  field: HTMLTextAreaElement,
  next: { text: string; from: number; to: number },
  onChange: (text: string) => void,
): void {
  onChange(next.text)
  // The field holds the new text once the page has drawn it.
  requestAnimationFrame(() => {
    field.focus()
    field.setSelectionRange(next.from, next.to)
  })
}

/** marksByKey does what a key stands for in a field whose text can be formatted; true when it was one. */
export function marksByKey(
  event: KeyboardEvent,
  field: HTMLTextAreaElement | null,
  onChange: (text: string) => void,
): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const tool = tools.find((one) => one.code === event.code && one.shift === event.shiftKey)
  if (!tool) return false
  event.preventDefault()
  markField(field, signs[tool.mark], onChange)
  return true
}

/** What can be done with the words that are selected in a field, where the network carries it. */
export function Marks({ field }: { field: RefObject<TextHandle | null> }) {
  const button = (icon: IconName, label: string, run: () => void, hint?: string) => (
    <IconButton
      key={icon}
      icon={icon}
      label={label}
      hint={hint}
      // The selection stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
      className="size-7!"
    />
  )
  return (
    <div role="group" aria-label={t('editor.tools')} className="flex items-center">
      {tools.map(({ mark, icon, hint }) =>
        button(icon, t(`marks.${mark}`), () => field.current?.mark(signs[mark]), hint),
      )}
      {button('link', t('marks.link'), () => field.current?.link())}
    </div>
  )
}

/** How formatted words will look, for whoever types their signs. */
export function MarksPreview({ text }: { text: string }) {
  const { html, text: plain } = formatted(text.trim())
  if (!html) return null
  return (
    <div
      role="group"
      aria-label={t('marks.preview')}
      data-testid="marks-preview"
      className="scroller mx-3.5 mb-1 max-h-24 border-line border-t border-dashed pt-1 text-muted text-sm"
    >
      <MessageText text={plain} html={html} />
    </div>
  )
}
