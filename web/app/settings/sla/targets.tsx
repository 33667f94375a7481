import { useState } from 'react'
import type { Targets } from '#/api/routing'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Duration } from '#/ui/duration'
import type { PolicyDraft } from './draft'
import { priorities, targetFields } from './words'

interface TargetsProps {
  draft: PolicyDraft
  errors: Record<string, string>
  onChange: (change: Partial<PolicyDraft>) => void
}

/** What is promised to everybody, and to conversations of some priority in place of it. */
export function TargetFields({ draft, errors, onChange }: TargetsProps) {
  const [open, setOpen] = useState(Object.keys(draft.byPriority).length > 0)
  const setOwn = (priority: string, change: Targets) =>
    onChange({
      byPriority: { ...draft.byPriority, [priority]: { ...draft.byPriority[priority], ...change } },
    })
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-3">
        {targetFields.map((field) => (
          <Duration
            key={field}
            label={t(`sla.${field}`)}
            none={t('sla.none')}
            minutes={draft.targets[field]}
            error={errors[field]}
            onChange={(minutes) => onChange({ targets: { ...draft.targets, [field]: minutes } })}
          />
        ))}
      </div>
      {!open && (
        <Button small tone="quiet" icon="plus" className="self-start" onClick={() => setOpen(true)}>
          {t('sla.addPriorities')}
        </Button>
      )}
      {open && (
        <div className="flex flex-col gap-2">
          <p className="text-muted text-sm">{t('sla.prioritiesHelp')}</p>
          <div
            aria-hidden="true"
            className="hidden gap-x-3 text-muted text-xs sm:grid sm:grid-cols-[6rem_repeat(3,minmax(0,1fr))]"
          >
            <span />
            {targetFields.map((field) => (
              <span key={field}>{t(`sla.${field}`)}</span>
            ))}
          </div>
          {priorities.map((priority) => (
            <div
              role="group"
              aria-label={t(`priority.${priority}`)}
              key={priority}
              className="grid items-start gap-x-3 gap-y-1.5 border-line border-t pt-2 sm:grid-cols-[6rem_repeat(3,minmax(0,1fr))]"
            >
              <span className="flex min-h-9 items-center font-medium">{t(`priority.${priority}`)}</span>
              {targetFields.map((field) => (
                <Duration
                  key={field}
                  bare={t(`sla.${field}`)}
                  label={`${t(`priority.${priority}`)}: ${t(`sla.${field}`)}`}
                  none={t('sla.asAbove')}
                  minutes={draft.byPriority[priority]?.[field] ?? 0}
                  error={errors[`by_priority.${priority}.${field}`]}
                  onChange={(minutes) => setOwn(priority, { [field]: minutes })}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </>
  )
}
