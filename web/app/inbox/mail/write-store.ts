import { useSyncExternalStore } from 'react'
import type { Attachment, ID, Party } from '#/api/types'
import { isBlank } from './words'

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
  /** The key it was tried to be sent under; empty while it was not. */
  client: string
  /** The same for a template that was tried in its stead. */
  templateClient: string
}

/** What a letter is sent as: what is written in it, or a template. */
export type SentAs = 'words' | 'template'

const keyOf = { words: 'client', template: 'templateClient' } as const

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
  client: '',
  templateClient: '',
}

/** hasWords is true where something would be lost with a letter. */
export function hasWords({ html, text, subject, attachments }: NewLetter): boolean {
  return !isBlank(html) || text.trim() !== '' || subject.trim() !== '' || attachments.length > 0
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const same = (a: NewLetter, b: NewLetter | undefined) => JSON.stringify(a) === JSON.stringify(b)

/**
 * createWriting holds the one letter being begun, and whether its window is open. Others that were begun
 * for somebody else lie aside until theirs is asked for, or the one before them is sent; onAside hears whose.
 */
export function createWriting(
  shelf: () => Shelf,
  owner: () => ID,
  onAside: (name: string) => void = () => {},
) {
  const key = () => `parley.new-mail.${owner()}`
  const asideKey = () => `parley.new-mail-aside.${owner()}`
  const listeners = new Set<() => void>()
  let round = 0
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

  function aside(): NewLetter[] {
    try {
      const found: unknown = JSON.parse(shelf().getItem(asideKey()) ?? '[]')
      return Array.isArray(found) ? found.map((one) => ({ ...emptyLetter, ...one })) : []
    } catch {
      return []
    }
  }

  function setAside(letters: NewLetter[]): void {
    if (letters.length > 0) shelf().setItem(asideKey(), JSON.stringify(letters))
    else shelf().removeItem(asideKey())
  }

  /** turn puts what is being written aside for what was begun of the other, or for a fresh letter. */
  function turn(isTheOther: (letter: NewLetter) => boolean, fresh: Partial<NewLetter>): void {
    round++
    const { letter } = get()
    const found = aside().findLast(isTheOther)
    const rest = aside().filter((one) => !same(one, found))
    if (hasWords(letter) || letter.templateClient) {
      setAside([...rest, letter])
      if (hasWords(letter))
        onAside(letter.address.trim() || letter.to.map((party) => party.name || party.address).join(', '))
    } else setAside(rest)
    set({ open: true, letter: { ...emptyLetter, ...found, ...fresh } })
  }

  function clear(): void {
    round++
    shelf().removeItem(key())
    shown = { open: false, letter: emptyLetter, owner: owner() }
    for (const listener of listeners) listener()
  }

  return {
    get,
    /** round tells one letter from the next: it is another number once this one has left or lies aside. */
    round: () => round,
    /** openChat shows the window for a message by another network than mail; nobody gets what was begun for another. */
    openChat(account: ID, address: string): void {
      const { letter } = get()
      const begun = (one: NewLetter) => one.address.trim() === address
      const others = letter.address.trim() ? !begun(letter) : letter.to.length > 0 && hasWords(letter)
      if (others || (!hasWords(letter) && aside().some(begun))) turn(begun, { account, address })
      else set({ open: true, letter: { ...letter, account, address } })
    },
    /** open shows the window, with somebody more in a mail when a person was pressed. */
    open(to?: Party): void {
      const { letter } = get()
      const has = (one: NewLetter) => one.to.some((party) => party.address === to?.address)
      if (to && letter.address.trim()) turn((one) => !one.address.trim() && has(one), {})
      else if (!to && !hasWords(letter) && aside().some(hasWords)) turn(hasWords, {})
      const now = get().letter
      set({ open: true, ...(to && !has(now) && { letter: { ...now, to: [...now.to, to] } }) })
    },
    close: () => set({ open: false }),
    edit: (change: Partial<NewLetter>) => set({ letter: { ...get().letter, ...change } }),
    /** ready gives the letter to send. Its key is the same for every try, or a lost answer would make it two letters. */
    ready(as: SentAs = 'words'): NewLetter {
      const { letter } = get()
      if (!letter[keyOf[as]]) set({ letter: { ...letter, [keyOf[as]]: crypto.randomUUID() } })
      return get().letter
    },
    /** renew gives a letter another key for its next try: under this one it was refused. */
    renew(tried: NewLetter, as: SentAs = 'words'): void {
      const { letter } = get()
      const key = keyOf[as]
      if (letter[key] === tried[key]) set({ letter: { ...letter, [key]: '' } })
    },
    /** sent forgets what has left; what was typed since stays, and what was written for the other sort of channel. */
    sent(left: NewLetter, by: 'mail' | 'chat'): void {
      setAside(aside().filter((one) => !same(one, left)))
      const { letter } = get()
      if (letter.client !== left.client || letter.templateClient !== left.templateClient) return
      if (!same(letter, left)) {
        set({ letter: { ...letter, client: '', templateClient: '' } })
        return
      }
      const { to, cc, bcc, subject, from, html, address, text } = letter
      const mail = isBlank(html) ? {} : { to, cc, bcc, subject, from, html }
      const rest = { ...emptyLetter, ...(by === 'chat' ? mail : text.trim() && { address, text }) }
      clear()
      if (hasWords(rest)) set({ letter: rest })
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
