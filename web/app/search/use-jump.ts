import { useSearch } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import type { ID } from '#/api/types'
import { loadOlder, openThread } from '#/live/load'
import { inbox } from '#/live/store'

/** How many pages are read back at most to reach a message, and how large they are: nobody looks at what is between. */
const furthest = 200
const page = 200

/**
 * useJump brings the message that the address points at onto the screen and marks it.
 * onArrive hears of it before the list moves, so that it lets go of its end.
 */
export function useJump(
  id: ID,
  scroller: RefObject<HTMLElement | null>,
  onArrive: (seq: number) => void,
): void {
  const { message: seq } = useSearch({ strict: false }) as { message?: number }
  // biome-ignore lint/correctness/useExhaustiveDependencies: onArrive is made anew with every render
  useEffect(() => {
    if (!seq) return
    let left = false
    const go = async () => {
      await openThread(id)
      await painted() // what is there by now is not new to the reader
      await reach(id, seq, () => left)
      if (left) return
      onArrive(seq)
      const element = await drawn(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"][data-of="${id}"]`),
      )
      if (left || !element) return
      for (const old of scroller.current?.querySelectorAll('[data-found]') ?? [])
        old.removeAttribute('data-found')
      element.setAttribute('data-found', '')
      element.scrollIntoView({ block: 'center' })
    }
    void go()
    return () => {
      left = true
    }
  }, [id, seq, scroller])
}

/** reach reads a thread back until a message is in it. */
async function reach(id: ID, seq: number, left: () => boolean): Promise<void> {
  for (let read = 0; read < furthest && !left(); read++) {
    const thread = inbox.state.threads.get(id)
    const first = thread?.items[0]?.seq
    if (!thread?.older || !first || first <= seq) return
    await loadOlder(id, page).catch(() => undefined)
    // Nothing came: the line is down, or somebody else is reading the same page.
    if (inbox.state.threads.get(id)?.items[0]?.seq === first)
      await new Promise((done) => setTimeout(done, 50))
  }
}

/** drawn waits for something to be on the page; what is not there after some frames will not come. */
async function drawn<T>(find: () => T | null | undefined): Promise<T | null> {
  for (let frame = 0; frame < 20; frame++) {
    await painted()
    const found = find()
    if (found) return found
  }
  return null
}

function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
}
