import { useState } from 'react'
import { useAgents, useLabels, useTeams } from '#/api/queries'
import { ahead } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { inbox } from '#/live/store'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { ahead as when } from '#/text/time'
import { Avatar, Dot } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Menu } from '#/ui/menu'
import { Picker } from '#/ui/picker'
import { assignment } from './assignment'
import { type Change, changeMany, type Said } from './bulk'
import { useLabelMaker } from './label-maker'
import { sayStays } from './resolve'
import type { Selection } from './selection'
import { SnoozePicker } from './snooze-picker'

type Open = 'assign' | 'label' | 'snooze' | null

/** What can be done with all chosen conversations at once. */
export function BulkBar({ selection }: { selection: Selection }) {
  const [open, setOpen] = useState<Open>(null)
  const me = useMe()
  const agents = useAgents().filter((agent) => !agent.disabled)
  const teams = useTeams()
  const ids = [...selection.selected]
  const shown = (name: Open) => (now: boolean) => setOpen(now ? name : null)

  const run = (change: Change, text: Said) => {
    selection.clear()
    // What was refused stays chosen, for another try.
    void changeMany(ids, change, text).then(selection.again)
  }
  const close = () => {
    const closing = ids.flatMap((id) => inbox.state.conversations.get(id) ?? [])
    run({ status: 'closed' }, (n) => {
      void sayStays(closing)
      return t('bulk.closed', { n })
    })
  }
  const assign = (choice: string) => {
    run(assignment(choice, null, teams), (n) => t('bulk.assigned', { n }))
  }
  const every = (what: 'pinned' | 'following' | 'spam') =>
    ids.every((id) => inbox.state.conversations.get(id)?.[what] === true)
  const pin = () =>
    every('pinned')
      ? run({ pinned: false }, () => t('act.unpinned'))
      : run({ pinned: true }, (n) => t('bulk.pinned', { n }))
  const follow = () =>
    every('following')
      ? run({ following: false }, () => t('act.unfollowed'))
      : run({ following: true }, (n) => t('bulk.followed', { n }))
  const spam = () =>
    every('spam')
      ? run({ spam: false }, (n) => t('bulk.notSpam', { n }))
      : run({ spam: true }, (n) => t('bulk.spam', { n }))
  const openList = (name: Open) => {
    ahead.start('list')
    setOpen(name)
  }
  // The same keys act on the open conversation; what was chosen on purpose goes first.
  useKeys(
    {
      KeyA: () => openList('assign'),
      KeyL: () => openList('label'),
      KeyH: () => openList('snooze'),
      KeyE: close,
      KeyP: pin,
      KeyW: follow,
      KeyS: spam,
      Escape: selection.clear,
    },
    'first',
  )
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.title')}
      className="flex min-h-13 items-center gap-1 border-line border-t bg-raised ps-3.5 pe-2"
    >
      <span dir="auto" className="numeric min-w-0 flex-1 truncate font-medium" aria-live="polite">
        {t('bulk.chosen', { n: ids.length })}
      </span>
      <Picker
        label={t('act.assign')}
        open={open === 'assign'}
        onOpen={shown('assign')}
        options={[
          { id: 'agent:', name: t('act.nobody'), group: t('act.people') },
          ...[...agents]
            .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
            .map((agent) => ({
              id: `agent:${agent.id}`,
              name: agent.id === me.id ? t('act.toMe', { name: agent.name }) : agent.name,
              lead: <Avatar name={agent.name} size="sm" ours={agent.id === me.id} />,
              group: t('act.people'),
            })),
          ...teams.map((team) => ({ id: `team:${team.id}`, name: team.name, group: t('act.teams') })),
        ]}
        onPick={assign}
        trigger={<IconButton icon="user" label={t('act.assign')} hint="A" />}
      />
      <BulkLabels ids={ids} open={open === 'label'} onOpen={shown('label')} onPick={run} />
      <SnoozePicker
        open={open === 'snooze'}
        onOpen={shown('snooze')}
        onPick={(until) =>
          run({ status: 'snoozed', snoozed_until: until.toISOString() }, (n) =>
            t('bulk.snoozed', { n, time: when(until.toISOString()) }),
          )
        }
      />
      <IconButton icon="check" label={t('act.close')} hint="E" onClick={close} />
      <Menu
        trigger={<IconButton icon="more" label={t('common.more')} />}
        items={[
          { id: 'pin', name: t(every('pinned') ? 'act.unpin' : 'act.pin'), icon: 'pin', run: pin },
          {
            id: 'follow',
            name: t(every('following') ? 'act.unfollow' : 'act.follow'),
            icon: 'eye',
            run: follow,
          },
          { id: 'spam', name: t(every('spam') ? 'act.notSpam' : 'act.spam'), icon: 'ban', run: spam },
        ]}
      />
      <IconButton icon="close" label={t('bulk.clear')} hint="Esc" onClick={selection.clear} />
    </div>
  )
}

interface BulkLabelsProps {
  ids: string[]
  open: boolean
  onOpen: (open: boolean) => void
  onPick: (change: Change, text: Said) => void
}

/** A label that all of them have is taken off; any other is put on. */
function BulkLabels({ ids, open, onOpen, onPick }: BulkLabelsProps) {
  const labels = useLabels()
  const maker = useLabelMaker(({ id }) => onPick({ add_labels: [id] }, (n) => t('bulk.labelled', { n })))
  const all = (label: string) =>
    ids.every((id) => inbox.state.conversations.get(id)?.labels.includes(label) ?? false)
  return (
    <Picker
      label={t('act.labels')}
      open={open}
      onOpen={onOpen}
      {...maker}
      options={labels.map((label) => ({
        id: label.id,
        name: label.name,
        lead: <Dot color={label.color} />,
        chosen: all(label.id),
      }))}
      onPick={(label) =>
        onPick(all(label) ? { remove_labels: [label] } : { add_labels: [label] }, (n) =>
          t('bulk.labelled', { n }),
        )
      }
      trigger={<IconButton icon="label" label={t('act.labels')} hint="L" />}
    />
  )
}
