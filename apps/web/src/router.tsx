import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { AwayPage } from './account/FactorNeededPage.tsx'
import { InvitationPage } from './account/InvitationPage.tsx'
import { SetupPage } from './account/SetupPage.tsx'
import { SignInPage } from './account/SignInPage.tsx'
import { whoami } from './account/session.ts'
import { call } from './api/call.ts'
import { Problem } from './api/problem.ts'
import { ErrorPage } from './frame/ErrorPage.tsx'
import { Frame } from './frame/Frame.tsx'
import { Loading } from './frame/Loading.tsx'
import { NotFoundPage } from './frame/NotFoundPage.tsx'
import { wantedFrom } from './register/orders.ts'
import { shownFrom } from './register/register-view.ts'

type Search = Readonly<Record<string, unknown>>

const text = (search: Search, name: string): string | undefined =>
  typeof search[name] === 'string' ? search[name] : undefined

/** The search parameters that are there, without those that are not. */
function given<K extends string>(search: Search, ...names: readonly K[]): { [P in K]?: string } {
  const entries = names.flatMap((name) => {
    const value = text(search, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(entries) as { [P in K]?: string }
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Frame,
  beforeLoad: async ({ context }) => {
    await context.client.ensureQueryData(whoami)
  },
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { account, tenants } = await context.client.ensureQueryData(whoami)
    if (!account) throw redirect({ to: '/sign-in', search: {} })
    const [only, ...others] = tenants
    if (only && others.length === 0) throw redirect({ to: '/t/$slug', params: { slug: only.slug } })
    throw redirect({ to: '/tenants' })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search) => given(search, 'next', 'sign-in'),
  component: SignInPage,
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: SetupPage,
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./account/ResetPage.tsx'), 'ResetPage'),
})

const address = createRoute({
  getParentRoute: () => root,
  path: '/address',
  component: lazyRouteComponent(() => import('./account/AddressPage.tsx'), 'AddressPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: InvitationPage,
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const { account } = await context.client.ensureQueryData(whoami)
    if (!account) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
})

const tenants = createRoute({
  getParentRoute: () => signedIn,
  path: '/tenants',
  component: lazyRouteComponent(() => import('./overview/OverviewPage.tsx'), 'OverviewPage'),
})

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe',
  validateSearch: (search: Search) => given(search, 'token'),
  component: lazyRouteComponent(() => import('./notification/UnsubscribePage.tsx'), 'UnsubscribePage'),
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  validateSearch: (search: Search) => given(search, 'sign-in'),
  component: lazyRouteComponent(() => import('./account/AccountPage.tsx'), 'AccountPage'),
})

const installation = createRoute({
  getParentRoute: () => signedIn,
  path: '/installation',
  component: lazyRouteComponent(() => import('./tenant/InstallationPage.tsx'), 'InstallationPage'),
})

const tenant = createRoute({
  getParentRoute: () => signedIn,
  path: '/t/$slug',
  beforeLoad: async ({ context, params, location }) => {
    const { tenants } = await context.client.ensureQueryData(whoami)
    const standing = tenants.find(({ slug }) => slug === params.slug)
    if (!standing) throw await whyAway(params.slug)
    // A guest has rooms and nothing else.
    if (standing.role === 'guest' && !/\/rooms?(\/|$)/.test(location.pathname))
      throw redirect({ to: '/t/$slug/rooms', params: { slug: params.slug } })
  },
  errorComponent: AwayPage,
})

/** Why a tenant is not among those that may be opened: it is suspended, asks for a second factor or its own sign-in, or is not there for this person. */
async function whyAway(slug: string): Promise<unknown> {
  const refused = await call('access.list', {}, slug).catch((error: unknown) => error)
  const said = ['tenant.suspended', 'tenant.factor_needed', 'tenant.own_sign_in']
  return refused instanceof Problem && said.includes(refused.code) ? refused : notFound()
}

const register = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  validateSearch: (search: Search) => ({ ...given(search, 'line'), ...shownFrom(search), ...wantedFrom(search) }),
  component: lazyRouteComponent(() => import('./register/DocumentPage.tsx'), 'DocumentPage'),
})

const read = createRoute({
  getParentRoute: () => tenant,
  path: '/read',
  validateSearch: (search: Search) => given(search, 'document', 'line'),
  component: lazyRouteComponent(() => import('./document/ReadPage.tsx'), 'ReadPage'),
})

const systems = createRoute({
  getParentRoute: () => tenant,
  path: '/systems',
  validateSearch: (search: Search) => given(search, 'run', 'system'),
  component: lazyRouteComponent(() => import('./connection/SystemsPage.tsx'), 'SystemsPage'),
})

