import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import { checks } from '../registry.ts'
import { isFor } from '../engine/check.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { examined } from '../testing/examined.ts'
import { testContext } from '../testing/servers.ts'
import type { Said, VendorServer } from '../testing/vendor.ts'
import { blob } from './connector.ts'
import { blobOf, calls, goodAccount, goodContainer, ids, refusal, sas, secrets, startBlob } from './vendor.ts'

const settings = (base: string) => ({
  account: 'backups',
  container: 'copies',
  group: 'rg-backup',
  ...ids,
  secret: secrets.client,
  blobUrl: base,
  baseUrl: base,
  loginUrl: base,
})
const configuration = ['immutability', 'recovery', 'encryption', 'exposure', 'place']
const neverShown = [
  secrets.client,
  secrets.signature,
  encodeURIComponent(secrets.signature),
  ...Object.values(secrets.tokens),
]

examineConnector(blob, {
  start: () => startBlob(),
  settings: (base) => ({ ...settings(base), sas }),
  secrets: neverShown,
  hurts: {
    [calls.token]: configuration,
    [calls.list]: ['copies'],
    [calls.account]: ['immutability', 'encryption', 'exposure', 'place'],
    [calls.service]: ['recovery'],
    [calls.container]: ['immutability', 'exposure'],
  },
})

const started: VendorServer[] = []
afterEach(async () => {
  for (const vendor of started.splice(0)) await vendor.close()
})

async function look(how: Parameters<typeof startBlob>[0] = {}, given: Record<string, unknown> = {}) {
  const vendor = await startBlob(how)
  started.push(vendor)
  const context = testContext({ budgets: openBudgets(), now: () => examined })
  const reading = await collect(blob, { ...settings(vendor.base), ...given }, context)
  expect(vendor.mistakes).toEqual([])
  for (const secret of neverShown) expect(JSON.stringify(reading)).not.toContain(secret)
  if (reading.read === 'no') throw new Error(reading.detail)
  return { reading, facts: reading.facts, calls: vendor.calls }
}
const seenAs = async (group: string, ...how: Parameters<typeof look>) => {
  const one = (await look(...how)).facts[group]
  return one?.read === 'ok' ? one.facts : one?.why
}
const instead = (call: string, said: Said) => ({ replaced: { [call]: () => said } })
const account = (change: object) =>
  instead(calls.account, { ...goodAccount, properties: { ...goodAccount.properties, ...change } })
const container = (change: object) =>
  instead(calls.container, { properties: { ...goodContainer.properties, ...change } })

describe('a container', () => {
  it('is read folder by folder and page by page, without the names of blobs', async () => {
    const blobs = {
      'a b/': [
        blobOf('a b/', 'Sun, 22 Nov 2026 09:00:00 GMT', 0),
        blobOf('a b/inner', 'Sun, 22 Nov 2026 09:00:00 GMT', 0, '<ResourceType>directory</ResourceType>'),
        blobOf('a b/2', 'Sun, 22 Nov 2026 02:00:00 GMT', 30),
        blobOf('a b/3', 'Sat, 21 Nov 2026 02:00:00 GMT', 20),
        blobOf('a b/4', 'Thu, 19 Nov 2026 02:00:00 GMT', 5),
      ],
      'empty/': [],
    }
    const { facts, calls: asked } = await look({ blobs }, { sas: `?${sas}`, prefixes: ['a b/', 'empty/'] })
    expect(facts['copies']).toMatchObject({
      complete: true,
      facts: [
        { prefix: 'a b/', objects: 3, bytes: 55, newest: { at: '2026-11-22T02:00:00.000Z', bytes: 30 } },
        { prefix: 'empty/', objects: 0, bytes: 0, newest: null },
      ],
    })
    expect(asked.filter((call) => call === calls.list)).toHaveLength(4)
  })

  it('is listed by the app registration where no signature is given', async () => {
    expect(await seenAs('copies')).toMatchObject([{ objects: 1, bytes: 4_096 }])
  })

  it('is asked for its copies only, where there is a signature and no app registration', async () => {
    const { facts } = await look({}, { sas, clientId: undefined })
    expect(facts['copies']).toMatchObject({ read: 'ok' })
    for (const group of configuration) expect(facts[group]).toMatchObject({ why: 'not-configured' })
  })

  it.each([
    ['may delete', sas.replace('sp=l', 'sp=rld')],
    ['has run out', sas.replace('2030', '2025')],
    ['is none', 'AccountKey=abc'],
  ])('is not asked with a signature that %s', async (_name, given) => {
    const { facts, calls: asked } = await look({}, { sas: given })
    expect(facts['copies']).toMatchObject({ why: 'not-configured' })
    expect(asked).not.toContain(calls.list)
  })

  it.each([
    [403, 'AuthenticationFailed', 'denied'],
    [403, 'AuthorizationPermissionMismatch', 'denied'],
    [403, 'AuthorizationFailure', 'denied'],
    [404, 'ContainerNotFound', 'not-configured'],
    [503, 'ServerBusy', 'throttled'],
    [500, 'InternalError', 'unreachable'],
    [400, 'InvalidQueryParameterValue', 'contract'],
  ])('that answers %i %s says why it is not seen', async (status, code, why) => {
    const { facts } = await look(instead(calls.list, refusal(status, code)), { sas })
    expect(facts['copies']).toMatchObject({ why })
    expect(facts['recovery']).toMatchObject({ read: 'ok' })
  })

  it('without end is not read to the end, and one that turns in circles is refused', async () => {
    const page = (marker: string): Said => ({
      status: 200,
      text: `<EnumerationResults><Blobs/><NextMarker>${marker}</NextMarker></EnumerationResults>`,
    })
    let at = 0
    const { facts } = await look({ replaced: { [calls.list]: () => page(String((at += 1))) } }, { sas })
    expect(facts['copies']).toMatchObject({ read: 'ok', complete: false })
    expect(await seenAs('copies', instead(calls.list, page('1')), { sas })).toBe('contract')
  })

  it.each([
    [
      'without a size',
      '<Blob><Name>a</Name><Properties><Last-Modified>Sun, 22 Nov 2026 02:00:00 GMT</Last-Modified></Properties></Blob>',
    ],
    ['without a time', blobOf('a', 'yesterday')],
  ])('with a blob %s is not guessed', async (_name, one) => {
    expect(await seenAs('copies', { blobs: { '': [one] } }, { sas })).toBe('contract')
  })
})

