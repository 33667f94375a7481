import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { until } from '../lib/until.mjs'
import { wordsOf } from '../lib/words.mjs'

/** A browser with a profile of its own, as nothing is installed into a private window. */
export async function installed(story) {
  const profile = await mkdtemp(join(tmpdir(), 'parley-e2e-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox'],
  })
  try {
    await context.addCookies(await story.desk.context.cookies())
    await inProfile(context, story)
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

async function inProfile(context, story) {
  const page = context.pages()[0]
  await page.goto(`${story.url}/inbox?view=all`)
  await page.getByTestId('conversation-row').first().waitFor()
  await until(
    'the worker has kept the page',
    async () => {
      const { ready, kept, whole } = await page.evaluate(async () => {
        const name = (await caches.keys()).find((one) => one.startsWith('shell-'))
        return {
          ready: navigator.serviceWorker.controller?.state === 'activated',
          kept: name !== undefined,
          whole: name !== undefined && (await caches.match('/', { cacheName: name })) !== undefined,
        }
      })
      // What it could not have at first it asks for with the next visit.
      if (ready && !kept) await page.reload()
      return ready && whole
    },
    // It fetches every file of the page, in no hurry.
    120_000,
  )

  const devtools = await context.newCDPSession(page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  assert.deepEqual(installabilityErrors, [])
  const manifest = await devtools.send('Page.getAppManifest')
  assert.deepEqual(manifest.errors, [])

  const kept = await page.evaluate(async () => {
    const paths = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })
  assert.deepEqual(
    kept.filter((path) => path !== '/' && !path.startsWith('/assets/')),
    [],
    'nothing but the page and its files is kept',
  )

  const say = await wordsOf('ar')
  await context.setOffline(true)
  await page.goto(`${story.url}/inbox?view=all`)
  await page.getByText(say('common.loadFailed')).first().waitFor()
  await context.setOffline(false)
  // The page may hear of the network before anybody presses.
  const again = page.getByRole('button', { name: say('common.tryAgain') }).first()
  const row = page.getByTestId('conversation-row').first()
  await until('the list is back', async () => {
    if (await row.isVisible()) return true
    await again.click({ timeout: 1_000 }).catch(() => {})
  })
}
