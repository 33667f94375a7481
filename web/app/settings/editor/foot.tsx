import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Foot } from '#/ui/foot'

interface FootProps {
  /** The id of the form, which they stand outside of. */
  form: string
  busy: boolean
  /** Null for what is new, which nobody can delete yet. */
  onRemove: (() => unknown) | null
  /** What deleting says; "Delete" unless told. */
  remove?: string
  /** Of a dialog, which is left by it. */
  onCancel?: () => void
}

/** The buttons below an editor, in sight however much of it there is: delete, cancel and save. */
export function EditorFoot({ form, busy, onRemove, remove, onCancel }: FootProps) {
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
    <Button type="submit" form={form} tone="primary" busy={busy}>
      {t('common.save')}
    </Button>
  )
  if (!onCancel)
    return (
      <Foot of="page">
        <div className="mx-auto flex max-w-3xl flex-wrap gap-2 px-4 py-2.5 md:px-8">
          {save}
          {removal}
        </div>
      </Foot>
    )
  return (
    <Foot of="dialog">
      <div className="flex flex-wrap justify-end gap-2">
        {removal}
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        {save}
      </div>
    </Foot>
  )
}
