import { usePolicies } from '#/api/routing'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { ItemPage } from '../editor/item-page'
import { PolicyEditor } from './editor'

/** One promise of service. */
export function PolicyPage({ id }: { id: ID }) {
  const list = usePolicies()
  const isNew = id === 'new'
  const policy = list.data?.items.find((one) => one.id === id)
  return (
    <ItemPage section="sla" all={t('sla.all')} title={isNew ? t('sla.new') : policy?.name}>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data && !isNew && !policy && <p className="text-muted">{t('sla.gone')}</p>}
      {list.data && (isNew || policy) && <PolicyEditor policy={policy ?? null} />}
    </ItemPage>
  )
}
