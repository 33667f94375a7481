import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setCaller } from './api/http'
import { Problem } from './api/problem'
import { keepFocus } from './keys/keep-focus'
import { listenKeys } from './keys/listen'
import { watchInstall } from './shell/install'
import { createAppRouter } from './shell/router'
import { followWindows } from './shell/session'
import { lookForNewer } from './shell/version'
import { guessLanguage, loadCatalogue } from './text/text'
import { loadPrefs } from './ui/prefs'
import { Toasts } from './ui/toast'
import './ui/tokens.css'

// A client's mistake stays a mistake when repeated; only silence and a busy server are asked again.
function retry(count: number, error: Error): boolean {
  return count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500)
}

const queries = new QueryClient({
  defaultOptions: { queries: { retry, refetchOnWindowFocus: false, staleTime: 10_000 } },
})

// A page opened before an upgrade asks for code that is gone. Without a connection a reload would
// take what is on the screen, so whoever works here is told, and reloads when it suits them.
addEventListener('vite:preloadError', () => void lookForNewer())

loadPrefs()
listenKeys()
keepFocus()
watchInstall()
const language = guessLanguage()
setCaller({ language })
await loadCatalogue(language)

const router = createAppRouter(queries)
followWindows(queries, () => {
  if (router.state.location.pathname === '/sign-in') void router.invalidate()
})

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
