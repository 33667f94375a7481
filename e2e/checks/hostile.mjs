import { createServer } from 'node:http'
import { until } from '../lib/until.mjs'
import { exactly } from './figures.mjs'

/** 9. The hostile mail runs nothing and fetches nothing until it is asked to; then one picture, and through us. */
export async function hostileMail(story) {
  const { desk, post, api } = story
  const { page, url } = desk
  const asked = []
  const elsewhere = createServer((request, answer) => {
    asked.push({ path: request.url, agent: request.headers['user-agent'] ?? '' })
    answer.setHeader('Content-Type', 'image/png')
    answer.end(
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
        'base64',
      ),
    )
  })
  await new Promise((done) => elsewhere.listen(0, '127.0.0.1', done))
  elsewhere.unref()
  const far = `http://127.0.0.1:${elsewhere.address().port}`

  const { address, password, ...servers } = await post.box()
  const account = await api('POST', '/accounts', {
    kind: 'email',
    name: 'Mail',
    config: {
      ...servers,
      address,
      password,
      username: address,
      imap_port: Number(servers.imap_port),
      smtp_port: Number(servers.smtp_port),
      imap_security: 'none',
      smtp_security: 'none',
    },
  })
  await until(
    'the mailbox is connected',
    async () => (await api('GET', `/accounts/${account.id}`)).state === 'connected',
  )
  await post.deliver(mail(address, far))
  await until('the mail is there', async () => {
    const { items } = await api('GET', `/conversations?account=${account.id}`)
    story.hostile = items[0]
    return items.length > 0
  })
  let ran = 0
  await page.exposeFunction('hostileRan', () => {
    ran++
  })
  await page.goto(`${url}/inbox/${story.hostile.id}?view=all`)
  const frame = page.frameLocator('[data-testid=mail-frame] iframe')
  await frame.getByText('You have won a kettle').waitFor()
  await frame.getByText('Claim it').hover()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))))
  exactly(9, 'scripts of the hostile mail that ran', ran, 0)
  exactly(9, 'requests that it made unasked', asked.length, 0)
  const shown = page.waitForResponse((answer) => answer.url().includes('/api/v1/pictures/'))
  await page.getByRole('button', { name: 'Show images' }).click()
  exactly(9, 'its picture, asked for through us, is answered', (await shown).status(), 200)
  exactly(
    9,
    'requests then, none of them by the browser',
    asked.map(({ path, agent }) => `${path}${/Chrome/.test(agent) ? ' browser' : ''}`).join(),
    '/pixel.png',
  )
  elsewhere.close()
}

const mail = (to, far) =>
  [
    'From: Prize Desk <prize@example.org>',
    `To: Tea House <${to}>`,
    'Subject: You have won',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${crypto.randomUUID()}@example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><head><style>@import url(${far}/import.css); body { background: url(${far}/back.png) }</style>`,
    `<link rel="stylesheet" href="${far}/sheet.css"><meta http-equiv="refresh" content="0;url=${far}/away"></head>`,
    '<body onload="parent.hostileRan()"><h1 onmouseover="top.hostileRan()">You have won a kettle</h1>',
    '<script>top.hostileRan()</script><svg onload="top.hostileRan()"><script>top.hostileRan()</script></svg>',
    `<iframe src="${far}/frame"></iframe><video src="${far}/film" poster="${far}/poster.png" autoplay></video>`,
    `<form action="${far}/form"><input autofocus onfocus="top.hostileRan()"></form>`,
    `<a href="javascript:top.hostileRan()">Claim it</a><object data="${far}/object"></object>`,
    `<img src="${far}/pixel.png" width="40" height="40" alt="A kettle" onerror="top.hostileRan()"></body></html>`,
    '',
  ].join('\r\n')
