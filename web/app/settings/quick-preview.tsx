import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { quickReplies } from '#/api/quick'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'

/** How a text would read, a moment after the last key; what is wrong with it is said here first. */
export function QuickPreview({ text, language }: { text: string; language: string }) {
  const settled = useSettled(text, 300)
  const blank = settled.trim() === ''
  const found = useQuery({
    queryKey: ['quick-preview', settled, language],
    queryFn: ({ signal }) => quickReplies.preview(settled, language, signal),
    enabled: !blank,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const wrong = found.error ? errorText(found.error) : (found.data?.problem ?? '')
  return (
    <section aria-label={t('quick.preview')} data-testid="quick-preview" className="flex flex-col gap-1.5">
      <h3 className="font-medium text-sm">{t('quick.preview')}</h3>
      {wrong && !blank ? (
        <p role="status" className="rounded-lg bg-danger-soft px-3.5 py-2 text-danger text-sm">
          {wrong}
        </p>
      ) : (
        <p
          dir="auto"
          className={`whitespace-pre-wrap rounded-xl px-3.5 py-2 [overflow-wrap:anywhere] ${blank ? 'bg-sunken text-muted' : 'bg-ours'}`}
        >
          {blank ? t('quick.previewEmpty') : found.data?.text}
        </p>
      )}
    </section>
  )
}

/** useSettled is a value that has not changed for a while. */
function useSettled(value: string, wait: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return settled
}
