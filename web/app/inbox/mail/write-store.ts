import { useSyncExternalStore } from 'react'
import type { Attachment, ID, Party } from '#/api/types'

/** A message to somebody who has not written: kept on this browser's shelf with every letter. */
export interface NewLetter {
  account: ID
  to: Party[]
  cc: Party[]
  bcc: Party[]
  subject: string
  from: string
  html: string
  attachments: Attachment[]
  /** By a chat: whom to, as that network writes addresses, and what. */
  address: string
  text: string
}

export const emptyLetter: NewLetter = {
  account: '',
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  from: '',
  html: '',
  attachments: [],
  address: '',
  text: '',
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** createWriting holds the one mail being begun, and whether its window is open. */
export function createWriting(shelf: () => Shelf, owner: () => ID) {
  const key = () => `parley.new-mail.${owner()}`
  const listeners = new Set<() => void>()
  let shown: { open: boolean; letter: NewLetter; owner: ID } | null = null

  function read(): NewLetter {
    try {
      return { ...emptyLetter, ...JSON.parse(shelf().getItem(key()) ?? '{}') }
    } catch {
      return emptyLetter
    }
  }

  function get() {
    if (!shown || shown.owner !== owner()) shown = { open: false, letter: read(), owner: owner() }
    return shown
  }

  function set(change: { open?: boolean; letter?: NewLetter }): void {
    shown = { ...get(), ...change }
    if (change.letter) shelf().setItem(key(), JSON.stringify(change.letter))
    for (const listener of listeners) listener()
  }

  return {
    get,
    /** openChat shows the window for a message by another network than mail. */
    openChat(account: ID, address: string): void {
      set({ open: true, letter: { ...get().letter, account, address } })
    },
    /** open shows the window, with somebody more in it when a person was pressed. */
    open(to?: Party): void {
      const { letter } = get()
      const known = to && letter.to.some((party) => party.address === to.address)
      set({ open: true, ...(to && !known && { letter: { ...letter, to: [...letter.to, to] } }) })
    },
    close: () => set({ open: false }),
    edit: (change: Partial<NewLetter>) => set({ letter: { ...get().letter, ...change } }),
    /** clear forgets a mail that was sent. */
    clear(): void {
      shelf().removeItem(key())
      shown = { open: false, letter: emptyLetter, owner: owner() }
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Writing = ReturnType<typeof createWriting>

/** useWriting is the mail being begun. */
export function useWriting(writing: Writing) {
  return useSyncExternalStore(writing.subscribe, writing.get)
}
