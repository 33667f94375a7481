import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { triggers as api, type Trigger } from '#/api/rules'
import type { Page } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { listed, t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Menu } from '#/ui/menu'
import { say } from '#/ui/toast'
import { NewLink } from '../editor/new-link'
import { ItemLine } from '../item-line'
import { Group } from '../parts'
import { readCondition } from './condition'
import { problemText } from './errors'
import { MoveHandle, moveItems } from './reorder'
import { Switch } from './switch'
import { TriggerPage } from './trigger'
import { useOrder } from './use-order'
import { atWords } from './week'
import { actionName, eventName } from './words'

/** Triggers in the order in which they act, or the one that is open. */
export function TriggersSection() {
  const { item } = useParams({ strict: false })
  return item ? <TriggerPage key={item} id={item} /> : <TriggerList />
}

const key = ['triggers']

function TriggerList() {
  const queries = useQueryClient()
  const list = useQuery({ queryKey: key, queryFn: api.list })
  const items = list.data?.items ?? []
  const move = useOrder(key, items, api.order)

  async function enable(trigger: Trigger, enabled: boolean): Promise<void> {
    show(items.map((item) => (item.id === trigger.id ? { ...item, enabled } : item)))
    try {
      await api.update(trigger.id, { enabled })
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    void queries.invalidateQueries({ queryKey: key })
  }

  function show(next: Trigger[]): void {
    queries.setQueryData<Page<Trigger>>(key, (page) => page && { ...page, items: next })
  }

  return (
    <Group help={t('trigger.help')} aside={<NewLink section="triggers">{t('trigger.add')}</NewLink>}>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && items.length === 0 && (
        <Empty icon="play" title={t('trigger.empty')}>
          <p>{t('trigger.emptyHelp')}</p>
        </Empty>
      )}
      <ol className="flex flex-col gap-2 empty:hidden">
        {items.map((trigger, index) => (
          <li
            key={trigger.id}
            className="flex items-center gap-1.5 rounded-lg border border-line bg-surface py-2 ps-1.5 pe-3"
          >
            <MoveHandle name={trigger.name} index={index} count={items.length} onMove={move} />
            <TriggerLine trigger={trigger} />
            <Switch
              label={t('trigger.enabled', { name: trigger.name })}
              checked={trigger.enabled}
              onChange={(enabled) => void enable(trigger, enabled)}
            />
            {items.length > 1 && (
              <Menu
                trigger={<IconButton icon="more" label={t('trigger.more', { name: trigger.name })} />}
                items={moveItems(index, items.length, move)}
              />
            )}
          </li>
        ))}
      </ol>
    </Group>
  )
}

/** What a trigger does, in a line, and what is wrong with it. */
function TriggerLine({ trigger }: { trigger: Trigger }) {
  const actions = [...new Set(trigger.actions.map((action) => actionName(action.type)))]
  return (
    <ItemLine
      section="triggers"
      item={trigger.id}
      name={trigger.name}
      about={t('trigger.line', { when: whenWords(trigger), actions: listed(actions) })}
      problem={trigger.problem && problemText(trigger.problem, readCondition(trigger.conditions))}
    />
  )
}

function whenWords(trigger: Trigger): string {
  if (trigger.at) return atWords(trigger.at)
  if (!trigger.after) return eventName(trigger.event)
  return t(`trigger.after.${trigger.after.since}`, { n: trigger.after.minutes })
}
