import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { history, type Noun } from '#/api/people-records'
import { t } from '#/text/text'
import { fullTime, shortTime } from '#/text/time'
import { More } from '#/ui/bits'
import { Button } from '#/ui/button'
import { changeText, whoText } from './history-words'

/** Every field that was changed: what from, what to, who and when. It is read when somebody wants to see it. */
export function FieldHistory({ noun, id }: { noun: Noun; id: string }) {
  const [open, setOpen] = useState(false)
  return (
    <section className="flex flex-col gap-2">
      <Button
        small
        tone="quiet"
        icon="clock"
        aria-expanded={open}
        className="-ms-2 self-start"
        onClick={() => setOpen(!open)}
      >
        {t(open ? 'history.hide' : 'history.show')}
      </Button>
      {open && <Changes noun={noun} id={id} />}
    </section>
  )
}

function Changes({ noun, id }: { noun: Noun; id: string }) {
  const list = useInfiniteQuery({
    queryKey: [noun, id, 'history'],
    queryFn: ({ pageParam }) => history(noun, id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const changes = (list.data?.pages ?? []).flatMap((page) => page.items)
  if (list.isSuccess && changes.length === 0)
    return <p className="text-muted text-sm">{t('history.empty')}</p>
  return (
    <>
      <ol aria-label={t('history.title')} className="flex flex-col gap-2.5 border-line border-s ps-3.5">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-col text-sm">
            <span dir="auto" className="text-pretty [overflow-wrap:anywhere]">
              {changeText(change, noun)}
            </span>
            <span className="text-muted text-xs">
              {whoText(change)}
              {change.of_id && ` · ${t('history.of', { name: change.of_name || t('contact.nameless') })}`}
              {' · '}
              <time dateTime={change.at} title={fullTime(change.at)}>
                {shortTime(change.at)}
              </time>
            </span>
          </li>
        ))}
      </ol>
      <More tone="quiet" list={list} />
    </>
  )
}
