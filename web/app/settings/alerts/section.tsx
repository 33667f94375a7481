import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type AlertSettings, alerts, useAlertSettings } from '#/api/alerts'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'
import { Browsers } from './browsers'
import { Grid } from './grid'
import { Quiet } from './quiet'

/** How one is told of what happens while one looks elsewhere. Every change is saved at once. */
export function AlertsSection() {
  const queries = useQueryClient()
  const stored = useAlertSettings().data
  // What was chosen is shown in the same moment, until the server has it.
  const [chosen, setChosen] = useState<AlertSettings | null>(null)
  const turn = useRef(0)
  const settings = chosen ?? stored
  if (!settings) return <p aria-busy="true" />

  async function save(change: Partial<AlertSettings>): Promise<void> {
    if (!settings) return
    const next = { ...settings, ...change }
    const mine = ++turn.current
    setChosen(next)
    try {
      queries.setQueryData(['alert-settings'], await alerts.save(next))
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
    if (mine === turn.current) setChosen(null)
  }

  return (
    <>
      <Grid settings={settings} onChange={(ways) => void save({ ways })} />
      <Browsers quote={settings.quote} onQuote={(quote) => void save({ quote })} />
      <Quiet quiet={settings.quiet} onChange={(quiet) => void save({ quiet })} />
    </>
  )
}
