import type { FocusEvent, PointerEvent } from 'react'
import type { ID } from '#/api/types'
import { readAhead } from '#/live/ahead'

/** How long somebody is at a row before what was said there is read, in milliseconds: who only passes by asks for nothing. */
const dwell = 70
/** The same for keys that move from row to row: one that is held down mostly comes again within this time. */
const keysDwell = 150

/** What tells whether somebody is still at a row; one that is gone has neither pointer nor focus. */
interface Place {
  matches: (selector: string) => boolean
}

let at: ID | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let reading = false

/** Where somebody is in the list of conversations: most presses come a while after the pointer, or the key, that led there. */
export const intent = {
  /** Somebody has come to a row. Without a place keys have moved them there, and they stay until they go on. */
  begin(id: ID, place?: Place): void {
    if (id === at) return
    clearTimeout(timer)
    at = id
    timer = setTimeout(look, place ? dwell : keysDwell, id, place)
  },
  /** Somebody has left a row. */
  end(id: ID): void {
    if (id !== at) return
    clearTimeout(timer)
    at = undefined
  },
}

/** look reads the thread of whoever is still there, one at a time: a hand that wanders asks for no more than is answered. */
async function look(id: ID, place?: Place): Promise<void> {
  if (place && !place.matches(':hover, :focus')) return intent.end(id)
  if (reading) {
    timer = setTimeout(look, dwell, id, place)
    return
  }
  reading = true
  await readAhead(id).finally(() => {
    reading = false
  })
}

/** approach is how a row tells that somebody comes to it, and leaves. */
export const approach = (id: ID) => ({
  onFocusCapture: ({ currentTarget }: FocusEvent) => intent.begin(id, currentTarget),
  // A list that scrolls under a pointer at rest brings it rows that nobody has gone to: those do not move it.
  onPointerMove: ({ pointerType, currentTarget }: PointerEvent) => {
    if (pointerType === 'mouse') intent.begin(id, currentTarget)
  },
  onPointerLeave: () => intent.end(id),
})
