import { useQuery } from '@tanstack/react-query'
import { conversations } from '#/api/inbox'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { originFacts } from './origin'
import { Fact, PanelSection } from './panel'

/** The page and the campaign that a conversation came from; nothing when none is known. */
export function PanelOrigin({ id }: { id: ID }) {
  const origin = useQuery({
    queryKey: ['origin', id],
    queryFn: () => conversations.origin(id),
    staleTime: Number.POSITIVE_INFINITY, // it never changes
  }).data
  const facts = origin ? originFacts(origin) : []
  if (facts.length === 0) return null
  return (
    <PanelSection title={t('origin.title')}>
      {facts.map((fact) => (
        <Fact key={fact.name} name={fact.name}>
          {fact.href ? (
            <a
              dir="auto"
              href={fact.href}
              target="_blank"
              rel="noopener noreferrer nofollow"
              title={fact.href}
              className="block truncate px-1.5 text-accent text-sm leading-6 hover:underline"
            >
              {fact.text}
            </a>
          ) : (
            <span dir="auto" title={fact.text} className="block truncate px-1.5 text-sm">
              {fact.text}
            </span>
          )}
        </Fact>
      ))}
    </PanelSection>
  )
}
