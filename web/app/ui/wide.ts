import { useSyncExternalStore } from 'react'

/** Tailwind's `md` and `lg`: where a second and a third pane have room. */
const wide = { two: '(min-width: 48rem)', three: '(min-width: 64rem)' } as const

/** isWide tells whether so many panes have room now. */
export const isWide = (panes: keyof typeof wide): boolean => matchMedia(wide[panes]).matches

/** useWide follows whether so many panes have room. */
export function useWide(panes: keyof typeof wide): boolean {
  return useSyncExternalStore(
    (changed) => {
      const room = matchMedia(wide[panes])
      room.addEventListener('change', changed)
      return () => room.removeEventListener('change', changed)
    },
    () => isWide(panes),
  )
}
