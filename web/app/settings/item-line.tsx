import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'

interface ItemLineProps {
  /** The section of the settings, and which of its things. */
  section: string
  item: string
  name: string
  about: string
  /** What keeps it from working. */
  problem?: string | null
  /** Wherever the row around it is pressed, that leads to its page too. */
  whole?: boolean
  children?: ReactNode
}

/** A thing of the settings in a list: its name, which leads to its page, what it does, and what is wrong with it. */
export function ItemLine({ section, item, name, about, problem, whole = false, children }: ItemLineProps) {
  return (
    <div className={`flex min-w-0 flex-1 flex-col ${whole ? '' : 'py-0.5'}`}>
      <Link
        to="/settings/$section/$item"
        params={{ section, item }}
        dir="auto"
        className={`min-h-6 truncate font-medium ${whole ? 'after:absolute after:inset-0 after:rounded-md' : 'hover:underline'}`}
      >
        {name}
      </Link>
      <span dir="auto" className="truncate text-muted text-sm">
        {about}
      </span>
      {children}
      {problem && (
        <span className="mt-1 flex flex-col items-start gap-1.5 text-danger text-sm sm:flex-row">
          <Badge tone="danger">{t('trigger.broken')}</Badge>
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {problem}
          </span>
        </span>
      )}
    </div>
  )
}
