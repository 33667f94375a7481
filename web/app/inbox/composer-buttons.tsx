import type { ButtonLimit, ID, NewButton } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { maxButtons, type Shortcoming, shortcoming } from './buttons'
import { drafts, type LocalDraft } from './draft'

interface ComposerButtonsProps {
  id: ID
  draft: LocalDraft
  limit: ButtonLimit | undefined
}

/** Choices below an answer, one to a line; what the network cannot show is said while they are written. */
export function ComposerButtons({ id, draft, limit }: ComposerButtonsProps) {
  const rows = draft.buttons
  if (rows.length === 0) return null
  const problem = shortcoming(rows, limit, draft.attachments.length)
  const set = (buttons: NewButton[][]) => drafts.edit(id, { buttons })
  const put = (at: number, button: NewButton) =>
    set(rows.map((row, index) => (index === at ? [button, ...row.slice(1)] : row)))
  return (
    <fieldset data-testid="composer-buttons" className="flex min-w-0 flex-col gap-1 px-3.5 pt-1 pb-2">
      <legend className="pb-1 text-muted text-xs">{t('buttons.title')}</legend>
      {rows.map((row, at) => (
        // Its place is all that a new button has.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className="flex items-center gap-1.5">
          <Field
            label={t('buttons.label', { n: at + 1 })}
            value={row[0]?.text ?? ''}
            focus={at === rows.length - 1 && !row[0]?.text}
            onChange={(text) => put(at, { ...row[0], text })}
          />
          <Field
            label={t('buttons.url')}
            value={row[0]?.url ?? ''}
            onChange={(url) => put(at, { text: row[0]?.text ?? '', url })}
          />
          <IconButton
            icon="close"
            label={t('buttons.remove', { n: at + 1 })}
            onClick={() => set(rows.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2 text-sm">
        {rows.length < maxButtons && (
          <button type="button" className="min-h-6 font-medium text-accent" onClick={() => addButton(id)}>
            {t('buttons.more')}
          </button>
        )}
        {problem && (
          <span role="status" data-testid="buttons-numbered" className="flex items-center gap-1.5 text-muted">
            <Icon name="alert" className="size-3.5!" />
            {why(problem, limit)}
          </span>
        )}
      </div>
    </fieldset>
  )
}

/** addButton gives an answer one more choice, still without words. */
export function addButton(id: ID): void {
  drafts.edit(id, { kind: 'reply', buttons: [...drafts.get(id).buttons, [{ text: '' }]] })
}

function why(problem: Shortcoming, limit: ButtonLimit | undefined): string {
  switch (problem) {
    case 'many':
      return t('buttons.many', { max: limit?.max ?? 0 })
    case 'long':
      return t('buttons.long', { max: limit?.text.max ?? 0 })
    case 'links':
      return t('buttons.links')
    case 'files':
      return t('buttons.files')
    default:
      return t('buttons.none')
  }
}

interface FieldProps {
  label: string
  value: string
  focus?: boolean
  onChange: (text: string) => void
}

function Field({ label, value, focus, onChange }: FieldProps) {
  return (
    <input
      aria-label={label}
      placeholder={label}
      value={value}
      maxLength={200}
      autoFocus={focus}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2.5 text-sm focus:border-accent"
    />
  )
}
