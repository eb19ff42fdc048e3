import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/wght-italic.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { whoami } from './account/session.ts'
import { isSignedOut, Problem } from './api/problem.ts'
import './frame/mantine.css'
import './frame/frame.css'
import { printInLight } from './frame/print.ts'
import { cssVariables, theme } from './frame/theme.ts'
import { startLanguage } from './language/start.ts'
import { createPages } from './router.tsx'

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) void askToSignIn()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one; only what may be a passing fault is asked again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 502),
    },
  },
})

const router = createPages(client)

/** The session has ended: signs in again and comes back here. */
async function askToSignIn(): Promise<void> {
  await client.fetchQuery({ ...whoami, staleTime: 0 })
  if (router.state.location.pathname === '/sign-in') return
  await router.navigate({ to: '/sign-in', search: { next: router.state.location.href } })
}

/** The nonce of this page, which the server put into it: style elements without it are refused. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
}

await startLanguage()
printInLight()
const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element with the id root')
createRoot(place).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <Notifications position="bottom-right" />
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
