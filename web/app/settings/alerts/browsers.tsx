import { useQuery, useQueryClient } from '@tanstack/react-query'
import { pushState, subscribe, unsubscribe } from '#/alerts/push'
import { type AlertBrowser, alerts, useAlertBrowsers } from '#/api/alerts'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Check } from '#/ui/field'
import { say } from '#/ui/toast'
import { Group, RowItem, Rows } from '../parts'
import { useSave } from '../use-save'
import { browserName } from './browser-name'

/** Which browsers show pushes, and what these say. */
export function Browsers({ quote, onQuote }: { quote: boolean; onQuote: (on: boolean) => void }) {
  const queries = useQueryClient()
  const list = useAlertBrowsers()
  const state = useQuery({ queryKey: ['push-state'], queryFn: pushState }).data
  const save = useSave('alert-browsers', 'push-state')
  // Signed in elsewhere or anew, a browser has its subscription, but it is not of this session.
  const here = state === 'on' && list.some((one) => one.current)

  function allow(): void {
    save.mutate(async () => {
      if (!(await subscribe())) say(t('alerts.refused'), { tone: 'error' })
      void queries.invalidateQueries({ queryKey: ['push-state'] })
    })
  }

  function remove(browser: AlertBrowser): void {
    save.mutate(async () => {
      if (browser.current) await unsubscribe()
      await alerts.unsubscribe(browser.id)
    })
  }

  function tryOut(browser: AlertBrowser): void {
    save.mutate(async () => {
      await alerts.test(browser.id)
      say(t('alerts.tried'))
    })
  }

  return (
    <Group title={t('alerts.browser')} help={t('alerts.browserHelp')}>
      {state === 'unsupported' && <p className="text-muted text-sm">{t('alerts.unsupported')}</p>}
      {state === 'blocked' && <p className="text-muted text-sm">{t('alerts.blocked')}</p>}
      {(state === 'off' || state === 'on') && !here && (
        <Button icon="bell" className="self-start" busy={save.isPending} onClick={allow}>
          {t('alerts.allow')}
        </Button>
      )}
      <Rows>
        {list.map((browser) => (
          <RowItem key={browser.id}>
            <div className="flex min-w-0 flex-1 flex-col">
              <span className="flex items-center gap-2 truncate">
                {browserName(browser.browser)}
                {browser.current && <Badge>{t('alerts.here')}</Badge>}
              </span>
              <span className="text-muted text-sm">
                {t('alerts.since', { time: fullTime(browser.created_at) })}
              </span>
            </div>
            <Button small onClick={() => tryOut(browser)}>
              {t('alerts.try')}
            </Button>
            <Button small onClick={() => remove(browser)}>
              {t('alerts.stop')}
            </Button>
          </RowItem>
        ))}
      </Rows>
      <Check
        label={t('alerts.quote')}
        help={t('alerts.quoteHelp')}
        checked={quote}
        onChange={(event) => onQuote(event.target.checked)}
      />
    </Group>
  )
}
