import type { Origin } from '#/api/types'
import { t } from '#/text/text'

/** A line of where a conversation came from; with `href`, one that may be opened. */
export interface OriginFact {
  name: string
  text: string
  href?: string
}

const campaign: Record<string, () => string> = {
  source: () => t('origin.utm.source'),
  medium: () => t('origin.utm.medium'),
  campaign: () => t('origin.utm.campaign'),
  term: () => t('origin.utm.term'),
  content: () => t('origin.utm.content'),
}

/** originFacts puts an origin into lines, the campaign in the order people know it. */
export function originFacts(origin: Origin): OriginFact[] {
  const facts: OriginFact[] = []
  if (origin.page) facts.push({ name: t('origin.page'), ...address(origin.page) })
  if (origin.referrer) facts.push({ name: t('origin.referrer'), ...address(origin.referrer) })
  const known = Object.keys(campaign)
  const rank = (key: string) => (known.includes(plain(key)) ? known.indexOf(plain(key)) : known.length)
  for (const key of Object.keys(origin.utm).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)))
    facts.push({ name: campaign[plain(key)]?.() ?? key, text: origin.utm[key] ?? '' })
  return facts
}

const plain = (key: string) => key.replace(/^utm_/i, '').toLowerCase()

/** An address is a link only where it leads to a site: it was told by somebody outside. */
function address(text: string): Pick<OriginFact, 'text' | 'href'> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return { text }
  return { text: url.host + (url.pathname === '/' ? '' : url.pathname), href: url.href }
}
