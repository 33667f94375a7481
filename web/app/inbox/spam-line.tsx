import type { Conversation } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { toggleSpam } from './marks'

/** Stands where the composer would: nobody answers spam. */
export function SpamLine({ conversation }: { conversation: Conversation }) {
  return (
    <p className="flex min-h-13 flex-wrap items-center justify-center gap-x-3 gap-y-2 border-line border-t px-4 py-3 text-muted">
      {t('spam.line')}
      <Button small onClick={() => toggleSpam(conversation)}>
        {t('act.notSpam')}
      </Button>
    </p>
  )
}
