import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { reveal } from '../parts'
import type { Conflict } from './use-draft'

interface NewerProps {
  conflict: Conflict | null
  busy: boolean
  /** Saves what is in the fields over what the others saved. */
  onOver: (version: number) => void
}

/** Says that somebody else was quicker: theirs can be looked at, and what was written here is not lost. */
export function Newer({ conflict, busy, onOver }: NewerProps) {
  if (!conflict) return null
  return (
    <div
      ref={reveal}
      role="status"
      data-testid="newer"
      className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn"
    >
      <span className="min-w-0 flex-1 basis-56 text-pretty">
        {t(conflict.looking ? 'editor.theirs' : 'editor.newer')}
      </span>
      <div className="flex flex-wrap gap-2">
        {conflict.back && (
          <Button small onClick={conflict.back}>
            {t('editor.mine')}
          </Button>
        )}
        {!conflict.looking && (
          <>
            <Button small onClick={conflict.look}>
              {t('editor.look')}
            </Button>
            <Button small disabled={busy} onClick={() => onOver(conflict.version)}>
              {t('editor.over')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
