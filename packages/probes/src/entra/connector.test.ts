import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import type { Reading } from '../engine/reading.ts'
import { checks } from '../registry.ts'
import { issue } from '../testing/certificates.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { entra } from './connector.ts'
import { entraFacts } from './facts.ts'
import { answers, id, rule, settingsFor, startEntra, user } from './vendor.ts'

let vendor: VendorServer | undefined
afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})

async function look(given: Parameters<typeof startEntra>[0] = {}, more: Record<string, unknown> = {}) {
  vendor = await startEntra(given)
  const reading = await collect(
    entra,
    { ...settingsFor(vendor.base), ...more },
    testContext({ budgets: openBudgets(), pseudonym: (person) => `pseudonym of ${person.length}` }),
  )
  expect(vendor.mistakes).toEqual([])
  return reading
}

function groupOf<K extends keyof typeof entraFacts>(reading: Reading, name: K) {
  const group = reading.read === 'ok' ? reading.facts[name] : undefined
  return group as { read: string; complete?: boolean; why?: string; needs?: string; facts?: unknown } | undefined
}
const factsOf = (reading: Reading, name: keyof typeof entraFacts) => groupOf(reading, name)?.facts
const why = (reading: Reading, name: keyof typeof entraFacts) => groupOf(reading, name)?.why ?? 'seen'

describe('what a directory says', () => {
  it('is turned into facts that name nobody', async () => {
    const reading = await look()
    expect(factsOf(reading, 'registration')).toEqual({ members: 4, incapable: [{ id: id(3), admin: false }] })
    expect(factsOf(reading, 'accounts')).toEqual({
      members: 5,
      people: { declared: 3, withEmployeeNumber: 1 },
      doubtful: [{ id: id(3), generic: true, mapped: false, signsIn: true }],
    })
    expect(factsOf(reading, 'activity')).toMatchObject({ enabled: 6, idle: [{ id: id(6), guest: false }] })
    expect(factsOf(reading, 'admins')).toMatchObject([
      { id: id(1), kind: 'user', standing: true, synced: false },
      { id: id(2), kind: 'user', standing: true },
      { id: id(60), kind: 'application', standing: true },
      { id: id(7), kind: 'user', standing: false, synced: true },
    ])
    expect(factsOf(reading, 'authorization')).toMatchObject({ consent: ['microsoft-user-default-low'] })
    expect(factsOf(reading, 'credentials')).toMatchObject([
      { app: id(71), key: id(72), kind: 'secret' },
      { app: id(71), key: id(73), kind: 'certificate' },
    ])
    expect(factsOf(reading, 'passwords')).toEqual({
      bannedWords: 2,
      lockoutAfter: 5,
      lockoutSeconds: 60,
      domains: [{ domain: 'example.com', validDays: 2147483647 }],
    })
    const [review] = entraFacts.reviews.parse(factsOf(reading, 'reviews'))
    expect(review?.id).toBe(id(80))
    expect(Math.round((Date.now() - Date.parse(review?.completed ?? '')) / 86_400_000)).toBe(174)
    expect(factsOf(reading, 'leavers')).toMatchObject([{ person: 'pseudonym of 18', state: 'disabled' }])
    expect(JSON.stringify(reading)).not.toMatch(/@example\.com|@partner|Ada/i)
  })

  it('is judged by every check', async () => {
    const reading = await look()
    const states = checks
      .filter(({ connector }) => connector === 'entra')
      .map((check) => [check.id, rollUp(judge(check, reading, { system: 'entra', now: new Date() }))])
    expect(Object.fromEntries(states)).toEqual({
      'entra.access-review-annual': 'pass',
      'entra.admin-count': 'fail',
      'entra.app-secrets-expiring': 'pass',
      'entra.guest-access': 'pass',
      'entra.legacy-auth-blocked': 'fail',
      'entra.mfa-admin-phishing-resistant': 'fail',
      'entra.mfa-enforced': 'fail',
      'entra.mfa-registered': 'fail',
      'entra.no-shared-accounts': 'fail',
      'entra.offboarding-sla': 'pass',
      'entra.password-policy': 'pass',
      'entra.stale-accounts': 'fail',
      'entra.user-consent-restricted': 'pass',
    })
  })

  it('holds what each rule leaves out and under which conditions alone it applies', async () => {
    const reading = await look({
      'GET /v1.0/identity/conditionalAccess/policies': () => ({
        value: [
          rule(1, {
            users: {
              excludeGroups: [id(8)],
              excludeRoles: [id(9)],
              excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest' },
            },
            conditions: {
              locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
              platforms: { includePlatforms: ['all'], excludePlatforms: [] },
              signInRiskLevels: ['high'],
              somethingNew: { kind: 'later' },
              'somethingElse@odata.context': 'https://graph.example',
            },
          }),
        ],
      }),
    })
    expect(factsOf(reading, 'policies')).toMatchObject({
      policies: [
        {
          users: { all: true, excluded: [`group:${id(8)}`, `role:${id(9)}`, 'guests'] },
          narrowedBy: ['locations', 'signInRiskLevels', 'somethingNew'],
        },
      ],
    })
  })
})

