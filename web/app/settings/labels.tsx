import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { labels as api } from '#/api/people'
import { useLabels } from '#/api/queries'
import type { Label } from '#/api/types'
import { t } from '#/text/text'
import { Dot, Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { useAsked } from './asked'
import { useKeptState } from './editor/kept-state'
import { Form, Group, RowItem, Rows } from './parts'
import { KeptNote } from './rules/kept-note'
import { useSave } from './use-save'

const palette = ['#c2410c', '#b45309', '#4d7c0f', '#0f766e', '#1d4ed8', '#7e22ce', '#be185d', '#57534e']

export function LabelsSection() {
  const labels = useLabels()
  const [editing, setEditing] = useState<Label | 'new' | null>(null)
  useAsked('new', () => setEditing('new'))
  return (
    <Group
      help={t('labels.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
          {t('labels.add')}
        </Button>
      }
    >
      {labels.length === 0 && (
        <Empty icon="label" title={t('labels.empty')}>
          <p>{t('labels.emptyHelp')}</p>
        </Empty>
      )}
      <Rows>
        {labels.map((label) => (
          <RowItem key={label.id}>
            <Dot color={label.color} className="size-3.5" />
            <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {label.name}
            </span>
            <Button small onClick={() => setEditing(label)}>
              {t('common.edit')}
            </Button>
          </RowItem>
        ))}
      </Rows>
      {editing && <LabelDialog label={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Group>
  )
}

function LabelDialog({ label, onClose }: { label: Label | null; onClose: () => void }) {
  const queries = useQueryClient()
  const [written, setWritten, finish, discard] = useKeptState('label', label?.id ?? 'new', {
    name: label?.name ?? '',
    color: label?.color || (palette[4] ?? ''),
  })
  const { name, color } = written
  const remove = useSave('labels')
  // A colour given elsewhere stays to be chosen.
  const colors = label?.color && !palette.includes(label.color) ? [label.color, ...palette] : palette

  async function submit(): Promise<void> {
    if (label) await api.update(label.id, { name, color })
    else await api.create({ name, color })
    void queries.invalidateQueries({ queryKey: ['labels'] })
    leave()
  }

  /** leave closes it for good: what was typed is not kept. */
  function leave(): void {
    finish()
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={label ? label.name : t('labels.add')}>
      <Form submit={t('common.save')} onSubmit={submit} onCancel={leave}>
        {(errors) => (
          <>
            {discard && <KeptNote onDiscard={discard} />}
            <Input
              label={t('labels.name')}
              required
              autoFocus
              value={name}
              error={errors.name}
              onChange={(event) => setWritten({ name: event.target.value, color })}
            />
            <fieldset>
              <legend className="pb-1.5 font-medium text-sm">{t('labels.color')}</legend>
              <div className="flex flex-wrap gap-2">
                {colors.map((item) => (
                  <button
                    key={item}
                    type="button"
                    aria-label={item}
                    aria-pressed={item === color}
                    onClick={() => setWritten({ name, color: item })}
                    className="grid size-8 place-items-center rounded-full border-2 border-transparent aria-pressed:border-text"
                  >
                    <Dot color={item} className="size-5" />
                  </button>
                ))}
              </div>
            </fieldset>
            {label && (
              <Button
                small
                tone="danger"
                className="self-start"
                onClick={() => remove.mutate(() => api.remove(label.id).then(leave))}
              >
                {t('common.delete')}
              </Button>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