describe('the settings of the account', () => {
  it('are facts without names of people', async () => {
    const { facts, reading } = await look()
    expect(facts).toMatchObject({
      immutability: { facts: { policy: { days: 30, state: 'locked', from: 'container' }, legalHold: false } },
      recovery: { facts: { versioning: true, blobDays: 30, containerDays: null } },
      encryption: { facts: { algorithm: 'AES256', ownKey: false } },
      exposure: { facts: { accountAllows: false, container: 'none', accountKeys: false } },
      place: { facts: { region: 'germanywestcentral', secondary: 'germanynorth' } },
    })
    expect(JSON.stringify(reading)).not.toContain('not.kept')
  })

  it('that are left out mean what the reference says', async () => {
    const silent = account({
      allowBlobPublicAccess: null,
      allowSharedKeyAccess: undefined,
      secondaryLocation: undefined,
    })
    expect(await seenAs('exposure', silent)).toMatchObject({ accountAllows: true, accountKeys: true })
    expect(await seenAs('place', silent)).toMatchObject({ secondary: null })
    expect(await seenAs('recovery', instead(calls.service, { properties: {} }))).toEqual({
      versioning: false,
      blobDays: null,
      containerDays: null,
    })
  })

  it('give new copies the rule of the account where the container has none', async () => {
    const none = { hasImmutabilityPolicy: false, immutabilityPolicy: undefined, hasLegalHold: true }
    const general = (state: string) => ({
      enabled: true,
      immutabilityPolicy: { immutabilityPeriodSinceCreationInDays: 14, state },
    })
    const both = (state: string) => ({
      replaced: {
        ...container(none).replaced,
        ...account({ immutableStorageWithVersioning: general(state) }).replaced,
      },
    })
    expect(await seenAs('immutability', both('Unlocked'))).toEqual({
      policy: { days: 14, state: 'unlocked', from: 'account' },
      legalHold: true,
    })
    expect(await seenAs('immutability', both('Disabled'))).toMatchObject({ policy: null })
    expect(await seenAs('immutability', container(none))).toMatchObject({ policy: null })
  })

  it('of an account that is not there, or may not be seen, have to be set up', async () => {
    const gone = { status: 404, json: { error: { code: 'ResourceNotFound', message: 'backups was not found' } } }
    expect(await seenAs('place', instead(calls.account, gone))).toBe('not-configured')
  })

  it('are denied to a wrong secret', async () => {
    const { facts } = await look({}, { secret: 'another-secret', sas })
    for (const group of configuration) expect(facts[group]).toMatchObject({ why: 'denied' })
    expect(facts['copies']).toMatchObject({ read: 'ok' })
  })
})

it('a good container passes every check that belongs to it', async () => {
  const { reading } = await look()
  const own = checks.filter((check) => isFor(check, 'blob'))
  const states = own.map((check) => [check.id, rollUp(judge(check, reading, { system: 'test', now: examined }))])
  expect(Object.fromEntries(states)).toEqual({
    'blob.immutable': 'pass',
    'blob.private': 'pass',
    'blob.recoverable': 'fail',
    'bucket.encrypted': 'pass',
    'bucket.fresh': 'pass',
    'bucket.location': 'pass',
  })
})
