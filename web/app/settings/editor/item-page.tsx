import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from '#/ui/icons'

interface ItemPageProps {
  /** The section of the settings whose list the thing is of, and the words that lead there. */
  section: string
  all: string
  title: string | undefined
  /** What stands below the title: ways to look at the thing. */
  tabs?: ReactNode
  children: ReactNode
}

/** The page of one thing in the settings: the way back to the list of all, its name, and what there is of it. */
export function ItemPage({ section, all, title, tabs, children }: ItemPageProps) {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <Link
          to="/settings/$section"
          params={{ section }}
          className="flex min-h-6 items-center gap-1 self-start text-muted text-sm hover:text-text max-md:hidden"
        >
          <Icon name="back" className="size-4!" />
          {all}
        </Link>
        <h2 dir="auto" className="min-w-0 font-semibold text-lg [overflow-wrap:anywhere]">
          {title}
        </h2>
        {tabs}
      </div>
      {children}
    </div>
  )
}
