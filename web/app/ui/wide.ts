import { useSyncExternalStore } from 'react'

/** Tailwind's `md` and `lg`: where a second and a third pane have room. */
const wide = { two: '(min-width: 48rem)', three: '(min-width: 64rem)' } as const

type Panes = keyof typeof wide

/** isWide tells whether so many panes have room now. */
export const isWide = (panes: Panes): boolean => matchMedia(wide[panes]).matches

const follow = (panes: Panes) => (changed: () => void) => {
  const room = matchMedia(wide[panes])
  room.addEventListener('change', changed)
  return () => room.removeEventListener('change', changed)
}
const followers = { two: follow('two'), three: follow('three') }

/** useWide follows whether so many panes have room. */
export function useWide(panes: Panes): boolean {
  return useSyncExternalStore(followers[panes], () => isWide(panes))
}
