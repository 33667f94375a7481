import type { Role } from '#/api/types'
import { t } from '#/text/text'
import type { IconName } from '#/ui/icons'

/** A section's place in the address, and the end of its name's key. */
export type SectionId =
  | 'profile'
  | 'notifications'
  | 'people'
  | 'teams'
  | 'hours'
  | 'sla'
  | 'channels'
  | 'intake'
  | 'templates'
  | 'suppressions'
  | 'quarantine'
  | 'quick'
  | 'labels'
  | 'views'
  | 'macros'
  | 'triggers'
  | 'keys'

/** Whom or what a section is about; the headings of the settings. */
export type SectionGroup = 'me' | 'colleagues' | 'channels' | 'work'

export interface SectionPlace {
  id: SectionId
  icon: IconName
  group: SectionGroup
  /** Without it the section is everybody's. */
  roles?: Role[]
}

const admins: Role[] = ['admin']
const leads: Role[] = ['admin', 'lead']

/** sections are all of the settings, in the order in which they are shown; what each shows is in frame.tsx. */
export const sections: readonly SectionPlace[] = [
  { id: 'profile', icon: 'user', group: 'me' },
  { id: 'notifications', icon: 'bell', group: 'me' },
  { id: 'channels', icon: 'plug', group: 'channels', roles: admins },
  { id: 'intake', icon: 'inbox', group: 'channels', roles: leads },
  { id: 'templates', icon: 'note', group: 'channels', roles: leads },
  { id: 'suppressions', icon: 'pause', group: 'channels', roles: leads },
  { id: 'quarantine', icon: 'alert', group: 'channels', roles: leads },
  { id: 'people', icon: 'users', group: 'colleagues', roles: leads },
  { id: 'teams', icon: 'flag', group: 'colleagues', roles: leads },
  { id: 'hours', icon: 'clock', group: 'colleagues', roles: leads },
  { id: 'sla', icon: 'timer', group: 'colleagues', roles: leads },
  { id: 'quick', icon: 'bolt', group: 'work' },
  { id: 'labels', icon: 'label', group: 'work', roles: leads },
  { id: 'views', icon: 'filter', group: 'work' },
  { id: 'macros', icon: 'checks', group: 'work' },
  { id: 'triggers', icon: 'play', group: 'work', roles: leads },
  { id: 'keys', icon: 'key', group: 'work', roles: admins },
]

/** sectionsFor are the sections that a role may see. */
export function sectionsFor(role: Role): SectionPlace[] {
  return sections.filter((section) => !section.roles || section.roles.includes(role))
}

/** sectionName is what a section is called on the page. */
export const sectionName = (id: SectionId): string => t(`settings.${id}`)
