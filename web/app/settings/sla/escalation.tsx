import { t } from '#/text/text'
import { Check, Input } from '#/ui/field'
import { EditorStep } from '../rules/step'
import { type PolicyDraft, toggled } from './draft'

interface EscalationProps {
  draft: PolicyDraft
  errors: Record<string, string>
  onChange: (change: Partial<PolicyDraft>) => void
}

const people = ['assignee', 'head', 'team'] as const
const halts = ['pending', 'snoozed', 'answered'] as const

/** Who hears of a deadline that is near and of one that was missed, and what the clock stands still for. */
export function Escalation({ draft, errors, onChange }: EscalationProps) {
  return (
    <>
      <EditorStep title={t('sla.warning')}>
        <Input
          label={t('sla.warnAt')}
          help={t('sla.warnHelp')}
          type="number"
          min={0}
          max={99}
          className="sm:w-40!"
          value={draft.warn}
          error={errors.warn_at_percent}
          onChange={(event) => onChange({ warn: Math.round(Number(event.target.value)) })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Whom
            title={t('sla.onWarning')}
            chosen={draft.onWarning}
            onChange={(onWarning) => onChange({ onWarning })}
          />
          <Whom
            title={t('sla.onBreach')}
            chosen={draft.onBreach}
            onChange={(onBreach) => onChange({ onBreach })}
          />
        </div>
      </EditorStep>
      <EditorStep title={t('sla.pause')} help={t('sla.pauseHelp')}>
        <div className="flex flex-col">
          {halts.map((halt) => (
            <Check
              key={halt}
              label={t(`sla.pause.${halt}`)}
              help={t(`sla.pause.${halt}.help`)}
              checked={draft.pauseOn.includes(halt)}
              onChange={(event) => onChange({ pauseOn: toggled(draft.pauseOn, halt, event.target.checked) })}
            />
          ))}
        </div>
      </EditorStep>
    </>
  )
}

interface WhomProps {
  title: string
  chosen: PolicyDraft['onWarning']
  onChange: (chosen: PolicyDraft['onWarning']) => void
}

function Whom({ title, chosen, onChange }: WhomProps) {
  return (
    <fieldset className="flex flex-col">
      <legend className="pb-1 font-medium text-sm">{title}</legend>
      {people.map((one) => (
        <Check
          key={one}
          label={t(`sla.tell.${one}`)}
          checked={chosen.includes(one)}
          onChange={(event) => onChange(toggled(chosen, one, event.target.checked))}
        />
      ))}
    </fieldset>
  )
}
