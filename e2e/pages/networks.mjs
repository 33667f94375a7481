import { openGateway } from '../lib/gateway.mjs'
import { until } from '../lib/until.mjs'
import { openNetwork } from '../lib/world.mjs'
import { openFarSide } from './far-side.mjs'

/** Connects every network; one of them with a token that nobody knows. */
export async function connect(story) {
  const { api, post } = story
  const add = (kind, name, config = {}) => api('POST', '/accounts', { kind, name, config })
  const accounts = await api('GET', '/accounts')
  story.chat = accounts.items.find((one) => one.kind === 'webchat')

  story.farSide = await openFarSide()
  story.partner = await add('custom', 'Marketplace', story.farSide.config)
  story.farSide.calls(new URL(story.partner.webhook_url, story.url).href)

  story.gateway = await openGateway((text) => (/lost/.test(text) ? 'hang up' : 'take'))
  story.sms = await add('sms', 'Texts', {
    provider: 'http',
    gateway: 'own',
    password: 'key of the gateway',
    description: story.gateway.description,
  })
  story.worlds = {}
  for (const [kind, name, more] of [
    ['telegram', 'Tea bot', {}],
    ['whatsapp', 'Tea on WhatsApp', { provider: 'cloud' }],
    ['vk', 'Сообщество любителей чая', {}],
  ]) {
    const there = openNetwork(kind)
    const config = await there.config()
    if (config.group_id) config.group_id = Number(config.group_id)
    const account = await add(kind, name, { ...more, ...config })
    if (kind === 'whatsapp') await there.pushTo(new URL(account.webhook_url, story.url).href)
    story.worlds[kind] = there
    story[kind] = account
  }
  const { base_url } = await story.worlds.telegram.config()
  await add('telegram', 'Old bot, its token was revoked', { token: `987654321:${'A'.repeat(35)}`, base_url })
  await add('form', 'Форма на сайте', { language: 'ru' })

  const { address, password, ...servers } = await post.box()
  const box = { address, password, username: address, from_name: 'Tea House', ...servers }
  story.box = await add('email', 'Mail of the shop', {
    ...box,
    imap_port: Number(box.imap_port),
    smtp_port: Number(box.smtp_port),
    imap_security: 'none',
    smtp_security: 'none',
  })
  await until('the mailbox is connected', async () => {
    story.box = await api('GET', `/accounts/${story.box.id}`)
    return story.box.state === 'connected'
  })
}
