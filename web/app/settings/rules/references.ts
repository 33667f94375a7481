import { useAccounts, useAgents, useLabels, useTeams } from '#/api/queries'
import { useSchedules } from '#/api/rules'
import { t } from '#/text/text'

export interface Named {
  id: string
  name: string
}

/** useReferences is what fields and actions can name, by the path word of the noun. */
export function useReferences(): (of: string) => Named[] {
  const agents = useAgents().filter((agent) => !agent.disabled)
  const teams = useTeams()
  const labels = useLabels()
  const accounts = useAccounts()
  const schedules = useSchedules()
  const all: Record<string, Named[]> = { agents, teams, labels, accounts, schedules }
  return (of) => all[of] ?? []
}

/** nameOf is the name of one of them; what is gone is shown by its number. */
export function nameOf(list: Named[], id: string): string {
  return list.find((item) => item.id === id)?.name ?? t('common.number', { number: id })
}
