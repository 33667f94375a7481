import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Role } from '#/api/types'
import { type SectionId, sectionName, sectionsFor } from '#/settings/sections'
import { t } from '#/text/text'
import { Icon, type IconName } from '#/ui/icons'
import { setPrefs } from '#/ui/prefs'
import type { Command } from './palette'
import { signOut, useMe } from './session'

type DoingId =
  | 'invite'
  | 'connect'
  | 'site'
  | 'demo'
  | 'absence'
  | 'newTrigger'
  | 'newTeam'
  | 'newLabel'
  | 'newQuick'
  | 'newView'
  | 'dark'
  | 'light'
  | 'firstSteps'
  | 'signOut'

interface Doing {
  id: DoingId
  icon: IconName
  roles?: Role[]
  run: () => void
}

/**
 * useDoings are the settings and what one does there, found by plain words. They are many, so they come only once
 * something is typed.
 */
export function useDoings(asked: boolean): Command[] {
  const me = useMe()
  const doings = useAll()
  const sections = useSections(me.role)
  if (!asked) return []
  const commands = doings
    .filter((doing) => !doing.roles || doing.roles.includes(me.role))
    .map(({ id, icon, run }) => ({
      id: `do:${id}`,
      name: t(`do.${id}`),
      words: t(`do.${id}.words`),
      group: t('palette.do'),
      lead: <Icon name={icon} className="text-muted" />,
      run,
    }))
  return [...commands, ...sections]
}

function useSections(role: Role): Command[] {
  const navigate = useNavigate()
  return sectionsFor(role).map(({ id, icon }) => ({
    id: `settings:${id}`,
    name: sectionName(id),
    words: t(`place.${id}`),
    group: t('palette.settings'),
    lead: <Icon name={icon} className="text-muted" />,
    run: () => void navigate({ to: '/settings/$section', params: { section: id } }),
  }))
}

function useAll(): Doing[] {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const go = (section: SectionId, hash: string) => () =>
    void navigate({ to: '/settings/$section', params: { section }, hash })
  const create = (section: SectionId) => () =>
    void navigate({ to: '/settings/$section/$item', params: { section, item: 'new' } })
  const admins: Role[] = ['admin']
  const leads: Role[] = ['admin', 'lead']
  return [
    { id: 'invite', icon: 'users', roles: leads, run: go('people', 'invite') },
    { id: 'connect', icon: 'plug', roles: admins, run: go('channels', '') },
    { id: 'site', icon: 'link', roles: admins, run: go('channels', 'site') },
    { id: 'demo', icon: 'chat', run: () => void window.open('/demo', '_blank', 'noreferrer') },
    {
      id: 'absence',
      icon: 'moon',
      run: () => void navigate({ to: '/duty/$tab', params: { tab: 'absences' } }),
    },
    { id: 'newTrigger', icon: 'play', roles: leads, run: create('triggers') },
    { id: 'newTeam', icon: 'flag', roles: leads, run: create('teams') },
    { id: 'newLabel', icon: 'label', roles: leads, run: go('labels', 'new') },
    { id: 'newQuick', icon: 'bolt', run: go('quick', 'new') },
    { id: 'newView', icon: 'filter', run: go('views', 'new') },
    { id: 'dark', icon: 'moon', run: () => setPrefs({ theme: 'dark' }) },
    { id: 'light', icon: 'eye', run: () => setPrefs({ theme: 'light' }) },
    {
      id: 'firstSteps',
      icon: 'checks',
      roles: admins,
      run: () => {
        setPrefs({ firstSteps: true })
        void navigate({ to: '/inbox', search: {} })
      },
    },
    {
      id: 'signOut',
      icon: 'door',
      run: () => void signOut(queries),
    },
  ]
}
