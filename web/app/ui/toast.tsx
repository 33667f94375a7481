import { useEffect, useSyncExternalStore } from 'react'
import { t } from '#/text/text'
import { IconButton } from './button'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'error'
  undo?: () => void
  offer?: Offer
  /** What it speaks of, where a later line about the same makes it untrue. */
  about?: string
}

/** What to do next, beside taking it back. */
interface Offer {
  name: string
  run: () => void
}

let toasts: Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** say shows one line at the bottom, unless there is nothing to say; with `undo`, it can be taken back for ten seconds. */
export function say(
  text: string,
  options: Partial<Pick<Toast, 'tone' | 'undo' | 'offer' | 'about'>> = {},
): void {
  if (text === '') return
  const toast = {
    id: nextId++,
    text,
    tone: options.tone ?? 'plain',
    undo: options.undo,
    offer: options.offer,
    about: options.about,
  }
  const still = toasts.filter((other) => !toast.about || other.about !== toast.about)
  set([...withRoom(still), toast])
  setTimeout(
    () => dismiss(toast.id),
    options.undo || options.offer || toast.tone === 'error' ? 10_000 : 4_000,
  )
}

/** So many lines stand at once. */
const most = 3

/** withRoom leaves room for one line more. Who can take something back shall not lose that to what others do meanwhile. */
function withRoom(lines: Toast[]): Toast[] {
  if (lines.length < most) return lines
  const goes = lines.find((line) => !line.undo) ?? lines[0]
  return lines.filter((line) => line !== goes)
}

export function dismiss(id: number): void {
  if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id))
}

/** dismissAll ends every offer to take something back: whoever comes next did none of it. */
export function dismissAll(): void {
  if (toasts.length > 0) set([])
}

/** undoLast takes the latest undoable change back; false when there is none. */
export function undoLast(): boolean {
  const last = toasts.findLast((toast) => toast.undo)
  if (!last?.undo) return false
  dismiss(last.id)
  last.undo()
  return true
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** How many need the foot of the page for themselves: to write in, or for the buttons of a form. */
const needed = { aside: 0, above: 0 }

/** useToastsOff keeps the lines off the foot of the page for as long as that place is needed. */
export function useToastsOff(to: keyof typeof needed): void {
  useEffect(() => {
    needed[to]++
    set(toasts)
    return () => {
      needed[to]--
      set(toasts)
    }
  }, [to])
}

const place = () => (needed.aside ? 'toasts-aside' : needed.above ? 'toasts-above' : 'toasts')

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  // Told in script: a style sheet that looks for the composer would judge the whole page anew with each that comes or goes.
  const where = useSyncExternalStore(subscribe, place)
  return (
    <div
      aria-live="polite"
      className={`${where} pointer-events-none fixed z-50 flex flex-col items-center gap-2`}
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          className={`pointer-events-auto flex max-w-full items-center gap-3 rounded-lg py-1.5 ps-4 pe-1.5 shadow-pop ${toast.tone === 'error' ? 'bg-danger-soft text-danger' : 'bg-text text-bg'}`}
        >
          <span className="min-w-0">{toast.text}</span>
          {toast.offer && (
            <button
              type="button"
              onClick={() => {
                dismiss(toast.id)
                toast.offer?.run()
              }}
              className="h-7 shrink-0 rounded-md px-2 font-semibold underline-offset-2 hover:underline"
            >
              {toast.offer.name}
            </button>
          )}
          {toast.undo && (
            <button
              type="button"
              onClick={() => {
                dismiss(toast.id)
                toast.undo?.()
              }}
              className="h-7 rounded-md px-2 font-semibold underline-offset-2 hover:underline"
            >
              {t('common.undo')}
            </button>
          )}
          <IconButton
            icon="close"
            label={t('common.dismiss')}
            onClick={() => dismiss(toast.id)}
            className="size-7 text-current! hover:bg-transparent"
          />
        </div>
      ))}
    </div>
  )
}
