/** How people are told of what happens while they look elsewhere. */
import { useQuery } from '@tanstack/react-query'
import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

type Schemas = components['schemas']

export type AlertSettings = Schemas['NotificationSettings']
export type AlertBrowser = Schemas['PushBrowser']

export const alertKinds = [
  'assigned',
  'message',
  'mention',
  'followed',
  'warning',
  'breach',
  'escalation',
] as const
export type AlertKind = (typeof alertKinds)[number]

export const alertWays = ['badge', 'sound', 'push', 'mail'] as const
export type AlertWay = (typeof alertWays)[number]

export const alerts = {
  settings: () => call<AlertSettings>('GET', '/notifications/settings'),
  save: (body: AlertSettings) => call<AlertSettings>('PUT', '/notifications/settings', { body }),
  key: () => call<{ key: string }>('GET', '/notifications/push-key'),
  browsers: () => call<Page<AlertBrowser>>('GET', '/notifications/browsers'),
  subscribe: (body: PushSubscriptionJSON) => call<AlertBrowser>('POST', '/notifications/browsers', { body }),
  unsubscribe: (id: ID) => call<void>('DELETE', `/notifications/browsers/${id}`),
  test: (id: ID) => call<void>('POST', `/notifications/browsers/${id}/test`),
}

export function useAlertSettings() {
  return useQuery({ queryKey: ['alert-settings'], queryFn: alerts.settings })
}

export function useAlertBrowsers(): AlertBrowser[] {
  return useQuery({ queryKey: ['alert-browsers'], queryFn: alerts.browsers }).data?.items ?? []
}
