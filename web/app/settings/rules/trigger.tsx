import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { triggers as api } from '#/api/rules'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { ItemPage } from '../editor/item-page'
import { RunLog } from './runs'
import { TriggerEditor } from './trigger-editor'
import { WebhookLog } from './webhooks'

/** One trigger: what it is, what it did and why, and the webhooks that it made. */
export function TriggerPage({ id }: { id: ID }) {
  const { tab = 'edit' } = useSearch({ strict: false })
  const isNew = id === 'new'
  const trigger = useQuery({ queryKey: ['triggers', id], queryFn: () => api.get(id), enabled: !isNew })
  const calls = trigger.data?.actions.some((action) => action.type === 'webhook')
  const tabs: { id: 'edit' | 'runs' | 'webhooks'; name: string }[] = [
    { id: 'edit', name: t('trigger.tab.edit') },
    { id: 'runs', name: t('trigger.tab.runs') },
  ]
  if (calls) tabs.push({ id: 'webhooks', name: t('trigger.tab.webhooks') })
  return (
    <ItemPage
      section="triggers"
      all={t('trigger.all')}
      title={isNew ? t('trigger.new') : trigger.data?.name}
      tabs={
        !isNew && (
          <nav aria-label={t('trigger.tabs')} className="flex gap-1 border-line border-b">
            {tabs.map((item) => (
              <Link
                key={item.id}
                to="/settings/$section/$item"
                params={{ section: 'triggers', item: id }}
                search={item.id === 'edit' ? {} : { tab: item.id }}
                aria-current={tab === item.id ? 'page' : undefined}
                className={`-mb-px flex h-9 items-center border-b-2 px-3 ${tab === item.id ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text'}`}
              >
                {item.name}
              </Link>
            ))}
          </nav>
        )
      }
    >
      {trigger.isError && <Failed onRetry={() => void trigger.refetch()} />}
      {!isNew && trigger.isPending && <Skeleton rows={3} />}
      {(isNew || trigger.data) && tab === 'edit' && <TriggerEditor trigger={trigger.data ?? null} />}
      {trigger.data && tab === 'runs' && <RunLog trigger={trigger.data} />}
      {trigger.data && tab === 'webhooks' && <WebhookLog trigger={trigger.data} />}
    </ItemPage>
  )
}
