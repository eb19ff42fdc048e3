/*
 * A directory of Microsoft Entra ID with so many accounts, as the strict server of the tests serves it, with the page sizes
 * and links to further pages of Graph. When it ends it says what was asked against the vendor's description.
 */
import { id, settingsFor, startEntra, user } from '../../packages/probes/src/entra/vendor.ts'
import type { Asked } from '../../packages/probes/src/testing/vendor.ts'

/** What the bench connects. */
export interface Directory {
  readonly settings: Readonly<Record<string, unknown>>
}

const accounts = Number(process.argv[2])
/** The most that Graph puts on a page, with the activity of the accounts and without. */
const pages = { users: 500, report: 999 } as const

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

/** One of fifty has no second factor, one of twenty-five lies unused, one of twenty is a guest, one of thirty disabled. */
function account(number: number): Record<string, unknown> {
  const used = daysAgo(number % 25 === 0 ? 200 : 1)
  return user(number, {
    employeeId: String(number),
    userType: number % 20 === 0 ? 'Guest' : 'Member',
    accountEnabled: number % 30 !== 0,
    mail: `person${number}@example.com`,
    signInActivity: { lastSignInDateTime: used, lastSuccessfulSignInDateTime: used },
  })
}

function page(path: string, { query, base }: Asked, most: number, item: (number: number) => object) {
  const size = Math.min(Number(query.get('$top') ?? 100), most)
  const from = Number(query.get('$skiptoken') ?? 0)
  const until = Math.min(accounts, from + size)
  const next = new URLSearchParams([...query].filter(([name]) => name !== '$skiptoken'))
  next.set('$skiptoken', String(until))
  return {
    value: Array.from({ length: until - from }, (_, at) => item(from + at + 1)),
    ...(until < accounts ? { '@odata.nextLink': `${base}/v1.0${path}?${next.toString()}` } : {}),
  }
}

const report = '/reports/authenticationMethods/userRegistrationDetails'
const vendor = await startEntra({
  'GET /v1.0/users': (asked) => page('/users', asked, pages.users, account),
  'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': (asked) =>
    page(report, asked, pages.report, (number) => ({
      id: id(number),
      isAdmin: number === 1,
      isMfaCapable: number % 50 !== 0,
    })),
})
process.once('SIGTERM', () => {
  process.stdout.write(`${JSON.stringify(vendor.mistakes)}\n`)
  void vendor.close()
})
const directory: Directory = { settings: { ...settingsFor(vendor.base), people: [] } }
process.stdout.write(`${JSON.stringify(directory)}\n`)
