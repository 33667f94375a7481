import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { agents, invitations, passwordReset } from '#/api/people'
import { useAgents, useTeams } from '#/api/queries'
import type { Agent, ResetLink } from '#/api/types'
import { presenceColor } from '#/shell/me-menu'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Avatar, Badge } from '#/ui/bits'
import { Button, IconButton } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Menu } from '#/ui/menu'
import { useAsked } from './asked'
import { InviteDialog } from './invite'
import { CopyText, Group, RowAbout, RowItem, Rows } from './parts'
import { PersonDialog } from './person'
import { useSave } from './use-save'

export function PeopleSection() {
  const me = useMe()
  const people = useAgents()
  const teams = useTeams()
  const [inviting, setInviting] = useState(false)
  useAsked('invite', () => setInviting(true))
  const [editing, setEditing] = useState<Agent | null>(null)
  const [link, setLink] = useState<(ResetLink & { name: string }) | null>(null)
  const save = useSave('agents')
  const admin = me.role === 'admin'

  const reset = (agent: Agent) =>
    save.mutate(async () => setLink({ ...(await passwordReset.create(agent.id)), name: agent.name }))

  return (
    <>
      <Group
        help={t('people.help')}
        title={t('people.title')}
        aside={
          <Button tone="primary" small icon="plus" onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        }
      >
        <Rows>
          {people.map((agent) => (
            <RowItem key={agent.id}>
              <span className="relative">
                <Avatar name={agent.name} ours={agent.id === me.id} />
                <span
                  title={t(`presence.${agent.presence}`)}
                  className={`absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface ${presenceColor[agent.presence]}`}
                />
              </span>
              <RowAbout
                aside={
                  <Badge tone={agent.role === 'admin' ? 'accent' : 'plain'}>{t(`role.${agent.role}`)}</Badge>
                }
              >
                <span
                  dir="auto"
                  className={`truncate font-medium ${agent.disabled ? 'text-muted line-through' : ''}`}
                >
                  {agent.name}
                </span>
                <span dir="auto" className="truncate text-muted text-sm">
                  {[
                    agent.email,
                    ...teams.filter((team) => team.member_ids.includes(agent.id)).map((team) => team.name),
                  ].join(' · ')}
                </span>
              </RowAbout>
              {admin && (
                <Menu
                  trigger={<IconButton icon="more" label={t('people.actions', { name: agent.name })} />}
                  items={[
                    { id: 'edit', name: t('common.edit'), icon: 'gear', run: () => setEditing(agent) },
                    { id: 'reset', name: t('people.reset'), icon: 'key', run: () => reset(agent) },
                    ...(agent.id === me.id
                      ? []
                      : [
                          agent.disabled
                            ? {
                                id: 'enable',
                                name: t('people.enable'),
                                icon: 'play' as const,
                                run: () => save.mutate(() => agents.update(agent.id, { disabled: false })),
                              }
                            : {
                                id: 'disable',
                                name: t('people.disable'),
                                icon: 'close' as const,
                                danger: true,
                                run: () => save.mutate(() => agents.disable(agent.id)),
                              },
                        ]),
                  ]}
                />
              )}
            </RowItem>
          ))}
        </Rows>
      </Group>
      <Invited />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      {editing && <PersonDialog agent={editing} onClose={() => setEditing(null)} />}
      <Dialog open={link !== null} onClose={() => setLink(null)} title={t('people.resetTitle')}>
        <div className="flex flex-col gap-4">
          <p className="text-pretty text-muted">
            {link && t(link.mailed ? 'people.resetMailed' : 'people.resetHelp', { name: link.name })}
          </p>
          <CopyText
            label={t('people.link')}
            text={link ? new URL(link.url, window.location.origin).href : ''}
          />
        </div>
      </Dialog>
    </>
  )
}

/** Who was invited and has not come yet. */
function Invited() {
  const list = useQuery({ queryKey: ['invitations'], queryFn: invitations.list })
  const save = useSave('invitations')
  const items = list.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Group title={t('people.invited')}>
      <Rows>
        {items.map((item) => (
          <RowItem key={item.id}>
            <RowAbout aside={<Badge>{t(`role.${item.role}`)}</Badge>}>
              <span dir="auto" className="truncate font-medium">
                {item.name || item.email}
              </span>
              <span className="text-muted text-sm [overflow-wrap:anywhere]">
                <bdi>{item.email}</bdi> · {t('people.until', { time: fullTime(item.expires_at) })}
              </span>
            </RowAbout>
            <Button small tone="danger" onClick={() => save.mutate(() => invitations.remove(item.id))}>
              {t('people.withdraw')}
            </Button>
          </RowItem>
        ))}
      </Rows>
    </Group>
  )
}
