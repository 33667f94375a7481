import { type Meanwhile, type Outcome, sayMeanwhile } from './meanwhile'
import {
  type Form,
  follow,
  kept,
  refused,
  resend,
  restored,
  sent,
  toKeep,
  type,
  type Unsaved,
  unsaved,
  untouched,
} from './typed'

/** Where the words of a field lie until they are stored. */
export interface Words<V> {
  /** What was left there. */
  left: Unsaved<V> | null
  lay: (words: Unsaved<V> | null) => void
  /** Whether whoever typed them is still the one who sits here: nothing is sent in another's name. */
  mine: () => boolean
}

type OnKeep<V> = (value: V, was: V) => Promise<Outcome>

/** What a field keeps by. */
interface Keeping<V> {
  value: V
  form: Form<V>
  onKeep: OnKeep<V>
  words: Words<V>
  redraw: () => void
}

/** createKeeper keeps the words of one field, in the order in which they were typed, until they are stored or taken back. */
export function createKeeper<V>(keeping: Keeping<V>) {
  const { words, redraw } = keeping
  let { form, onKeep } = keeping
  let field = restored(keeping.value, words.left, form)
  let theirs: Meanwhile | null = null
  let left = false
  let gone = false

  function set(next: typeof field, meanwhile: Meanwhile | null = theirs): void {
    field = next
    theirs = meanwhile
    if (words.mine()) words.lay(unsaved(field))
    redraw()
  }

  async function send(text: string, seen: V): Promise<void> {
    const value = form.read(text)
    set(sent(field), null)
    const outcome = await onKeep(value, seen)
    set(outcome === 'kept' ? kept(field, value, form) : refused(field))
    if (!words.mine()) return
    if (typeof outcome === 'object') return gone ? tell(outcome) : set(field, outcome)
    // Left while this was on its way: no other blur will come for what was typed since.
    const next = resend(field, outcome === 'kept' ? null : text, form)
    if (next !== null && (gone || left)) await send(next, field.seen)
  }

  /** tell offers at the bottom what there is no field for any more. */
  function tell(meanwhile: Meanwhile): void {
    sayMeanwhile(meanwhile, async (seen) => {
      const value = form.read(field.text.trim())
      const outcome = await onKeep(value, seen as V)
      if (outcome === 'kept') set(untouched(value, form), null)
      return outcome
    })
  }

  return {
    state: () => ({ text: field.text, theirs }),
    follow(value: V, nextForm: Form<V>, nextKeep: OnKeep<V>): void {
      form = nextForm
      onKeep = nextKeep
      field = follow(field, value, form)
    },
    type(text: string): void {
      left = false
      set(type(field, text))
    },
    keep(): void {
      left = true
      if (theirs || field.sent) return
      const text = toKeep(field, form)
      if (text === null) set(untouched(field.stored, form))
      else void send(text, field.seen)
    },
    /** reset takes back what was typed: what is stored stands there again. */
    reset: () => set(untouched(field.stored, form), null),
    /** insist saves what was typed over what somebody else has stored. */
    insist(): void {
      if (theirs) void send(field.text.trim(), theirs.value as V)
    },
    stay(): void {
      gone = false
    },
    /** leave keeps what waits in a field that is taken away; a field of whoever left the page sends nothing. */
    leave(): void {
      gone = true
      const text = toKeep(field, form)
      if (text === null || !words.mine()) return
      if (theirs) tell(theirs)
      else void send(text, field.seen)
    },
  }
}
