/** The directories that every screen needs: small lists, read once and kept fresh by live events. */
import { useQuery } from '@tanstack/react-query'
import { agents, labels, teams } from './people'
import { accounts, pipelines } from './records'
import type { Agent, ID } from './types'

const kept = { staleTime: 5 * 60_000 }

export const useAgents = () =>
  useQuery({ queryKey: ['agents'], queryFn: agents.list, select: (page) => page.items, ...kept }).data ?? []

export const useTeams = () =>
  useQuery({ queryKey: ['teams'], queryFn: teams.list, select: (page) => page.items, ...kept }).data ?? []

export const useLabels = () =>
  useQuery({ queryKey: ['labels'], queryFn: labels.list, select: (page) => page.items, ...kept }).data ?? []

export const useAccounts = () =>
  useQuery({ queryKey: ['accounts'], queryFn: accounts.list, select: (page) => page.items, ...kept }).data ??
  []

export const usePipelines = () =>
  useQuery({ queryKey: ['pipelines'], queryFn: pipelines.list, ...kept }).data ?? []

export function useAgentName(): (id: ID | null | undefined) => string {
  const all = useAgents()
  return (id) => all.find((agent: Agent) => agent.id === id)?.name ?? ''
}
