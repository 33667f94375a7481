import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type SavedView, savedViews, type ViewPreview } from '#/api/views'
import { inOneLanguage } from '#/text/said'
import { t } from '#/text/text'
import { useSettled } from '#/ui/settled'
import { EditorStep } from '../rules/step'

interface PreviewProps {
  conditions: SavedView['conditions']
  sort: SavedView['sort']
}

/** What the view would show now, while its conditions are being written. */
export function Preview({ conditions, sort }: PreviewProps) {
  const asked = useSettled(JSON.stringify({ conditions, sort }), 400)
  const { data, isError } = useQuery({
    queryKey: ['view-preview', asked],
    queryFn: ({ signal }) => savedViews.preview(JSON.parse(asked), signal),
    placeholderData: keepPreviousData,
    // What is half written is refused; the next letter asks again.
    retry: false,
  })
  return (
    <EditorStep title={t('view.now')}>
      <div aria-live="polite" className={isError ? 'opacity-50' : ''}>
        {data && <Shown {...data} />}
        {isError && !data && <p className="text-muted text-sm">{t('view.unfinished')}</p>}
      </div>
    </EditorStep>
  )
}

function Shown({ items, count, more }: ViewPreview) {
  return (
    <>
      <p className="text-muted text-sm">
        {count === 0 ? t(more ? 'view.countFar' : 'view.countNone') : t('view.count', { n: count })}
        {count > 0 && (more || count > 999) && ` ${t('view.countMore')}`}
      </p>
      <ul className="mt-2 flex flex-col divide-y divide-line">
        {items.map((item) => (
          <li key={item.id} className="flex min-w-0 items-baseline gap-2 py-1.5 text-sm">
            <span dir="auto" className="max-w-40 shrink-0 truncate font-medium">
              {item.contact_name || t('common.number', { number: item.number })}
            </span>
            <span dir="auto" className="min-w-0 truncate text-muted">
              {inOneLanguage(item.last_message?.text ?? '') || item.subject}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
