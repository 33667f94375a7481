import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'

/** hook is what a hook gives to a component that is drawn once: what it can do needs no page. */
export function hook<T>(queries: QueryClient, use: () => T): T {
  const got: T[] = []
  function Probe() {
    got.push(use())
    return null
  }
  renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <Probe />
    </QueryClientProvider>,
  )
  const [first] = got
  if (first === undefined) throw new Error('the hook gave nothing')
  return first
}
