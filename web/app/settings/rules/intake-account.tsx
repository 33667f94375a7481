import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { intakeRules as api, type IntakeRule } from '#/api/rules'
import type { Account, Page } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { Empty, Failed, Skeleton } from '#/ui/bits'
import { Button, IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { Menu } from '#/ui/menu'
import { say } from '#/ui/toast'
import { Group } from '../parts'
import { IntakeDialog } from './intake-dialog'
import { MoveHandle, moveItems } from './reorder'
import { Switch } from './switch'
import { useOrder } from './use-order'
import { useThenWords } from './use-then-words'

/** The rules of one channel in their order: the first that fits counts. */
export function AccountIntake({ account }: { account: Account }) {
  const queries = useQueryClient()
  const words = useThenWords()
  const key = ['intake-rules', account.id]
  const list = useQuery({ queryKey: key, queryFn: () => api.list(account.id) })
  const [editing, setEditing] = useState<IntakeRule | 'new' | null>(null)
  const items = list.data?.items ?? []
  const move = useOrder(key, items, (body) => api.order(account.id, body))

  const show = (next: IntakeRule[]) =>
    queries.setQueryData<Page<IntakeRule>>(key, (page) => page && { ...page, items: next })

  async function keep(changes: () => Promise<unknown>): Promise<void> {
    try {
      await changes()
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    void queries.invalidateQueries({ queryKey: key })
  }

  return (
    <div className="flex flex-col gap-4">
      <Link
        to="/settings/$section"
        params={{ section: 'intake' }}
        className="flex min-h-6 items-center gap-1 self-start text-muted text-sm hover:text-text max-md:hidden"
      >
        <Icon name="back" className="size-4!" />
        {t('intake.all')}
      </Link>
      <Group
        title={account.name}
        help={t('intake.accountHelp')}
        aside={
          <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
            {t('intake.add')}
          </Button>
        }
      >
        {list.isError && <Failed onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={2} />}
        {list.data && items.length === 0 && (
          <Empty icon="funnel" title={t('intake.empty')}>
            <p>{t('intake.emptyHelp')}</p>
          </Empty>
        )}
        <ol className="flex flex-col gap-2 empty:hidden">
          {items.map((rule, index) => (
            <li
              key={rule.id}
              className="flex items-center gap-1.5 rounded-lg border border-line bg-surface py-2 ps-1.5 pe-3"
            >
              <MoveHandle name={rule.name} index={index} count={items.length} onMove={move} />
              <div className="flex min-w-0 flex-1 flex-col">
                <button
                  type="button"
                  onClick={() => setEditing(rule)}
                  className="min-h-6 truncate text-start font-medium hover:underline"
                >
                  {rule.name}
                </button>
                <span dir="auto" className="truncate text-muted text-sm">
                  {words(rule.then)}
                </span>
              </div>
              <Switch
                label={t('intake.enabled', { name: rule.name })}
                checked={rule.enabled}
                onChange={(enabled) => {
                  show(items.map((item) => (item.id === rule.id ? { ...item, enabled } : item)))
                  void keep(() => api.update(rule.id, { enabled }))
                }}
              />
              {items.length > 1 && (
                <Menu
                  trigger={<IconButton icon="more" label={t('intake.more', { name: rule.name })} />}
                  items={moveItems(index, items.length, move)}
                />
              )}
            </li>
          ))}
        </ol>
      </Group>
      {editing && (
        <IntakeDialog
          account={account}
          rule={editing === 'new' ? null : editing}
          position={items.length + 1}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}