const changes = createRoute({
  getParentRoute: () => tenant,
  path: '/changes',
  validateSearch: (search: Search) => ({
    ...given(search, 'system'),
    ...((search['all'] === true ? { all: true } : {}) as { all?: boolean }),
  }),
  component: lazyRouteComponent(() => import('./connection/ChangesPage.tsx'), 'ChangesPage'),
})

const computers = createRoute({
  getParentRoute: () => tenant,
  path: '/computers',
  component: lazyRouteComponent(() => import('./computer/ComputersPage.tsx'), 'ComputersPage'),
})

const platforms = createRoute({
  getParentRoute: () => tenant,
  path: '/platforms',
  validateSearch: (search: Search) => (search['all'] === true ? { all: true } : {}) as { all?: boolean },
  component: lazyRouteComponent(() => import('./platform/PlatformsPage.tsx'), 'PlatformsPage'),
})

const parameters = createRoute({
  getParentRoute: () => tenant,
  path: '/parameters',
  validateSearch: (search: Search) => given(search, 'check'),
  component: lazyRouteComponent(() => import('./parameter/ParametersPage.tsx'), 'ParametersPage'),
})

const accounts = createRoute({
  getParentRoute: () => tenant,
  path: '/accounts',
  validateSearch: (search: Search) => given(search, 'of'),
  component: lazyRouteComponent(() => import('./person/AccountsPage.tsx'), 'AccountsPage'),
})

const leaving = createRoute({
  getParentRoute: () => tenant,
  path: '/leaving',
  validateSearch: (search: Search) => given(search, 'person'),
  component: lazyRouteComponent(() => import('./review/LeavingPage.tsx'), 'LeavingPage'),
})

const reviews = createRoute({
  getParentRoute: () => tenant,
  path: '/reviews',
  validateSearch: (search: Search) => given(search, 'review'),
  component: lazyRouteComponent(() => import('./review/ReviewsPage.tsx'), 'ReviewsPage'),
})

const duties = createRoute({
  getParentRoute: () => tenant,
  path: '/duties',
  validateSearch: (search: Search) => given(search, 'of'),
  component: lazyRouteComponent(() => import('./duty/DutiesPage.tsx'), 'DutiesPage'),
})

const files = createRoute({
  getParentRoute: () => tenant,
  path: '/files',
  component: lazyRouteComponent(() => import('./file/FilesPage.tsx'), 'FilesPage'),
})

const shield = createRoute({
  getParentRoute: () => tenant,
  path: '/shield',
  component: lazyRouteComponent(() => import('./shield/ShieldPage.tsx'), 'ShieldPage'),
})

const shieldImport = createRoute({
  getParentRoute: () => tenant,
  path: '/shield/$importId',
  component: lazyRouteComponent(() => import('./shield/ImportPage.tsx'), 'ImportPage'),
})

const shieldJob = createRoute({
  getParentRoute: () => tenant,
  path: '/shield/jobs/$jobId',
  component: lazyRouteComponent(() => import('./shield/JobPage.tsx'), 'JobPage'),
})

const people = createRoute({
  getParentRoute: () => tenant,
  path: '/people',
  validateSearch: (search: Search) => given(search, 'view', 'gap', 'state'),
  component: lazyRouteComponent(() => import('./person/PeoplePage.tsx'), 'PeoplePage'),
})

const person = createRoute({
  getParentRoute: () => tenant,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./person/PersonPage.tsx'), 'PersonPage'),
})

const course = createRoute({
  getParentRoute: () => tenant,
  path: '/course/$courseId',
  component: lazyRouteComponent(() => import('./person/CoursePage.tsx'), 'CoursePage'),
})

