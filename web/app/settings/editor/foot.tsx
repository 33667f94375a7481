import { t } from '#/text/text'
import { Button } from '#/ui/button'

interface FootProps {
  busy: boolean
  /** Null for what is new, which nobody can delete yet. */
  onRemove: (() => unknown) | null
  /** What deleting says; "Delete" unless told. */
  remove?: string
  /** Of a dialog, which is left by it. */
  onCancel?: () => void
}

/** The buttons below an editor: delete, cancel and save. */
export function EditorFoot({ busy, onRemove, remove, onCancel }: FootProps) {
  const removal = onRemove && (
    <Button
      tone="danger"
      className={onCancel ? 'me-auto' : ''}
      disabled={busy}
      onClick={() => void onRemove()}
    >
      {remove ?? t('common.delete')}
    </Button>
  )
  const save = (
    <Button type="submit" tone="primary" busy={busy}>
      {t('common.save')}
    </Button>
  )
  if (!onCancel)
    return (
      <div className="flex flex-wrap gap-2">
        {save}
        {removal}
      </div>
    )
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {removal}
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
      {save}
    </div>
  )
}
