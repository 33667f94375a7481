import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { agents } from '#/api/people'
import type { Presence } from '#/api/types'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Menu } from '#/ui/menu'
import { say } from '#/ui/toast'
import { signOut, updateMe, useMe } from './session'

const presences: Presence[] = ['online', 'away', 'busy', 'offline']

export const presenceColor: Record<Presence, string> = {
  online: 'bg-ok',
  away: 'bg-warn',
  busy: 'bg-danger',
  offline: 'bg-faint',
}

export function MeMenu() {
  const me = useMe()
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function setPresence(presence: Presence): Promise<void> {
    try {
      await updateMe(await agents.update(me.id, { presence }), queries)
    } catch (error) {
      say((error as Error).message || t('common.failed'), { tone: 'error' })
    }
  }

  return (
    <Menu
      trigger={
        <button type="button" className="flex min-w-0 items-center gap-2.5 rounded-md p-1 hover:bg-hover">
          <span className="relative">
            <Avatar name={me.name} ours />
            <span
              className={`absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-bg ${presenceColor[me.presence]}`}
            />
          </span>
          <span dir="auto" className="min-w-0 truncate pe-1 text-start max-xl:sr-only">
            {me.name}
          </span>
          <span className="sr-only">, {t(`presence.${me.presence}`)}</span>
        </button>
      }
      items={[
        ...presences.map((presence) => ({
          id: presence,
          name: t(`presence.${presence}`),
          chosen: me.presence === presence,
          run: () => void setPresence(presence),
        })),
        {
          id: 'profile',
          name: t('settings.profile'),
          icon: 'user' as const,
          run: () => void navigate({ to: '/settings/$section', params: { section: 'profile' } }),
        },
        { id: 'out', name: t('nav.signOut'), icon: 'door' as const, run: () => void signOut(queries) },
      ]}
    />
  )
}
