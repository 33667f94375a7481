import type { ID } from '#/api/types'

/** What the windows of one browser, which share its cookie, tell each other: who signed in or out, and who was found there. */
export interface Word {
  kind: 'in' | 'found' | 'out'
  id: ID
}

/** How a window takes part in that. */
interface Windows {
  /** Who sits at this window; empty when nobody does. */
  me: () => ID
  /** The window asks its person for the password. */
  ended: () => boolean
  /** Forgets the person, with all that is shown of them. */
  leave: () => void
  /** Goes on with the session that the cookie stands for now. */
  goOn: () => void
  /** Whoever waits at the sign-in page need not. */
  open: () => void
}

/**
 * createWindows has a window learn at once that its cookie stands for somebody else, or for nobody: it shows nothing more of
 * its person then. What they wrote in drafts, letters, messages, records' fields and the pages of settings lies on their own shelf and is
 * there again when they are; what stands in a dialog that is not saved is gone.
 */
export function createWindows(
  post: (word: Word) => void,
  { me, ended, leave, goOn, open }: Windows,
): { tell: (kind: Word['kind'], id: ID) => void; hear: (word: Word) => void } {
  return {
    tell: (kind, id) => post({ kind, id }),
    hear({ kind, id }) {
      const mine = me()
      if (!mine) {
        if (kind !== 'out') open()
      } else if (kind === 'out') {
        if (id === mine) leave()
      } else if (id !== mine) leave()
      // The token of the session before it is good for nothing any more.
      else if (kind === 'in' || ended()) goOn()
    },
  }
}
