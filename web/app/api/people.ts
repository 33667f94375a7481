import { call } from './http'
import type {
  Agent,
  ApiKey,
  ID,
  Invitation,
  Label,
  Language,
  Page,
  ResetLink,
  Role,
  Session,
  SessionInfo,
  SetupState,
  Team,
} from './types'

export const setup = {
  look: () => call<SetupState>('GET', '/setup', { expect401: true }),
  create: (body: { name: string; email: string; password: string; language: Language }) =>
    call<Session>('POST', '/setup', { body, expect401: true }),
}

export const session = {
  get: () => call<Session>('GET', '/session', { expect401: true }),
  signIn: (body: { email: string; password: string }) =>
    call<Session>('POST', '/session', { body, expect401: true }),
  signOut: () => call<void>('DELETE', '/session', { expect401: true }),
  changePassword: (body: { current: string; new: string }) =>
    call<void>('POST', '/session/password', { body, expect401: true }),
  list: () => call<Page<SessionInfo>>('GET', '/sessions'),
  end: (id: ID) => call<void>('DELETE', `/sessions/${id}`),
}

export const invitations = {
  list: () => call<Page<Invitation>>('GET', '/invitations'),
  create: (body: { email: string; name: string; role: Role; team_ids: ID[] }) =>
    call<Invitation>('POST', '/invitations', { body }),
  remove: (id: ID) => call<void>('DELETE', `/invitations/${id}`),
  look: (token: string) =>
    call<{ email: string; name: string; role: Role }>('POST', '/invitations/look', {
      body: { token },
      expect401: true,
    }),
  accept: (body: { token: string; name: string; password: string; language: Language }) =>
    call<Session>('POST', '/invitations/accept', { body, expect401: true }),
}

export const passwordReset = {
  create: (agent: ID) => call<ResetLink>('POST', `/agents/${agent}/password-reset`),
  ask: (email: string) => call<void>('POST', '/password-reset', { body: { email }, expect401: true }),
  accept: (body: { token: string; password: string }) =>
    call<Session>('POST', '/password-reset/accept', { body, expect401: true }),
}

export const agents = {
  list: () => call<Page<Agent>>('GET', '/agents', { query: { limit: 100 } }),
  update: (id: ID, body: Partial<Agent>) => call<Agent>('PATCH', `/agents/${id}`, { body }),
  disable: (id: ID) => call<void>('DELETE', `/agents/${id}`),
}

export const teams = {
  list: () => call<Page<Team>>('GET', '/teams', { query: { limit: 100 } }),
  create: (body: Partial<Team> & { name: string }) => call<Team>('POST', '/teams', { body }),
  update: (id: ID, body: Partial<Team>) => call<Team>('PATCH', `/teams/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/teams/${id}`),
}

export const labels = {
  list: () => call<Page<Label>>('GET', '/labels'),
  create: (body: { name: string; color: string }) => call<Label>('POST', '/labels', { body }),
  update: (id: ID, body: Partial<Label>) => call<Label>('PATCH', `/labels/${id}`, { body }),
  remove: (id: ID) => call<void>('DELETE', `/labels/${id}`),
}

export const apiKeys = {
  list: () => call<Page<ApiKey>>('GET', '/api-keys'),
  create: (body: { name: string; scopes: string[] }) => call<ApiKey>('POST', '/api-keys', { body }),
  remove: (id: ID) => call<void>('DELETE', `/api-keys/${id}`),
}
