import type { Message } from '#/api/types'
import type { MailMode } from './head'

/** Whoever writes answers: the composer of the open conversation. */
type Writer = (mode: MailMode, about: Message) => void

const writers = new Map<string, Writer>()

/** onAnswer lets the composer of a conversation hear that one of its mails shall be answered. */
export function onAnswer(conversation: string, writer: Writer): () => void {
  writers.set(conversation, writer)
  return () => {
    if (writers.get(conversation) === writer) writers.delete(conversation)
  }
}

/** answerTo opens the composer for an answer to one mail. */
export function answerTo(mode: MailMode, about: Message): void {
  writers.get(about.conversation_id)?.(mode, about)
}
