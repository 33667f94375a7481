import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type SearchHit, search } from '#/api/search'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { useSettled } from '#/ui/settled'
import type { Command } from './palette'

/** How many people and numbers stand among the commands; the rest is on the search page. */
const most = 5

/** useFound is what search knows of the words in the palette: people, numbers, and the way to everything else. */
export function useFound(typed: string): Command[] {
  const navigate = useNavigate()
  const query = typed.trim()
  const settled = useSettled(query)
  const found = useQuery({
    queryKey: ['search', 'palette', settled],
    queryFn: ({ signal }) => search({ q: settled }, '', signal),
    enabled: settled !== '',
    placeholderData: (old) => old,
  })
  if (!query) return []
  const hits = query === settled ? (found.data?.items ?? []) : []
  const group = t('palette.found')
  const commands = hits
    .filter((hit) => hit.type !== 'message' && hit.type !== 'file')
    .slice(0, most)
    .map((hit) => ({
      id: `${hit.type}:${hit.id}`,
      name: nameOf(hit),
      group,
      answer: true,
      lead:
        hit.type === 'contact' ? (
          <Avatar name={nameOf(hit)} size="sm" />
        ) : (
          <Icon name={hit.type === 'request' ? 'ticket' : 'chat'} className="text-muted" />
        ),
      run: () => {
        if (hit.type === 'contact') void navigate({ to: '/contacts/$id', params: { id: hit.id }, search: {} })
        else openConversation(hit.conversation_id ?? '')
      },
    }))
  function openConversation(id: string): void {
    void navigate({ to: '/inbox/$id', params: { id }, search: { view: 'all', status: 'any' } })
  }
  return [
    ...commands,
    {
      id: 'search:messages',
      name: t('palette.search', { query }),
      group,
      answer: true,
      lead: <Icon name="search" className="text-muted" />,
      run: () => void navigate({ to: '/search', search: { q: query } }),
    },
  ]
}

function nameOf(hit: SearchHit): string {
  if (hit.type === 'contact') return hit.contact_name || hit.identities[0]?.address || t('contact.nameless')
  const name = t(hit.type === 'request' ? 'find.request' : 'find.conversation', {
    number: String(hit.number),
  })
  return hit.contact_name ? `${name} · ${hit.contact_name}` : name
}
