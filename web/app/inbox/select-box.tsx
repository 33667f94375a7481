import { memo } from 'react'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

interface SelectBoxProps {
  name: string
  chosen: boolean
  /** Others are chosen already, so the boxes of all rows stand open. */
  choosing: boolean
  id: string
  onChoose: (id: string, range: boolean) => void
}

/** The box at the corner of a row's picture, which stays to be seen: there when it is reached for, or when rows are being chosen. */
export const SelectBox = memo(function SelectBox({ name, chosen, choosing, id, onChoose }: SelectBoxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-label={t('bulk.select', { name })}
      tabIndex={-1}
      onClick={(event) => onChoose(id, event.shiftKey)}
      className={`absolute start-1 top-1 z-10 grid size-11 place-items-start rounded-lg p-0.5 transition-opacity duration-75 focus-visible:opacity-100 ${chosen || choosing ? '' : 'opacity-0 group-hover/row:opacity-100 max-md:pointer-events-none'}`}
    >
      <span
        className={`grid size-5 place-items-center rounded-md border shadow-sm ${chosen ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface'}`}
      >
        {chosen && <Icon name="check" className="size-4!" />}
      </span>
    </button>
  )
})
