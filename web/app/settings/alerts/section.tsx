import { Browsers } from './browsers'
import { Grid } from './grid'
import { Quiet } from './quiet'
import { useAlerts } from './use-alerts'

/** How one is told of what happens while one looks elsewhere. Every change is saved at once. */
export function AlertsSection() {
  const { settings, save } = useAlerts()
  if (!settings) return <p aria-busy="true" />
  return (
    <>
      <Grid settings={settings} onChange={(ways) => save({ ways })} />
      <Browsers quote={settings.quote} onQuote={(quote) => save({ quote })} />
      <Quiet quiet={settings.quiet} onChange={(quiet) => save({ quiet })} />
    </>
  )
}
