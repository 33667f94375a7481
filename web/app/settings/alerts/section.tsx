import { useQueryClient } from '@tanstack/react-query'
import { type AlertSettings, alerts, useAlertSettings } from '#/api/alerts'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'
import { Browsers } from './browsers'
import { Grid } from './grid'
import { Quiet } from './quiet'

/** How one is told of what happens while one looks elsewhere. Every change is saved at once. */
export function AlertsSection() {
  const queries = useQueryClient()
  const { data } = useAlertSettings()
  if (!data) return <p aria-busy="true" />

  const key = ['alert-settings']
  async function save(change: Partial<AlertSettings>): Promise<void> {
    const before = queries.getQueryData<AlertSettings>(key)
    if (!before) return
    const next = { ...before, ...change }
    queries.setQueryData(key, next)
    try {
      queries.setQueryData(key, await alerts.save(next))
    } catch (error) {
      queries.setQueryData(key, before)
      say(errorText(error), { tone: 'error' })
    }
  }

  return (
    <>
      <Grid settings={data} onChange={(ways) => void save({ ways })} />
      <Browsers quote={data.quote} onQuote={(quote) => void save({ quote })} />
      <Quiet quiet={data.quiet} onChange={(quiet) => void save({ quiet })} />
    </>
  )
}
