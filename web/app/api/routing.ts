/** Who answers and by when: how teams hand out, who is there and away, promises of service and their clocks. */
import { useQuery } from '@tanstack/react-query'
import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

type Schemas = components['schemas']

export type Board = Schemas['RoutingBoard']
export type BoardAgent = Schemas['RoutingAgent']
export type BoardTeam = Schemas['RoutingTeam']
export type Next = Schemas['RoutingNext']
export type Absence = Schemas['Absence']
export type Policy = Schemas['SLAPolicy']
export type NewPolicy = Required<Omit<Schemas['NewSLAPolicy'], '$schema'>>
export type Targets = Schemas['SLATargets']
export type Clock = Schemas['Clock']
export type Why = Schemas['ClockWhy']
export type Metric = Clock['metric']
export type WaitingPause = Schemas['WaitingPause']

export const routing = {
  board: () => call<Board>('GET', '/routing/board'),
  weights: () => call<Schemas['ChannelWeights']>('GET', '/routing/weights'),
  setWeights: (weights: Record<string, number>) =>
    call<Schemas['ChannelWeights']>('PUT', '/routing/weights', { body: { weights } }),
  next: (team: ID, about: { account?: ID; kind?: string; label?: string }) =>
    call<Next>('GET', `/teams/${team}/next`, { query: about }),
  claim: (conversation: ID) => call<void>('POST', `/conversations/${conversation}/claim`),
  idle: (idle: boolean) => call<void>('POST', '/presence/idle', { body: { idle } }),
}

export const absences = {
  list: () => call<Page<Absence>>('GET', '/absences'),
  create: (body: { agent_id: ID; deputy_id: ID | null; from: string; to: string }) =>
    call<Absence>('POST', '/absences', { body }),
  update: (id: ID, body: { deputy_id?: ID | null; from?: string; to?: string }) =>
    call<Absence>('PATCH', `/absences/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/absences/${id}`),
}

export const policies = {
  list: () => call<Page<Policy>>('GET', '/sla-policies'),
  create: (body: Partial<NewPolicy>) => call<Policy>('POST', '/sla-policies', { body }),
  update: (id: ID, body: Partial<NewPolicy>) => call<Policy>('PATCH', `/sla-policies/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/sla-policies/${id}`),
  order: (body: Schemas['NewOrder']) => call<void>('PUT', '/sla-policies/order', { body }),
}

export const clocks = {
  why: (conversation: ID, metric: Metric) =>
    call<Why>('GET', `/conversations/${conversation}/clocks/${metric}/why`),
  waitingPauses: (from: string, to: string, cursor: string) =>
    call<Page<WaitingPause>>('GET', '/reports/waiting-pauses', { query: { from, to, cursor, limit: 50 } }),
}

/** useBoard is who is there and what waits, read anew whenever somebody comes, goes or is given something. */
export const useBoard = () =>
  useQuery({ queryKey: ['board'], queryFn: routing.board, refetchInterval: 15_000 })

export const useAbsences = () => useQuery({ queryKey: ['absences'], queryFn: absences.list })

export const usePolicies = () => useQuery({ queryKey: ['sla-policies'], queryFn: policies.list })
