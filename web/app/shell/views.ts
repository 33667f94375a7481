/** The lists of the desk: those that there always are, and saved views. */
import { type SavedView, useSavedViews } from '#/api/views'
import type { View } from '#/live/lists'
import { t } from '#/text/text'
import type { IconName } from '#/ui/icons'

export const views: { view: View; icon: IconName; name: () => string; empty: () => string }[] = [
  { view: 'unanswered', icon: 'clock', name: () => t('view.unanswered'), empty: () => t('empty.unanswered') },
  { view: 'mine', icon: 'user', name: () => t('view.mine'), empty: () => t('empty.mine') },
  { view: 'unassigned', icon: 'inbox', name: () => t('view.unassigned'), empty: () => t('empty.unassigned') },
  { view: 'all', icon: 'chat', name: () => t('view.all'), empty: () => t('empty.all') },
  { view: 'following', icon: 'eye', name: () => t('view.following'), empty: () => t('empty.following') },
  { view: 'mentions', icon: 'at', name: () => t('view.mentions'), empty: () => t('empty.mentions') },
  { view: 'snoozed', icon: 'moon', name: () => t('view.snoozed'), empty: () => t('empty.snoozed') },
  { view: 'spam', icon: 'ban', name: () => t('view.spam'), empty: () => t('empty.spam') },
]

/** One list as the navigation offers it. */
export interface ViewEntry {
  id: string
  name: string
  icon: IconName
  /** What the address says of it. */
  search: { view?: View; saved?: string }
  view?: View
  saved?: string
  problem?: string
}

export const savedEntry = ({ id, name, problem }: SavedView): ViewEntry => ({
  id: `saved:${id}`,
  name,
  icon: problem ? 'alert' : 'filter',
  search: { saved: id },
  saved: id,
  problem,
})

/** useViews is all of them, in the order of the navigation. */
export function useViews(): ViewEntry[] {
  const saved = useSavedViews()
  return [
    ...views.map(({ view, icon, name }) => ({
      id: view,
      name: name(),
      icon,
      search: view === 'unanswered' ? {} : { view },
      view,
    })),
    ...saved.map(savedEntry),
  ]
}
