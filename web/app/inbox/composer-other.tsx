import { t } from '#/text/text'
import { drafts, type LocalDraft, type Words, wordsOf } from './draft'
import { dropOther } from './draft-parts'

/** What another window holds for this conversation: taken over or put away by one press. */
export function OtherDraft({ id, draft, other }: { id: string; draft: LocalDraft; other: Words }) {
  const { text, html } = draft
  return (
    <p className="flex items-center gap-2 border-line border-b px-3.5 py-1.5 text-muted text-sm">
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {t('composer.otherDraft', { text: wordsOf(other) })}
      </span>
      <button
        type="button"
        className="font-medium text-accent"
        onClick={() => drafts.edit(id, { ...other, other: { text, html } })}
      >
        {t('composer.useOther')}
      </button>
      <button type="button" className="font-medium" onClick={() => dropOther(id, other)}>
        {t('common.dismiss')}
      </button>
    </p>
  )
}