const refusal = (code: string) => ({ status: 403, json: { error: { code, message: 'no' } } })
const noPremium = refusal('Authentication_RequestFromNonPremiumTenantOrB2CTenant')

describe('a tenant without a premium licence', () => {
  it('shows its accounts, and says that their use needs the licence', async () => {
    const reading = await look({
      'GET /v1.0/users': (asked) =>
        asked.query.get('$select')?.includes('signInActivity') ? noPremium : answers['GET /v1.0/users'](asked),
    })
    expect(groupOf(reading, 'activity')).toMatchObject({ why: 'unlicensed', needs: 'Microsoft Entra ID P1' })
    expect(why(reading, 'registration')).toBe('seen')
    expect(factsOf(reading, 'accounts')).toMatchObject({ doubtful: [{ signsIn: null }] })
  })

  it('is not taken for one when the refusal came once only', async () => {
    let count = 0
    const reading = await look({
      'GET /v1.0/users': (asked) => (++count === 1 ? noPremium : answers['GET /v1.0/users'](asked)),
    })
    expect(why(reading, 'activity')).toBe('seen')
  })

  it('may still require second factors by security defaults', async () => {
    const reading = await look({
      'GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy': () => ({ isEnabled: true }),
      'GET /v1.0/identity/conditionalAccess/policies': () => noPremium,
    })
    expect(factsOf(reading, 'signIn')).toEqual({ securityDefaults: true, policies: [], strengths: [] })
    expect(why(reading, 'policies')).toBe('unlicensed')
  })

  it('has nobody who may take a role for a time', async () => {
    const reading = await look({
      'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances': () => ({
        status: 400,
        json: { error: { code: 'AadPremiumLicenseRequired', message: 'The tenant needs a licence' } },
      }),
    })
    expect(factsOf(reading, 'admins')).toHaveLength(3)
  })

  it('is not seen in a right that is missing', async () => {
    const reading = await look({
      'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': () => ({
        status: 403,
        json: {
          error: {
            code: 'Authentication_ApplicationHasNoDirectoryReadAccess',
            message: 'Failed to do premium license check from ADGraph',
          },
        },
      }),
    })
    expect(why(reading, 'registration')).toBe('denied')
  })
})

describe('a certificate instead of a secret', () => {
  it('opens the same, and its key stays here', async () => {
    const { certificate, key } = issue({ name: 'art32' })
    const reading = await look({}, { secret: undefined, certificate: `${certificate}${key}` })
    expect(why(reading, 'accounts')).toBe('seen')
    expect(JSON.stringify(reading)).not.toContain('PRIVATE')
  })
})

