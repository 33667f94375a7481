import { useEffect, useReducer, useState } from 'react'
import { inbox } from '#/live/store'
import { createKept } from '#/ui/kept'
import { createKeeper, type Words } from './keeper'
import type { Outcome } from './meanwhile'
import type { Form, Unsaved } from './typed'

/** What a field needs whose words are kept when it is left. */
export interface Keeping<V> extends Partial<Form<V>> {
  value: V
  /** The one place of this field among all: its words lie there until they are stored. */
  place: string
  /** Stores a value over the one that was seen. */
  onKeep: (value: V, was: V) => Promise<Outcome>
}

/** How texts stand in a field; whatever is none comes with a form of its own. */
const asText = { show: String, read: (text: string) => text as unknown }

const shelf = createKept<Unsaved<unknown>>(
  'field',
  () => sessionStorage,
  () => inbox.state.me,
)

function wordsOf<V>(place: string): Words<V> {
  const { me } = inbox.state
  return {
    left: shelf.get(place) as Unsaved<V> | null,
    lay: (words) => (words ? shelf.set(place, words, { text: '', seen: null }) : shelf.drop(place)),
    mine: () => inbox.state.me === me,
  }
}

/**
 * useKept keeps a field when it is left, by Enter, and when its window closes over it. Where somebody else has changed
 * it meanwhile, what was typed stays until one of the two is chosen.
 */
export function useKept<V>({ value, place, onKeep, show, read, required }: Keeping<V>) {
  const form: Form<V> = {
    show: show ?? asText.show,
    read: read ?? (asText.read as Form<V>['read']),
    required,
  }
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [keeper] = useState(() => createKeeper({ value, form, onKeep, words: wordsOf<V>(place), redraw }))
  keeper.follow(value, form, onKeep)

  // A field that is taken away hears of no blur: Escape closes the window around it at once.
  useEffect(() => {
    keeper.stay()
    return keeper.leave
  }, [keeper])

  const { type, keep, reset, insist } = keeper
  return { ...keeper.state(), type, keep, reset, insist }
}
