import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

/** What the story waits for at most, in milliseconds. A busy machine is slow; a broken program is slower. */
const PATIENCE = 30_000

/** An answer that is part of the protocol, though browsers write a line into the console: nobody is signed in yet. */
const EXPECTED = [/status of 401 .*\/api\/v1\/session$/]

/**
 * Runs in pages: a line at the bottom stands twice as long. What a person has ten seconds for, the story does between two looks at
 * other pages, on a machine that may be busy.
 */
const linesStay = () => {
  const { setTimeout: later } = window
  const lines = [4_000, 10_000]
  window.setTimeout = (run, after, ...more) => later(run, lines.includes(after) ? 2 * after : after, ...more)
}

/**
 * The browser of the whole run. Every person has a context of their own, like a computer of their own. Whatever a page
 * complains about (an error in the console, a refused policy, a thrown error, an answer of 500) is remembered.
 */
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
  const complaints = []
  const violations = []
  const people = []

  const watch = (who, page) => {
    const say = (what) => complaints.push(`${who}: ${what} (${page.url()})`)
    page.on('pageerror', (error) => say(`thrown: ${error.stack ?? error}`))
    page.on('crash', () => say('the page crashed'))
    page.on('console', (message) => {
      const words = `${message.text()} ${message.location().url}`
      if (EXPECTED.some((one) => one.test(words))) return
      if (message.type() === 'error' || /content.security.policy/i.test(words)) say(`console: ${words}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 500) say(`${response.status()} from ${response.url()}`)
    })
  }

  /** A policy speaks up in the page or frame that it is of, whoever caused it; the console alone would lose who it was. */
  const guard = async (who, context) => {
    await context.exposeBinding('policyViolated', ({ frame }, what) => {
      violations.push(`${who}: ${what} (${frame.url()})`)
      complaints.push(`${who}: forbidden by its policy: ${what} (${frame.url()})`)
    })
    await context.addInitScript(() => {
      addEventListener(
        'securitypolicyviolation',
        ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
          window.policyViolated(`${effectiveDirective} ${blockedURI} by ${sourceFile}:${lineNumber}`),
        { capture: true },
      )
    })
  }

  return {
    complaints,
    /** What a policy of a page or frame forbade; each is a complaint as well. */
    violations,
    /** A person at a computer of their own, with one page open. */
    async person(who, options = {}) {
      const context = await browser.newContext({
        locale: 'en-US',
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      context.setDefaultTimeout(PATIENCE)
      context.on('page', (page) => watch(who, page))
      await guard(who, context)
      await context.addInitScript(linesStay)
      const page = await context.newPage()
      people.push({ who, page })
      return { who, context, page }
    },
    /** Keeps what everybody sees, for whoever looks into a failure. */
    async keep(folder, name) {
      await mkdir(folder, { recursive: true })
      for (const { who, page } of people)
        if (!page.isClosed())
          await page.screenshot({ path: join(folder, `${name}-${who}.png`) }).catch(() => {})
    },
    close: () => browser.close(),
  }
}
