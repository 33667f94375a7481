import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent as ReactKeyboardEvent, useMemo, useState } from 'react'
import { quickReplies } from '#/api/quick'
import type { ID, QuickReply, RenderedReply } from '#/api/types'
import { errorText } from './actions'
import { matching, type Trigger } from './quick-match'

/** What a key says to the list; the text and the mail editor hear keys in different ways. */
export type Key = Pick<KeyboardEvent | ReactKeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'preventDefault'>

/** A reply whose blanks have to be filled in before it is put into the text. */
export interface Asking {
  reply: QuickReply
  blanks: string[]
}

/**
 * useQuick finds quick replies by what stands before the cursor and fills them in.
 * onInsert takes the result; length is what of the text before the cursor it replaces.
 */
export function useQuick(
  conversation: ID,
  onInsert: (reply: QuickReply, filled: RenderedReply, length: number) => void,
  onBack: () => void,
) {
  const [found, setFound] = useState<Trigger | null>(null)
  const [shut, setShut] = useState(false)
  const [folder, setFolder] = useState('')
  const [at, setAt] = useState(0)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const wanted = found !== null && !shut
  const query = useQuery({
    queryKey: ['quick-replies', 'for', conversation],
    queryFn: () => quickReplies.list({ conversation }),
    enabled: found !== null,
    staleTime: 30_000,
  })
  const all = query.data?.items ?? nothing
  const list = useMemo(() => matching(all, found?.query ?? '', folder), [all, found, folder])
  // Words that find nothing are just words.
  const open = asking !== null || (wanted && (list.length > 0 || found.query === ''))

  function look(next: Trigger | null): void {
    if (next?.query === found?.query && next?.length === found?.length) return
    setFound(next)
    setAt(0)
    setProblem('')
    if (next === null) {
      setShut(false)
      setFolder('')
    }
  }

  async function choose(reply: QuickReply, answers?: Record<string, string>, partial = false): Promise<void> {
    if (reply.problem) {
      setProblem(reply.problem)
      return
    }
    setBusy(true)
    setProblem('')
    try {
      const filled = await quickReplies.render(reply.id, { conversation_id: conversation, answers, partial })
      if (filled.missing.length > 0 && !partial) setAsking({ reply, blanks: filled.blanks })
      else {
        setAsking(null)
        onInsert(reply, filled, found?.length ?? 0)
        look(null)
      }
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  /** key takes the keys that belong to the list while it is open. */
  function key(event: Key): boolean {
    if (!open || asking) return false
    const chosen = list[at]
    if (event.key === 'Escape') setShut(true)
    else if (event.key === 'ArrowDown') setAt((now) => (list.length ? (now + 1) % list.length : 0))
    else if (event.key === 'ArrowUp')
      setAt((now) => (list.length ? (now + list.length - 1) % list.length : 0))
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey && chosen)
      void choose(chosen)
    else return false
    event.preventDefault()
    return true
  }

  return {
    conversation,
    open,
    list,
    all,
    loading: query.isPending && found !== null,
    folder,
    at,
    asking,
    problem,
    busy,
    look,
    key,
    choose,
    setAt,
    setFolder: (next: string) => {
      setFolder(next)
      setAt(0)
    },
    back: onBack,
    stopAsking: () => {
      setAsking(null)
      onBack()
    },
  }
}

export type Quick = ReturnType<typeof useQuick>

const nothing: QuickReply[] = []
