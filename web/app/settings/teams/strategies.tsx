import { useId } from 'react'
import type { Team } from '#/api/types'
import { t } from '#/text/text'

type Strategy = Team['strategy']

const strategies: Strategy[] = ['even_turns', 'least_busy', 'strict_order', 'all_at_once', 'manual']

/** How a team chooses, each way with what it means. */
export function Strategies({ value, onChange }: { value: Strategy; onChange: (value: Strategy) => void }) {
  const name = useId()
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">{t('teams.strategy')}</legend>
      {strategies.map((one) => (
        <label
          key={one}
          className={`flex cursor-pointer items-start gap-2.5 rounded-lg border px-3 py-2 hover:bg-hover ${one === value ? 'border-accent bg-accent-soft' : 'border-line'}`}
        >
          <input
            type="radio"
            name={name}
            value={one}
            checked={one === value}
            onChange={() => onChange(one)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span className="flex flex-col">
            <span className="font-medium">{t(`strategy.${one}`)}</span>
            <span className="text-pretty text-muted text-sm">{t(`strategy.${one}.help`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
