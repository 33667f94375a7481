/**
 * Who leaves the desk with the page open is set to away, and comes back with the first
 * touch. The server remembers that it was not their own word, so that nobody who said
 * "away" is brought back, and whoever is at another computer comes back there.
 */
import { routing } from '#/api/routing'
import type { Presence } from '#/api/types'

const idleAfter = 10 * 60_000
const lookEvery = 15_000
/** The last touch of any tab of this browser. */
const place = 'parley.touched'

interface Idle {
  presence: () => Presence | undefined
  tell: (idle: boolean) => Promise<unknown>
  now: () => number
  store: Pick<Storage, 'getItem' | 'setItem'>
}

/** createIdle decides by touches and looks what to tell; it tells each once. */
export function createIdle({ presence, tell, now, store }: Idle) {
  let noted = 0
  let told = 0
  const last = () => Math.max(noted, Number(store.getItem(place) ?? 0))
  const say = (idle: boolean) => {
    told = now()
    tell(idle).catch(() => undefined)
  }
  return {
    touch(): void {
      if (now() - noted < 1_000) return
      noted = now()
      store.setItem(place, String(noted))
      if (presence() === 'away' && now() - told >= lookEvery) say(false)
    },
    look(): void {
      if (presence() === 'online' && now() - last() >= idleAfter && told <= last()) say(true)
    },
  }
}

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** watchIdle looks after the page until it is told to stop. */
export function watchIdle(presence: () => Presence | undefined): () => void {
  const idle = createIdle({ presence, tell: routing.idle, now: Date.now, store: localStorage })
  const touch = () => idle.touch()
  touch()
  for (const name of touches) addEventListener(name, touch, { capture: true, passive: true })
  const timer = setInterval(() => idle.look(), lookEvery)
  return () => {
    clearInterval(timer)
    for (const name of touches) removeEventListener(name, touch, { capture: true })
  }
}
