import { useEffect, useRef, useState } from 'react'
import { type Meanwhile, type Outcome, sayMeanwhile } from './meanwhile'
import { type Form, follow, kept, refused, sent, type Typed, toKeep, type, untouched } from './typed'

/** What a field needs whose words are kept when it is left. */
export interface Keeping<V> extends Partial<Form<V>> {
  value: V
  /** Stores a value over the one that was seen. */
  onKeep: (value: V, was: V) => Promise<Outcome>
}

/** How texts stand in a field; whatever is none comes with a form of its own. */
const asText = { show: String, read: (text: string) => text as unknown }

/**
 * useKept keeps a field when it is left, by Enter, and when its window closes over it. Where somebody else has changed
 * it meanwhile, what was typed stays until one of the two is chosen.
 */
export function useKept<V>({ value, onKeep, show, read }: Keeping<V>) {
  const form: Form<V> = { show: show ?? asText.show, read: read ?? (asText.read as Form<V>['read']) }
  const [was, setField] = useState(() => untouched(value, form))
  const [theirs, setTheirs] = useState<Meanwhile | null>(null)
  const field = follow(was, value, form)
  if (field !== was) setField(field)
  const latest = useRef({ field, form, onKeep, theirs, gone: false })
  Object.assign(latest.current, { field, form, onKeep, theirs })

  function set(next: Typed<V>): void {
    latest.current.field = next
    setField(next)
  }

  function decide(next: Meanwhile | null): void {
    latest.current.theirs = next
    setTheirs(next)
  }

  async function send(value: V, seen: V): Promise<void> {
    set(sent(latest.current.field))
    decide(null)
    const outcome = await onKeep(value, seen)
    const { field, gone } = latest.current
    if (outcome === 'kept') return set(kept(field, value, form))
    set(refused(field))
    if (outcome === 'failed') return
    if (gone) sayMeanwhile(outcome, (seen) => onKeep(value, seen as V))
    else decide(outcome)
  }

  // A field that is taken away hears of no blur: Escape closes the window around it at once.
  useEffect(() => {
    latest.current.gone = false
    return () => {
      const { field, form, onKeep, theirs } = latest.current
      latest.current.gone = true
      const text = toKeep(field, form)
      if (text === null) return
      const mine = (seen: unknown) => onKeep(form.read(text), seen as V)
      if (theirs) sayMeanwhile(theirs, mine)
      else
        void mine(field.seen).then((outcome) => {
          if (typeof outcome === 'object') sayMeanwhile(outcome, mine)
        })
    }
  }, [])

  return {
    text: field.text,
    theirs,
    type: (text: string) => set(type(latest.current.field, text)),
    keep: () => {
      const { field, theirs } = latest.current
      const text = toKeep(field, form)
      if (theirs || field.sent) return
      if (text === null) set(untouched(field.stored, form))
      else void send(form.read(text), field.seen)
    },
    /** Takes back what was typed: what is stored stands there again. */
    reset: () => {
      set(untouched(latest.current.field.stored, form))
      decide(null)
    },
    /** Saves what was typed over what somebody else has stored. */
    insist: () => {
      const { field, theirs } = latest.current
      if (theirs) void send(form.read(field.text.trim()), theirs.value as V)
    },
  }
}
