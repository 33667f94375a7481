import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AlertSettings, alerts, useAlertSettings } from '#/api/alerts'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'

/** useAlerts reads how one is told, and saves every change at once. */
export function useAlerts() {
  const queries = useQueryClient()
  const stored = useAlertSettings().data
  // What was chosen is shown in the same moment, until the server has it.
  const [chosen, setChosen] = useState<AlertSettings | null>(null)
  const settings = chosen ?? stored
  const keep = useMutation({
    // Each call brings all of them: one that overtook another would be undone by it.
    scope: { id: 'alert-settings' },
    mutationFn: alerts.save,
    onSuccess: (kept) => queries.setQueryData(['alert-settings'], kept),
    onError: (error) => say(errorText(error), { tone: 'error' }),
  })
  return {
    settings,
    save: (change: Partial<AlertSettings>): void => {
      if (!settings) return
      const next = { ...settings, ...change }
      setChosen(next)
      // Of several the last one alone is told here that it is done.
      keep.mutate(next, { onSettled: () => setChosen(null) })
    },
  }
}
