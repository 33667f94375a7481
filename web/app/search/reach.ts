import type { ID } from '#/api/types'
import { loadOlder } from '#/live/load'
import { inbox } from '#/live/store'
import type { LinkState } from '#/live/stream'

/** How many pages are read back at most to reach a message, and how large they are: nobody looks at what is between. */
const furthest = 200
const page = 200

/** reach reads a thread back until a message is in it; what is refused is asked for again once the line has come back. */
export async function reach(id: ID, seq: number, left: AbortSignal): Promise<void> {
  for (let read = 0; read < furthest && !left.aborted; read++) {
    const thread = inbox.state.threads.get(id)
    const first = thread?.items[0]?.seq
    if (!thread?.older || !first || first <= seq) return
    const link = inbox.state.link
    try {
      await loadOlder(id, page)
    } catch {
      await lineBack(link, left)
      continue
    }
    // Nothing came: somebody else is reading the same page.
    if (inbox.state.threads.get(id)?.items[0]?.seq === first)
      await new Promise((done) => setTimeout(done, 50))
  }
}

/** lineBack waits until the line, which was so, is open again, or until nobody waits any more. */
function lineBack(was: LinkState, left: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = inbox.subscribe(look)
    function finish(): void {
      end()
      left.removeEventListener('abort', finish)
      done()
    }
    function look(): void {
      const back = inbox.state.link === 'open' && was !== 'open'
      was = inbox.state.link
      if (back) finish()
    }
    left.addEventListener('abort', finish)
    if (left.aborted) finish()
    else look()
  })
}
