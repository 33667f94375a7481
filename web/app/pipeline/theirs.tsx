import { t } from '#/text/text'
import { Button } from '#/ui/button'
import type { Meanwhile } from './meanwhile'

interface TheirsProps {
  theirs: Meanwhile | null
  onTheirs: () => void
  onMine: () => void
}

/** Under a field that somebody else has changed while one typed there: whose value shall stand. */
export function Theirs({ theirs, onTheirs, onMine }: TheirsProps) {
  if (!theirs) return null
  return (
    <div
      role="status"
      data-testid="meanwhile"
      className="mt-1.5 flex flex-wrap items-center gap-2 text-sm text-warn"
    >
      <span className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">{theirs.told}</span>
      <Button small onClick={onTheirs}>
        {t('meanwhile.theirs')}
      </Button>
      <Button small onClick={onMine}>
        {t('meanwhile.mine')}
      </Button>
    </div>
  )
}
