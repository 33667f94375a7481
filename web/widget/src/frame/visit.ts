import type { Visit } from '../shared/protocol'
import type { VisitorDetails } from './wire'

const LONGEST = 2000

/** What a lead should know about the visit: the page it writes from, where it came from, and its campaign. */
export function visitDetails(visit: Visit | null): VisitorDetails {
  if (!visit) return {}
  const utm: Record<string, string> = {}
  for (const address of [visit.page, visit.landing]) {
    if (!URL.canParse(address)) continue
    // The landing page comes last: the campaign that brought the visitor wins over a later link.
    for (const [name, value] of new URL(address).searchParams)
      if (/^utm_[a-z_]{1,30}$/.test(name) && value) utm[name] = value.slice(0, 200)
  }
  return {
    ...(visit.page && { page: visit.page.slice(0, LONGEST) }),
    ...(visit.referrer && { referrer: visit.referrer.slice(0, LONGEST) }),
    ...(Object.keys(utm).length > 0 && { utm }),
  }
}