describe('what cannot be known', () => {
  it('is incomplete where the report on second factors leaves out an account', async () => {
    const reading = await look({
      'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': () => ({ value: [] }),
    })
    expect(groupOf(reading, 'registration')).toMatchObject({ read: 'ok', complete: false })
  })

  it('is incomplete where an administrator is no account that was read', async () => {
    const reading = await look({
      'GET /v1.0/groups/{id}/transitiveMembers': () => ({
        value: [{ '@odata.type': '#microsoft.graph.user', id: id(999) }],
      }),
    })
    expect(why(reading, 'admins')).toBe('incomplete')
  })

  it('is not configured where nobody declared leavers', async () => {
    expect(why(await look({}, { leavers: [] }), 'leavers')).toBe('not-configured')
  })

  it('names only generic accounts where nobody said who the people are', async () => {
    const reading = await look(
      { 'GET /v1.0/users': () => ({ value: [user(1), user(2, { mail: 'info@example.com' })] }) },
      { people: [] },
    )
    expect(factsOf(reading, 'accounts')).toEqual({
      members: 2,
      people: { declared: 0, withEmployeeNumber: 0 },
      doubtful: [],
    })
  })

  it('is a leaver who was deleted, unless the log says when', async () => {
    const deleted = { activityDateTime: '2026-11-20T10:00:00Z', result: 'success' }
    const reading = await look(
      {
        'GET /v1.0/auditLogs/directoryAudits': ({ query }) => ({
          value: query.get('$filter')?.includes('Delete user')
            ? [
                {
                  ...deleted,
                  targetResources: [{ id: id(90), userPrincipalName: `${'0a'.repeat(16)}gone@example.com` }],
                },
              ]
            : [],
        }),
      },
      {
        leavers: [
          { account: 'gone@example.com', left: '2026-11-20T09:00:00Z' },
          { account: 'unheard@example.com', left: '2026-11-20T09:00:00Z' },
        ],
      },
    )
    expect(factsOf(reading, 'leavers')).toMatchObject([
      { state: 'absent', ended: '2026-11-20T10:00:00Z' },
      { state: 'absent', ended: null },
    ])
  })
})

describe('a tenant of ten thousand accounts', () => {
  it('is read to its end over all pages, and its facts stay small', async () => {
    const total = 10_000
    const paged =
      (path: string, size: number, item: (number: number) => object) =>
      (asked: { query: URLSearchParams; base: string }) => {
        const from = Number(asked.query.get('$skiptoken') ?? 0)
        const numbers = Array.from({ length: Math.min(size, total - from) }, (_none, index) => from + index)
        const next = new URLSearchParams({ $select: 'id', $skiptoken: String(from + size) })
        return {
          value: numbers.map(item),
          ...(from + size < total ? { '@odata.nextLink': `${asked.base}/v1.0${path}?${next.toString()}` } : {}),
        }
      }
    vendor = await startEntra({
      'GET /v1.0/users': paged('/users', 500, (number) => user(number, { employeeId: String(number) })),
      'GET /v1.0/reports/authenticationMethods/userRegistrationDetails': paged(
        '/reports/authenticationMethods/userRegistrationDetails',
        999,
        (number) => ({ id: id(number), isAdmin: false, isMfaCapable: number !== 9_999 }),
      ),
    })
    const unhurried = { take: () => Promise.resolve(), pause: () => undefined, pauseOf: () => 0 }
    const reading = await collect(entra, settingsFor(vendor.base), testContext({ budgets: unhurried }))
    expect(vendor.mistakes).toEqual([])
    expect(vendor.calls.filter((call) => call === 'GET /v1.0/users')).toHaveLength(20)
    expect(groupOf(reading, 'registration')).toEqual({
      read: 'ok',
      complete: true,
      facts: { members: total, incapable: [{ id: id(9_999), admin: false }] },
    })
    expect(groupOf(reading, 'accounts')).toMatchObject({ complete: true, facts: { members: total, doubtful: [] } })
    expect(groupOf(reading, 'activity')).toMatchObject({ complete: true, facts: { enabled: total, idle: [] } })
    // All but the list of everybody, which is what it is.
    const roster = groupOf(reading, 'roster')
    expect(roster).toMatchObject({ complete: true, facts: { length: total } })
    const size = JSON.stringify(roster).length
    expect(size).toBeLessThan(total * 150)
    expect(JSON.stringify(reading).length - size).toBeLessThan(10_000)
  })

  it('is not followed to another host', async () => {
    const reading = await look({
      'GET /v1.0/users': () => ({
        value: [user(1)],
        '@odata.nextLink': 'https://graph.example/v1.0/users?$skiptoken=1',
      }),
    })
    expect(why(reading, 'accounts')).toBe('contract')
  })
})
