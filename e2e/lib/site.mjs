import { createServer } from 'node:http'

/** A site of another house with one page, whose policy lets in what it names and nothing else. */
export async function openSite(body, hub) {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8')
    answer.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; img-src data:; script-src ${hub}; connect-src ${hub}`,
    )
    answer.end(
      `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Shop</title><main><h1>Shop</h1>${body}</main></html>`,
    )
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