const customers = createRoute({
  getParentRoute: () => tenant,
  path: '/customers',
  validateSearch: ({ of }: Search): { of?: 'open' | 'notices' } => (of === 'open' || of === 'notices' ? { of } : {}),
  component: lazyRouteComponent(() => import('./customer/CustomersPage.tsx'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => tenant,
  path: '/customer/$customerId',
  component: lazyRouteComponent(() => import('./customer/CustomerPage.tsx'), 'CustomerPage'),
})

const processing = createRoute({
  getParentRoute: () => tenant,
  path: '/processing',
  component: lazyRouteComponent(() => import('./processing/ProcessingPage.tsx'), 'ProcessingPage'),
})

const incidents = createRoute({
  getParentRoute: () => tenant,
  path: '/incidents',
  validateSearch: ({ state }: Search): { state?: 'closed' } => (state === 'closed' ? { state } : {}),
  component: lazyRouteComponent(() => import('./incident/IncidentsPage.tsx'), 'IncidentsPage'),
})

const incidentSettings = createRoute({
  getParentRoute: () => tenant,
  path: '/incidents/settings',
  component: lazyRouteComponent(() => import('./incident/SettingsPage.tsx'), 'SettingsPage'),
})

const incident = createRoute({
  getParentRoute: () => tenant,
  path: '/incident/$incidentId',
  component: lazyRouteComponent(() => import('./incident/IncidentPage.tsx'), 'IncidentPage'),
})

const requests = createRoute({
  getParentRoute: () => tenant,
  path: '/requests',
  validateSearch: ({ state }: Search): { state?: 'answered' | 'refused' | 'forwarded' } =>
    state === 'answered' || state === 'refused' || state === 'forwarded' ? { state } : {},
  component: lazyRouteComponent(() => import('./request/RequestsPage.tsx'), 'RequestsPage'),
})

const request = createRoute({
  getParentRoute: () => tenant,
  path: '/request/$requestId',
  component: lazyRouteComponent(() => import('./request/RequestPage.tsx'), 'RequestPage'),
})

const findings = createRoute({
  getParentRoute: () => tenant,
  path: '/findings',
  validateSearch: ({ state }: Search): { state?: 'excepted' | 'closed' } =>
    state === 'excepted' || state === 'closed' ? { state } : {},
  component: lazyRouteComponent(() => import('./finding/FindingsPage.tsx'), 'FindingsPage'),
})

const editions = createRoute({
  getParentRoute: () => tenant,
  path: '/editions',
  component: lazyRouteComponent(() => import('./edition/EditionsPage.tsx'), 'EditionsPage'),
})

const guidelines = createRoute({
  getParentRoute: () => tenant,
  path: '/guidelines',
  validateSearch: (search: Search) => (search['mine'] === true ? { mine: true } : {}) as { mine?: boolean },
  component: lazyRouteComponent(() => import('./guideline/GuidelinesPage.tsx'), 'GuidelinesPage'),
})

const processors = createRoute({
  getParentRoute: () => tenant,
  path: '/processors',
  validateSearch: (search: Search) => (search['changes'] === true ? { changes: true } : {}) as { changes?: boolean },
  component: lazyRouteComponent(() => import('./processor/ProcessorsPage.tsx'), 'ProcessorsPage'),
})

const processor = createRoute({
  getParentRoute: () => tenant,
  path: '/processor/$processorId',
  component: lazyRouteComponent(() => import('./processor/ProcessorPage.tsx'), 'ProcessorPage'),
})

const reports = createRoute({
  getParentRoute: () => tenant,
  path: '/reports',
  validateSearch: (search: Search) => (search['over'] === true ? { over: true } : {}) as { over?: boolean },
  component: lazyRouteComponent(() => import('./report/ReportsPage.tsx'), 'ReportsPage'),
})

const report = createRoute({
  getParentRoute: () => tenant,
  path: '/report/$reportId',
  component: lazyRouteComponent(() => import('./report/ReportPage.tsx'), 'ReportPage'),
})

const advisory = createRoute({
  getParentRoute: () => tenant,
  path: '/advisory/$advisoryId',
  component: lazyRouteComponent(() => import('./report/AdvisoryPage.tsx'), 'AdvisoryPage'),
})

const guideline = createRoute({
  getParentRoute: () => tenant,
  path: '/guideline/$guidelineId',
  component: lazyRouteComponent(() => import('./guideline/GuidelinePage.tsx'), 'GuidelinePage'),
})

const apps = createRoute({
  getParentRoute: () => tenant,
  path: '/apps',
  component: lazyRouteComponent(() => import('./app/AppsPage.tsx'), 'AppsPage'),
})

const app = createRoute({
  getParentRoute: () => tenant,
  path: '/app/$appId',
  component: lazyRouteComponent(() => import('./app/AppPage.tsx'), 'AppPage'),
})

const risks = createRoute({
  getParentRoute: () => tenant,
  path: '/risks',
  component: lazyRouteComponent(() => import('./risk/RisksPage.tsx'), 'RisksPage'),
})

const risk = createRoute({
  getParentRoute: () => tenant,
  path: '/risk/$riskId',
  component: lazyRouteComponent(() => import('./risk/RiskPage.tsx'), 'RiskPage'),
})

const audits = createRoute({
  getParentRoute: () => tenant,
  path: '/audits',
  component: lazyRouteComponent(() => import('./audit/AuditsPage.tsx'), 'AuditsPage'),
})

const audit = createRoute({
  getParentRoute: () => tenant,
  path: '/audit/$auditId',
  validateSearch: (search: Search): { show?: 'undecided' | 'findings' } =>
    search['show'] === 'undecided' || search['show'] === 'findings' ? { show: search['show'] } : {},
  component: lazyRouteComponent(() => import('./audit/AuditPage.tsx'), 'AuditPage'),
})

const compare = createRoute({
  getParentRoute: () => tenant,
  path: '/editions/compare',
  validateSearch: (search: Search) => given(search, 'from', 'to'),
  component: lazyRouteComponent(() => import('./edition/ComparePage.tsx'), 'ComparePage'),
})

const letterhead = createRoute({
  getParentRoute: () => tenant,
  path: '/editions/letterhead',
  component: lazyRouteComponent(() => import('./edition/LetterheadPage.tsx'), 'LetterheadPage'),
})

const ledger = createRoute({
  getParentRoute: () => tenant,
  path: '/ledger',
  validateSearch: (search: Search) =>
    (typeof search['before'] === 'number' ? { before: search['before'] } : {}) as { before?: number },
  component: lazyRouteComponent(() => import('./ledger/LedgerPage.tsx'), 'LedgerPage'),
})

const catalogue = createRoute({
  getParentRoute: () => tenant,
  path: '/catalogue',
  validateSearch: (search: Search) => given(search, 'find'),
  component: lazyRouteComponent(() => import('./catalogue/CataloguePage.tsx'), 'CataloguePage'),
})

const members = createRoute({
  getParentRoute: () => tenant,
  path: '/members',
  component: lazyRouteComponent(() => import('./account/MembersPage.tsx'), 'MembersPage'),
})

const access = createRoute({
  getParentRoute: () => tenant,
  path: '/access',
  component: lazyRouteComponent(() => import('./access/AccessPage.tsx'), 'AccessPage'),
})

const history = createRoute({
  getParentRoute: () => tenant,
  path: '/history',
  validateSearch: (search: Search) => ({
    ...given(search, 'id', 'kind', 'person', 'from', 'to'),
    ...(typeof search['before'] === 'number' ? { before: search['before'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./history/HistoryPage.tsx'), 'HistoryPage'),
})

const rooms = createRoute({
  getParentRoute: () => tenant,
  path: '/rooms',
  component: lazyRouteComponent(() => import('./room/RoomsPage.tsx'), 'RoomsPage'),
})

const room = createRoute({
  getParentRoute: () => tenant,
  path: '/room/$roomId',
  component: lazyRouteComponent(() => import('./room/RoomPage.tsx'), 'RoomPage'),
})

const settings = createRoute({
  getParentRoute: () => tenant,
  path: '/settings',
  validateSearch: (search: Search) => given(search, 'sign-in'),
  component: lazyRouteComponent(() => import('./tenant/SettingsPage.tsx'), 'SettingsPage'),
})

const ownNotifications = createRoute({
  getParentRoute: () => tenant,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./notification/NotificationsPage.tsx'), 'NotificationsPage'),
})

const webhooks = createRoute({
  getParentRoute: () => tenant,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./notification/WebhooksPage.tsx'), 'WebhooksPage'),
})

const publicPage = createRoute({
  getParentRoute: () => tenant,
  path: '/public-page',
  component: lazyRouteComponent(() => import('./public-page/PublicPage.tsx'), 'PublicPage'),
})

/** All pages; those of a tenant are loaded when they are first opened. */
export function createPages(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      signIn,
      setup,
      invitation,
      reset,
      address,
      unsubscribe,
      signedIn.addChildren([
        tenants,
        account,
        installation,
        tenant.addChildren([
          register,
          read,
          systems,
          changes,
          computers,
          platforms,
          parameters,
          accounts,
          leaving,
          reviews,
          findings,
          processors,
          processor,
          requests,
          request,
          incidents,
          incidentSettings,
          incident,
          guidelines,
          guideline,
          apps,
          app,
          risks,
          risk,
          audits,
          audit,
          reports,
          report,
          advisory,
          duties,
          files,
          shield,
          shieldImport,
          shieldJob,
          people,
          person,
          course,
          customers,
          customer,
          processing,
          editions,
          compare,
          letterhead,
          ledger,
          catalogue,
          members,
          access,
          history,
          rooms,
          room,
          settings,
          ownNotifications,
          webhooks,
          publicPage,
        ]),
      ]),
    ]),
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>
  }
}
