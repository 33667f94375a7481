import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Snapshot } from '../chat'
import { dayName } from '../format'
import { Bubble, PendingBubble } from './bubble'
import { useSurround } from './context'
import { DownIcon } from './icons'

/** Within this many pixels of the end the list counts as being at its end. */
const NEAR = 40

/** The messages, kept at the end while the reader is there, and left alone when they scrolled up. */
export function List({ state, edit }: { state: Snapshot; edit: (clientId: string) => void }) {
  const { chat, text, language } = useSurround()
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [behind, setBehind] = useState(false)
  const { messages, pending, typing, open } = state

  const toEnd = (): void => {
    const node = box.current
    if (node) node.scrollTop = node.scrollHeight
  }

  const look = (): void => {
    const node = box.current
    if (!node) return
    atEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR
    if (atEnd.current) {
      setBehind(false)
      chat.seen()
    }
  }

  // Pictures load and the keyboard opens later than messages arrive: whatever changes the height, the end stays the end.
  useEffect(() => {
    const node = box.current
    if (!node) return
    const observer = new ResizeObserver(() => atEnd.current && toEnd())
    observer.observe(node)
    if (node.firstElementChild) observer.observe(node.firstElementChild)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    if (atEnd.current) {
      toEnd()
      if (open) chat.seen()
    } else setBehind(true)
  }, [messages.length, typing, open])

  // What the visitor just wrote is what they want to see, wherever they were.
  useLayoutEffect(() => {
    if (pending.length === 0) return
    atEnd.current = true
    toEnd()
  }, [pending.length])

  return (
    <div class="between">
      <div
        class="list"
        ref={box}
        onScroll={look}
        role="log"
        aria-live="polite"
        aria-label={text.messages}
        // A scrolled box must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
      >
        <ol>
          {state.config?.greeting && (
            <li class="row theirs greeting">
              <span class="author">{state.config.name}</span>
              <div class="bubble">
                <p class="words" dir="auto">
                  {state.config.greeting}
                </p>
              </div>
            </li>
          )}
          {messages.map((message, at) => {
            const before = messages[at - 1]
            const day = dayName(message.created_at, language, text)
            const fresh = !before || dayName(before.created_at, language, text) !== day
            const led =
              !fresh &&
              before?.direction === message.direction &&
              before.author?.name === message.author?.name
            return (
              <Fragment key={message.client_id || message.id}>
                {fresh && <li class="day">{day}</li>}
                <Bubble
                  message={message}
                  led={led}
                  last={at === messages.length - 1 && pending.length === 0}
                />
              </Fragment>
            )
          })}
          {pending.map((waiting) => (
            <PendingBubble
              key={waiting.clientId}
              pending={waiting}
              sending={state.sending === waiting.clientId}
              online={state.online}
              edit={() => edit(waiting.clientId)}
            />
          ))}
          {typing !== null && (
            <li class="typing">
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {typing || text.someone} {text.typing}
            </li>
          )}
        </ol>
      </div>
      {behind && (
        <button type="button" class="newer" onClick={toEnd}>
          {text.newer} <DownIcon />
        </button>
      )}
    </div>
  )
}
