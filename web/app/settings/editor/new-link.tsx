import { Link } from '@tanstack/react-router'
import { Icon } from '#/ui/icons'

/** Leads to the page on which a new thing of a section is written. */
export function NewLink({ section, children }: { section: string; children: string }) {
  return (
    <Link
      to="/settings/$section/$item"
      params={{ section, item: 'new' }}
      className="inline-flex h-7 items-center gap-1.5 rounded-md bg-accent px-2.5 font-medium text-on-accent text-sm hover:bg-accent-hover"
    >
      <Icon name="plus" className="-ms-0.5" />
      {children}
    </Link>
  )
}
