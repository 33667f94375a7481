import { useEffect } from 'react'
import { t } from '#/text/text'
import { useUnseen, watchLooks } from './unseen'

/** pageTitle is the title of the page: what is new first, so that narrow tabs show it. */
export function pageTitle(unseen: string, waiting: number): string {
  const queue = waiting > 0 ? `(${waiting > 999 ? '999+' : waiting}) Parley` : 'Parley'
  return unseen ? `● ${unseen} · ${queue}` : queue
}

/** useBadge shows in the title and the icon of the page what came while nobody looked. */
export function useBadge(waiting: number): void {
  const unseen = useUnseen()
  useEffect(watchLooks, [])
  useEffect(() => {
    document.title = pageTitle(unseen > 0 ? t('alerts.unseen', { n: unseen }) : '', waiting)
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = unseen > 0 ? '/favicon-new.svg' : '/favicon.svg'
    // On the icon of an installed page, where there is one.
    if (unseen > 0) navigator.setAppBadge?.(unseen).catch(() => undefined)
    else navigator.clearAppBadge?.().catch(() => undefined)
  }, [unseen, waiting])
}
