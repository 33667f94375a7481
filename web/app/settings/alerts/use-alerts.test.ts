import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { type AlertSettings, alerts } from '#/api/alerts'
import { hook } from '#/test/hook'
import { useAlerts } from './use-alerts'

const stored = {
  ways: {},
  quote: false,
  quiet: { on: false, from: '22:00', to: '08:00', zone: 'UTC' },
} as unknown as AlertSettings

/** How long a busy machine may take. */
const patience = 30_000
vi.setConfig({ testTimeout: patience })

test('what is changed second is saved when the first is, so that neither overtakes the other', async () => {
  const queries = new QueryClient()
  queries.setQueryData(['alert-settings'], stored)
  const calls: { body: AlertSettings; done: (kept: AlertSettings) => void }[] = []
  vi.spyOn(alerts, 'save').mockImplementation((body) => new Promise((done) => calls.push({ body, done })))
  const { save } = hook(queries, useAlerts)

  save({ quote: true })
  save({ quiet: { ...stored.quiet, on: true } })
  await vi.waitFor(() => expect(calls).toHaveLength(1), patience)
  calls[0]?.done({ ...stored, quote: true })
  await vi.waitFor(() => expect(calls).toHaveLength(2), patience)
  expect(calls[1]?.body.quiet.on).toBe(true)
  expect(queries.getQueryData(['alert-settings'])).toMatchObject({ quote: true })
  queries.clear()
})
