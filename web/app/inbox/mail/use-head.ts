import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Conversation, Limits, Message } from '#/api/types'
import { useKeys } from '#/keys/keys'
import { drafts, type LocalDraft } from '../draft'
import { onAnswer } from './answer'
import type { MailHead, MailMode } from './head'
import { headFor, isAnswerable, reachesMore } from './recipients'

const none = {}

export interface HeadState {
  head: MailHead
  /** The mail that is answered or forwarded; undefined when there is none yet. */
  about: Message | undefined
  all: boolean
  open: boolean
  setOpen: (open: boolean) => void
  setMode: (mode: MailMode, about?: Message) => void
  change: (change: Partial<MailHead>) => void
}

/**
 * useHead is whom the mail being written goes to. Until somebody says otherwise it
 * follows the conversation, so that an answer goes to whoever wrote last.
 */
export function useHead(
  conversation: Conversation,
  draft: LocalDraft,
  limits: Limits | undefined,
  items: Message[],
  active: boolean,
  onWrite: () => void,
): HeadState {
  const { id, subject } = conversation
  const [open, setOpen] = useState(false)
  const last = items.findLast(isAnswerable)
  const head = draft.mail ?? headFor('reply', limits, subject, undefined)
  const chosen = head.about ? items.find((item) => item.id === head.about) : undefined
  const about = chosen ?? last ?? items.findLast((item) => item.kind === 'message' && !item.newcomer)

  function setMode(mode: MailMode, mail?: Message): void {
    const subjectOf = about?.subject || subject
    // Forwarding needs a mail; answering follows the conversation unless a mail was picked.
    const next = headFor(mode, limits, subjectOf, mail ?? (mode === 'forward' ? about : undefined))
    flushSync(() => {
      drafts.edit(id, { kind: 'reply', mail: next })
      setOpen(mode === 'forward')
    })
    if (mode !== 'forward') onWrite()
  }

  const latest = useRef(setMode)
  latest.current = setMode
  useEffect(() => onAnswer(id, (mode, mail) => latest.current(mode, mail)), [id])
  useKeys(active ? { 'Shift+KeyR': () => setMode('reply_all'), KeyF: () => setMode('forward') } : none)

  return {
    head,
    about,
    all: reachesMore(limits?.reply, limits?.reply_all),
    open,
    setOpen,
    setMode,
    change: (change) => drafts.edit(id, { mail: { ...head, ...change } }),
  }
}
