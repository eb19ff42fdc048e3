import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { s3 } from './connector.ts'
import { aclOf, object, refusal, rightKey, startS3, stock } from './vendor.ts'

const settings = (base: string) => ({ bucket: 'backups', region: 'eu-central-1', ...rightKey, baseUrl: base })

examineConnector(s3, {
  start: () => startS3(),
  settings,
  secrets: [rightKey.secretAccessKey, rightKey.accessKeyId],
  hurts: { 'GET /{bucket}': ['*'] },
})

const started: VendorServer[] = []
afterEach(async () => {
  for (const vendor of started.splice(0)) await vendor.close()
})

async function look(how: Parameters<typeof startS3>[0] = {}, given: Record<string, unknown> = {}) {
  const vendor = await startS3(how)
  started.push(vendor)
  const context = testContext({ budgets: openBudgets() })
  const reading = await collect(s3, { ...settings(vendor.base), ...given }, context)
  expect(vendor.mistakes).toEqual([])
  if (reading.read === 'no') throw new Error(reading.detail)
  return reading.facts
}
const answers = (change: typeof stock) => ({ answers: { ...stock, ...change } })
const seenAs = async (group: string, ...how: Parameters<typeof look>) => {
  const one = (await look(...how))[group]
  return one?.read === 'ok' ? one.facts : one?.why
}

describe('a bucket', () => {
  it('is read folder by folder and page by page, without the names of objects', async () => {
    const objects = {
      'a b/': [
        object('a b/', '2026-11-22T09:00:00.000Z', 0),
        object('a b/1', '2026-11-20T02:00:00.000Z', 10),
        object('a b/2', '2026-11-22T02:00:00.000Z', 30),
        object('a b/3', '2026-11-21T02:00:00.000Z', 20),
        object('a b/4', '2026-11-19T02:00:00.000Z', 5),
      ],
      'empty/': [],
    }
    expect(await seenAs('copies', { objects }, { prefixes: ['a b/', 'empty/'] })).toEqual([
      { prefix: 'a b/', objects: 4, bytes: 65, newest: { at: '2026-11-22T02:00:00.000Z', bytes: 30 } },
      { prefix: 'empty/', objects: 0, bytes: 0, newest: null },
    ])
  })

  const missing = [
    ['object-lock', 'ObjectLockConfigurationNotFoundError', 'objectLock', { enabled: false, mode: null, days: null }],
    ['encryption', 'ServerSideEncryptionConfigurationNotFoundError', 'encryption', { algorithm: null, ownKey: false }],
    ['policyStatus', 'NoSuchBucketPolicy', 'exposure', { publicPolicy: false, restrictsPublicPolicy: true }],
    [
      'publicAccessBlock',
      'NoSuchPublicAccessBlockConfiguration',
      'exposure',
      { ignoresPublicAcls: false, restrictsPublicPolicy: false },
    ],
  ] as const
  it.each(missing)('without %s says so as a fact', async (what, code, group, facts) => {
    expect(await seenAs(group, answers({ [what]: refusal(404, code) }))).toMatchObject(facts)
  })
  it.each(missing)('that refuses %s leaves the rest', async (what, _code, group) => {
    const facts = await look(answers({ [what]: refusal(403, 'AccessDenied') }))
    expect(facts[group]).toMatchObject({ read: 'no', why: 'denied' })
    expect(Object.values(facts).filter((one) => one.read === 'no')).toHaveLength(1)
    expect(await seenAs(group, answers({ [what]: refusal(404, 'SomethingElse') }))).toBe('contract')
    expect(await seenAs(group, answers({ [what]: refusal(501, 'NotImplemented') }))).toBe('contract')
  })

  it('in another region, or that is not there, has to be set up', async () => {
    const moved = answers({ location: refusal(301, 'PermanentRedirect') })
    expect(await seenAs('place', moved)).toBe('not-configured')
    expect(await seenAs('place', answers({ location: refusal(404, 'NoSuchBucket') }))).toBe('not-configured')
  })

  it('asked too often is left alone', async () => {
    const slow = answers({ location: refusal(503, 'SlowDown') })
    expect((await look(slow))['place']).toMatchObject({ why: 'throttled', retryAfterMs: 60_000 })
  })

  it('with a wrong secret is denied, and the vendor gets no secret to see', async () => {
    const facts = await look({}, { secretAccessKey: 'another-secret' })
    expect(Object.values(facts).map((one) => one.read === 'no' && one.why)).toEqual(Array(6).fill('denied'))
    expect(JSON.stringify(facts)).not.toContain('another-secret')
  })

  it('that everybody may read says so, and who its owner is does not matter', async () => {
    const uri = 'http://acs.amazonaws.com/groups/global/AllUsers'
    expect(await seenAs('exposure', answers({ acl: aclOf(uri) }))).toMatchObject({ publicAcl: true })
  })

  it('in the oldest region has no name of a region', async () => {
    expect(await seenAs('place', answers({ location: '<LocationConstraint/>' }))).toMatchObject({ region: 'us-east-1' })
  })

  it('with an object without a size is not guessed', async () => {
    const objects = { '': ['<Contents><Key>a</Key><LastModified>2026-11-22T02:00:00Z</LastModified></Contents>'] }
    expect(await seenAs('copies', { objects })).toBe('contract')
    expect(await seenAs('copies', { objects: { '': [object('a', 'yesterday')] } })).toBe('contract')
  })
})
