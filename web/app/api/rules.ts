/** What happens by itself: triggers and their logs, macros, business hours, intake rules. */
import { useQuery } from '@tanstack/react-query'
import { call } from './http'
import type { components } from './schema'
import type { ID, Page } from './types'

type Schemas = components['schemas']

export type RuleField = Schemas['RuleField']
export type Vocabulary = Schemas['Vocabulary']
/** An action as it is written and read; which of its parts count is up to its type. */
export type Action = Schemas['Action']
export type Trigger = Schemas['Trigger']
export type NewTrigger = Schemas['NewTrigger']
export type TriggerAfter = Schemas['TriggerAfter']
export type TriggerAt = Schemas['TriggerAt']
export type NewOrder = Schemas['NewOrder']
export type Explanation = Schemas['Explanation']
export type Run = Schemas['Run']
export type RunStep = Schemas['RunStep']
export type Trial = Schemas['Trial']
export type DryRun = Schemas['DryRun']
export type TriggerWebhook = Schemas['Webhook']
export type Macro = Schemas['Macro']
export type NewMacro = Schemas['NewMacro']
export type Schedule = Schemas['Schedule']
export type NewSchedule = Schemas['NewSchedule']
export type IntakeRule = Schemas['IntakeRule']
export type IntakeThen = Schemas['IntakeThen']

export const triggers = {
  vocabulary: () => call<Vocabulary>('GET', '/triggers/vocabulary'),
  list: () => call<Page<Trigger>>('GET', '/triggers'),
  get: (id: ID) => call<Trigger>('GET', `/triggers/${id}`),
  create: (body: NewTrigger) => call<Trigger>('POST', '/triggers', { body }),
  update: (id: ID, body: Partial<NewTrigger>) => call<Trigger>('PATCH', `/triggers/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/triggers/${id}`),
  order: (body: NewOrder) => call<void>('PUT', '/triggers/order', { body }),
  /** Tries one, saved or not, on the last days; nothing is changed. */
  tryOut: (trigger: NewTrigger, days: number) =>
    call<DryRun>('POST', '/triggers/dry-run', { body: { trigger, days } }),
  runs: (id: ID, cursor: string) =>
    call<Page<Run>>('GET', `/triggers/${id}/runs`, { query: { cursor, limit: 20 } }),
  run: (id: ID) => call<Run>('GET', `/trigger-runs/${id}`),
  runsIn: (conversation: ID) =>
    call<Page<Run>>('GET', `/conversations/${conversation}/runs`, { query: { limit: 100 } }),
  webhooks: (id: ID, cursor: string) =>
    call<Page<TriggerWebhook>>('GET', `/triggers/${id}/webhooks`, { query: { cursor, limit: 20 } }),
  replay: (id: ID) => call<TriggerWebhook>('POST', `/trigger-webhooks/${id}/replay`),
}

export const macros = {
  list: () => call<Page<Macro>>('GET', '/macros'),
  create: (body: NewMacro) => call<Macro>('POST', '/macros', { body }),
  update: (id: ID, body: Partial<NewMacro>) => call<Macro>('PATCH', `/macros/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/macros/${id}`),
  apply: (id: ID, conversation: ID) =>
    call<Schemas['Applied']>('POST', `/macros/${id}/apply`, { body: { conversation_id: conversation } }),
}

export const schedules = {
  list: () => call<Page<Schedule>>('GET', '/schedules'),
  create: (body: NewSchedule) => call<Schedule>('POST', '/schedules', { body }),
  update: (id: ID, body: Partial<NewSchedule> & { version?: number }) =>
    call<Schedule>('PATCH', `/schedules/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/schedules/${id}`),
}

export const intakeRules = {
  fields: () => call<Page<RuleField>>('GET', '/intake-rules/fields'),
  list: (account: ID) => call<Page<IntakeRule>>('GET', `/accounts/${account}/intake-rules`),
  create: (account: ID, body: Record<string, unknown>) =>
    call<IntakeRule>('POST', `/accounts/${account}/intake-rules`, { body }),
  update: (id: ID, body: Record<string, unknown>) =>
    call<IntakeRule>('PATCH', `/intake-rules/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/intake-rules/${id}`),
  order: (account: ID, body: NewOrder) =>
    call<void>('PUT', `/accounts/${account}/intake-rules/order`, { body }),
}

const kept = { staleTime: 5 * 60_000 }

/** useVocabulary is what triggers may speak of; its labels are in the caller's language. */
export const useVocabulary = () =>
  useQuery({ queryKey: ['vocabulary'], queryFn: triggers.vocabulary, ...kept }).data

export const useMacros = () =>
  useQuery({ queryKey: ['macros'], queryFn: macros.list, select: (page) => page.items, ...kept }).data ?? []

export const useSchedules = () =>
  useQuery({ queryKey: ['schedules'], queryFn: schedules.list, select: (page) => page.items, ...kept })
    .data ?? []
