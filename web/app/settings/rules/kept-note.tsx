import { t } from '#/text/text'
import { Button } from '#/ui/button'

/** Says that an editor shows what was written before and not saved, and throws it away on request. */
export function KeptNote({ onDiscard }: { onDiscard: () => void }) {
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-3 rounded-md bg-warn-soft px-3 py-1.5 text-warn"
    >
      {t('trigger.kept')}
      <Button small tone="quiet" icon="undo" className="text-warn!" onClick={onDiscard}>
        {t('trigger.discard')}
      </Button>
    </p>
  )
}
