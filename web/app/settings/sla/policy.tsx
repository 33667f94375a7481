import { Link } from '@tanstack/react-router'
import { usePolicies } from '#/api/routing'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { Failed, Skeleton } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { PolicyEditor } from './editor'

/** One promise of service. */
export function PolicyPage({ id }: { id: ID }) {
  const list = usePolicies()
  const isNew = id === 'new'
  const policy = list.data?.items.find((one) => one.id === id)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <Link
          to="/settings/$section"
          params={{ section: 'sla' }}
          className="flex min-h-6 items-center gap-1 self-start text-muted text-sm hover:text-text max-md:hidden"
        >
          <Icon name="back" className="size-4!" />
          {t('sla.all')}
        </Link>
        <h2 dir="auto" className="min-w-0 font-semibold text-lg [overflow-wrap:anywhere]">
          {isNew ? t('sla.new') : policy?.name}
        </h2>
      </div>
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data && !isNew && !policy && <p className="text-muted">{t('sla.gone')}</p>}
      {list.data && (isNew || policy) && <PolicyEditor policy={policy ?? null} />}
    </div>
  )
}
