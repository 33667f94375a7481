import type { NewTrigger } from '#/api/rules'

/**
 * Triggers that were written and not saved, for as long as the tab is open: nobody loses
 * what they typed by looking into the log or at another page.
 */
export function createKept(store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const place = (id: string) => `parley.trigger.${id}`
  return {
    get(id: string): NewTrigger | null {
      try {
        return JSON.parse(store.getItem(place(id)) ?? 'null')
      } catch {
        return null
      }
    },
    /** set keeps what differs from what is saved, and forgets what does not. */
    set(id: string, written: NewTrigger, saved: NewTrigger): void {
      if (JSON.stringify(written) === JSON.stringify(saved)) store.removeItem(place(id))
      else store.setItem(place(id), JSON.stringify(written))
    },
    drop: (id: string): void => store.removeItem(place(id)),
  }
}
