/**
 * Records what the main thread of a page did, frame by frame, while something goes on. `work` is the processor time of its
 * tasks in every frame, in milliseconds: what the page itself asks of a machine, whatever else runs on it and however slowly
 * pictures are put together without a graphics card. `spans` is the time on the wall from frame to frame.
 */
export async function traceFrames(page, act) {
  const browser = page.context().browser()
  const session = await browser.newBrowserCDPSession()
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'toplevel',
        'devtools.timeline',
        'disabled-by-default-devtools.timeline.frame',
        'blink.user_timing',
      ],
    },
  })
  const mark = `frames-${crypto.randomUUID()}`
  await page.evaluate((name) => {
    const tick = () => {
      performance.mark(name)
      window.frameMarks = requestAnimationFrame(tick)
    }
    tick()
  }, mark)
  try {
    await act()
  } finally {
    await page.evaluate(() => cancelAnimationFrame(window.frameMarks))
    const over = new Promise((done) => session.once('Tracing.tracingComplete', done))
    await session.send('Tracing.end')
    await over
    await session.detach()
  }
  const marks = events.filter(({ name }) => name === mark).sort((a, b) => a.ts - b.ts)
  const { pid, tid } = marks[0]
  // A task is told of by more than one category, and one may run within another.
  const tasks = outermost(
    events.filter((one) => one.pid === pid && one.tid === tid && one.ph === 'X' && /RunTask$/.test(one.name)),
  )
  const work = []
  const spans = []
  let at = 0
  for (let n = 1; n < marks.length; n++) {
    let sum = 0
    while (at < tasks.length && tasks[at].ts < marks[n].ts)
      sum += (tasks[at++].tdur ?? tasks[at - 1].dur) / 1000
    work.push(sum)
    spans.push((marks[n].ts - marks[n - 1].ts) / 1000)
  }
  return { work: work.slice(1), spans: spans.slice(1) }
}

/** Spans of time without those that lie within another. */
function outermost(spans) {
  let end = 0
  return spans
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter((one) => {
      if (one.ts < end) return false
      end = one.ts + one.dur
      return true
    })
}
