import type { Attachment, ID } from '#/api/types'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { drafts, type Words } from './draft'

/** dropFile takes a file out of what is being written; undone, it is there again. */
export function dropFile(id: ID, file: Attachment): void {
  const without = () => drafts.get(id).attachments.filter((one) => one.id !== file.id)
  drafts.edit(id, { attachments: without() })
  say(t('draft.fileDropped', { name: file.name || t('file.unnamed') }), {
    undo: () => drafts.edit(id, { attachments: [...without(), file] }),
  })
}

/** dropOther puts away what another window holds for a conversation; undone, it is offered again. */
export function dropOther(id: ID, other: Words): void {
  drafts.edit(id, { other: null })
  say(t('draft.otherDropped'), { undo: () => drafts.edit(id, { other }) })
}
