import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Chat } from '../chat'
import type { Text } from '../text'

/** What every part of the view needs. */
export interface Surround {
  chat: Chat
  text: Text
  language: string
  close: () => void
}

export const Context = createContext<Surround | null>(null)

/** The surround; only inside App. */
export function useSurround(): Surround {
  const surround = useContext(Context)
  if (!surround) throw new Error('outside of App')
  return surround
}
