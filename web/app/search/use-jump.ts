import { useSearch } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import type { ID } from '#/api/types'
import { openThread } from '#/live/load'
import { reach } from './reach'

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
    const leaving = new AbortController()
    const left = leaving.signal
    const go = async () => {
      await openThread(id)
      await painted() // what is there by now is not new to the reader
      await reach(id, seq, left)
      if (left.aborted) return
      onArrive(seq)
      const element = await drawn(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"][data-of="${id}"]`),
      )
      if (left.aborted || !element) return
      for (const old of scroller.current?.querySelectorAll('[data-found]') ?? [])
        old.removeAttribute('data-found')
      element.setAttribute('data-found', '')
      element.scrollIntoView({ block: 'center' })
    }
    void go()
    return () => leaving.abort()
  }, [id, seq, scroller])
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
