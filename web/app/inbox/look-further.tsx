import { useEffect, useState } from 'react'
import type { ListQuery } from '#/live/lists'
import { loadMore } from '#/live/load'
import type { List } from '#/live/state'
import { t } from '#/text/text'
import { Button } from '#/ui/button'

/** What fills a screen, and how often the page looks further by itself before it asks. */
const enough = 20
const patience = 10

/**
 * A page of a saved view looks at so many conversations and no more, so it may find few or
 * none while there are others further back. The page goes on until there is a screenful.
 */
export function LookFurther({ query, list }: { query: ListQuery; list: List }) {
  const [left, setLeft] = useState(patience)
  const short = list.ids.length < enough
  const { next } = list
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every piece looked through
  useEffect(() => {
    if (!short || left === 0) return
    setLeft(left - 1)
    look()
  }, [next, short])
  /** look asks for the next piece; when that fails, the person is asked whether to go on. */
  function look(): void {
    void loadMore(query).then((went) => went || setLeft(0))
  }
  if (!short) return null
  return (
    <div className="flex items-center justify-center gap-2 p-3 text-muted text-sm" role="status">
      {left > 0 ? (
        t('list.looking')
      ) : (
        <Button
          small
          onClick={() => {
            setLeft(patience)
            look()
          }}
        >
          {t('list.lookFurther')}
        </Button>
      )}
    </div>
  )
}
