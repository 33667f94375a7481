import { useParams } from '@tanstack/react-router'
import { policies as api, type Policy, usePolicies } from '#/api/routing'
import { useSchedules } from '#/api/rules'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { Menu } from '#/ui/menu'
import { NewLink } from '../editor/new-link'
import { ItemLine } from '../item-line'
import { Group } from '../parts'
import { MoveHandle, moveItems } from '../rules/reorder'
import { useOrder } from '../rules/use-order'
import { PolicyPage } from './policy'
import { targetWords } from './words'

/** Promises of service in the order in which they are asked, or the one that is open. */
export function SLASection() {
  const { item } = useParams({ strict: false })
  return item ? <PolicyPage key={item} id={item} /> : <PolicyList />
}

const key = ['sla-policies']

function PolicyList() {
  const list = usePolicies()
  const items = list.data?.items ?? []
  const move = useOrder(key, items, api.order)
  return (
    <Group help={t('sla.help')} aside={<NewLink section="sla">{t('sla.add')}</NewLink>}>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && items.length === 0 && (
        <Empty icon="clock" title={t('sla.empty')}>
          <p>{t('sla.emptyHelp')}</p>
        </Empty>
      )}
      <ol className="flex flex-col gap-2 empty:hidden">
        {items.map((policy, index) => (
          <li
            key={policy.id}
            className="flex items-center gap-1.5 rounded-lg border border-line bg-surface py-2 ps-1.5 pe-3"
          >
            <MoveHandle name={policy.name} index={index} count={items.length} onMove={move} />
            <PolicyLine policy={policy} />
            {items.length > 1 && (
              <Menu
                trigger={<IconButton icon="more" label={t('sla.more', { name: policy.name })} />}
                items={moveItems(index, items.length, move)}
              />
            )}
          </li>
        ))}
      </ol>
    </Group>
  )
}

/** What is promised and by which hours, in a line, and what keeps it from working. */
function PolicyLine({ policy }: { policy: Policy }) {
  const schedule = useSchedules().find((one) => one.id === policy.schedule_id)?.name ?? t('sla.always')
  return (
    <ItemLine
      section="sla"
      item={policy.id}
      name={policy.name}
      about={[targetWords(policy), schedule].join(' · ')}
      problem={policy.problem}
    />
  )
}
