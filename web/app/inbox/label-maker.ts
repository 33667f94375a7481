import { useQueryClient } from '@tanstack/react-query'
import { labels } from '#/api/people'
import type { Label } from '#/api/types'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import type { Maker } from '#/ui/picker'
import { say } from '#/ui/toast'
import { errorText } from './actions'

/** A new label's colour until somebody chooses another in the settings. */
const firstColor = '#1d4ed8'

/**
 * useLabelMaker lets whoever may make labels do so where one is missing, and tells everybody else whom to ask. A label
 * made so is used at once.
 */
export function useLabelMaker(use: (label: Label) => void): { make?: Maker; empty: string } {
  const me = useMe()
  const queries = useQueryClient()
  if (me.role !== 'admin' && me.role !== 'lead') return { empty: t('labels.askLead') }

  async function create(name: string): Promise<void> {
    try {
      const made = await labels.create({ name, color: firstColor })
      await queries.invalidateQueries({ queryKey: ['labels'] })
      use(made)
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
  }

  return {
    make: { words: (name) => t('labels.make', { name }), run: (name) => void create(name) },
    empty: t('labels.firstHere'),
  }
}
