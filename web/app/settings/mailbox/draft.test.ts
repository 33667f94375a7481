import { expect, test } from 'vitest'
import type { Discovery } from '#/api/types'
import { configOf, draftOf, grantOf, withoutSecrets } from './draft'

const found: Discovery = {
  config: {
    address: 'shop@gmail.com',
    username: 'shop@gmail.com',
    imap_host: 'imap.gmail.com',
    imap_port: '993',
    imap_security: 'tls',
    smtp_host: 'smtp.gmail.com',
    smtp_port: '465',
    smtp_security: 'tls',
  },
  provider: 'google',
  title: 'Gmail',
  source: 'known',
  oauth: true,
  app_password: true,
  help_url: 'https://example.com',
  hint: '',
}

test('a provider with app passwords begins with a password, one without at its page', () => {
  expect(draftOf('Shop@gmail.com', found).way).toBe('password')
  expect(draftOf('a@outlook.com', { ...found, app_password: false }).way).toBe('oauth')
  expect(draftOf('a@b.example', { ...found, oauth: false, provider: '' }).client.provider).toBe('custom')
})

test('numbers are sent as numbers and nothing that is empty', () => {
  const draft = { ...draftOf('', found), password: 'secret', backfill: '7' }
  expect(configOf(draft)).toEqual({
    ...found.config,
    imap_port: 993,
    smtp_port: 465,
    backfill_days: 7,
    password: 'secret',
  })
  const typed = { ...draft, servers: { ...draft.servers, imap_port: 'x', imap_host: ' mail.example ' } }
  expect(configOf(typed)).not.toHaveProperty('imap_port')
  expect(configOf(typed).imap_host).toBe('mail.example')
})

test('a registered application is sent in place of a password', () => {
  const draft = draftOf('', found)
  const client = {
    ...draft.client,
    client_id: ' id ',
    client_secret: 's',
    tenant: 'x',
    auth_url: 'https://a',
  }
  expect(configOf({ ...draft, way: 'oauth', client })).not.toHaveProperty('password')
  expect(JSON.parse(grantOf(client))).toEqual({ provider: 'google', client_id: 'id', client_secret: 's' })
  expect(
    JSON.parse(grantOf({ ...client, provider: 'custom', token_url: 'https://t', scopes: ' a  b ' })),
  ).toEqual({
    provider: 'custom',
    client_id: 'id',
    client_secret: 's',
    auth_url: 'https://a',
    token_url: 'https://t',
    scopes: ['a', 'b'],
  })
})

test('what is kept in the browser holds no secret', () => {
  const draft = draftOf('a@b.example', found)
  const kept = withoutSecrets({
    ...draft,
    fromName: 'Tea House',
    password: 'kettle',
    client: { ...draft.client, client_id: 'id', client_secret: 'porch' },
  })
  expect(JSON.stringify(kept)).not.toMatch(/kettle|porch/)
  expect([kept.fromName, kept.client.client_id]).toEqual(['Tea House', 'id'])
})
