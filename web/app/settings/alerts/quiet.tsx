import { type FocusEvent, useState } from 'react'
import type { AlertSettings } from '#/api/alerts'
import { t } from '#/text/text'
import { Check, Input } from '#/ui/field'
import { Group } from '../parts'

type Hours = AlertSettings['quiet']

/** zoneHere is the time zone of this computer. */
function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** When nothing shall sound. Whoever switches it on first means the clock of this computer. */
export function Quiet({ quiet, onChange }: { quiet: Hours; onChange: (quiet: Hours) => void }) {
  const [edited, setEdited] = useState(quiet)
  const now = { ...edited, on: quiet.on }

  function left(event: FocusEvent<HTMLInputElement>): void {
    if (event.target.value !== quiet[event.target.name as 'from' | 'to' | 'zone']) onChange(now)
  }

  function toggle(on: boolean): void {
    const zone = on && now.zone === 'UTC' ? zoneHere() : now.zone
    setEdited({ ...now, zone })
    onChange({ ...now, on, zone })
  }

  return (
    <Group title={t('alerts.quiet')}>
      <Check
        label={t('alerts.quietOn')}
        checked={quiet.on}
        onChange={(event) => toggle(event.target.checked)}
      />
      {quiet.on && (
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
          {(['from', 'to'] as const).map((name) => (
            <Input
              key={name}
              label={t(`alerts.${name}`)}
              name={name}
              type="time"
              required
              value={edited[name]}
              onChange={(event) => setEdited({ ...edited, [name]: event.target.value })}
              onBlur={left}
            />
          ))}
          <div className="col-span-2 sm:col-span-1">
            <Input
              label={t('alerts.zone')}
              name="zone"
              list="alert-zones"
              value={edited.zone}
              onChange={(event) => setEdited({ ...edited, zone: event.target.value })}
              onBlur={left}
            />
            <datalist id="alert-zones">
              {Intl.supportedValuesOf('timeZone').map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </div>
        </div>
      )}
    </Group>
  )
}
