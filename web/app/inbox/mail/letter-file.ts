import type { Attachment } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { writing } from './writing'

/** dropLetterFile takes a file out of a new letter; undone, it is there again, if the letter still is. */
export function dropLetterFile(file: Attachment): void {
  const without = () => writing.get().letter.attachments.filter((one) => one.id !== file.id)
  writing.edit({ attachments: without() })
  const round = writing.round()
  const undo = () => {
    if (writing.round() !== round) say(t('undo.late'), { tone: 'error' })
    else writing.edit({ attachments: [...without(), file] })
  }
  say(t('draft.fileDropped', { name: file.name || t('file.unnamed') }), { undo })
}
