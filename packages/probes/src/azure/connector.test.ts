import { describe, expect, it } from 'vitest'
import { examineConnector } from '../testing/examine-connector.ts'
import { azure } from './connector.ts'
import { goodRows, production, second } from './vendor-rows.ts'
import { application, casesOf, look, ownerGroup } from './vendor.ts'

examineConnector(azure, casesOf('subscriptions'))

describe('what is seen of Azure', () => {
  it('are facts without values, names and addresses', async () => {
    const { facts } = await look()
    expect(facts('vaults')).toEqual([
      {
        resource: '11111111/rg-prod/vaults/kv-prod',
        softDelete: true,
        purgeProtection: true,
        rbac: true,
        publicAccess: 'enabled',
        otherwise: 'deny',
        ipRules: ['192.0.2.7/32'],
        privateEndpoints: 1,
      },
    ])
    expect(facts('vaultItems')).toContainEqual({
      vault: '11111111/rg-prod/vaults/kv-prod',
      kind: 'secret',
      name: 'db-password',
      enabled: true,
      expires: '2027-01-15T08:00:00.000Z',
    })
    expect(facts('tlsFloors')).toEqual([
      { resource: '11111111/rg-prod/storageaccounts/stprod', floor: '1.2', encryptedOnly: true },
      { resource: '11111111/rg-prod/sites/site-prod', floor: '1.2', encryptedOnly: true },
      { resource: '11111111/rg-prod/databaseaccounts/cosmos-prod', floor: '1.2', encryptedOnly: null },
    ])
    expect(facts('managedApps')).toMatchObject({
      definitions: [
        { resource: '11111111/rg-prod/applicationdefinitions/product', authorizations: 1, lock: 'read-only' },
      ],
      applications: [
        {
          resource: '11111111/rg-prod/applications/one',
          definition: '11111111/rg-prod/applicationdefinitions/product',
          onRequest: { approval: 'manual', maxHours: 4 },
          managedGroup: '11111111/mrg-one',
          uses: ['11111111/mrg-one/storageaccounts/stone'],
        },
        { resource: '11111111/rg-prod/applications/two' },
      ],
    })
  })

  it('takes silence for what Azure means by it', async () => {
    const vault = {
      softDelete: null,
      purgeProtection: null,
      rbac: null,
      publicAccess: '',
      acls: null,
      endpoints: null,
    }
    const nothing = {
      minimum: null,
      minimal: null,
      httpsTraffic: null,
      httpsOnly: null,
      plainPort: null,
      anonymous: null,
    }
    const [{ id }] = goodRows['keyvault/vaults']
    const [{ id: account, type }, site] = goodRows['storage/storageaccounts']
    const { facts } = await look({
      rows: {
        'keyvault/vaults': [{ ...vault, id }],
        'storage/storageaccounts': [
          { ...nothing, id: account, type },
          { ...nothing, id: site.id, type: site.type },
          { ...nothing, id: account, type: 'microsoft.cache/redis' },
        ],
      },
      answers: { 'GET web': () => ({ properties: {} }) },
    })
    expect(facts('vaults')).toMatchObject([
      {
        softDelete: true,
        purgeProtection: false,
        rbac: false,
        publicAccess: 'enabled',
        otherwise: 'allow',
        ipRules: [],
        privateEndpoints: 0,
      },
    ])
    expect(facts('tlsFloors')).toMatchObject([
      { floor: null, encryptedOnly: false },
      { floor: null, encryptedOnly: false },
      { floor: null, encryptedOnly: true },
    ])
    expect(facts('storage')).toMatchObject([{ anonymous: null }])
  })

  it('knows how long copies are kept, by every form of policy, and when each was last made', async () => {
    const { facts } = await look()
    expect(facts('protection')).toEqual([
      { workload: '11111111/rg-prod/virtualmachines/vm-prod', by: 'vault', state: 'protected', retentionDays: 30 },
      {
        workload: '11111111/rg-prod/virtualmachines/vm-prod#orders',
        by: 'vault',
        state: 'protected',
        retentionDays: 28,
      },
      { workload: '11111111/rg-prod/storageaccounts/stprod', by: 'vault', state: 'protected', retentionDays: 90 },
      { workload: '11111111/rg-prod/flexibleservers/pg-prod', by: 'built-in', state: 'protected', retentionDays: 14 },
    ])
    expect(facts('backupJobs')).toEqual([
      {
        resource: '11111111/rg-prod/vaults/rsv-prod',
        item: 'vm-prod',
        lastCompleted: '2026-11-22T02:10:00.500Z',
        lastFailed: '2026-11-20T02:10:00.500Z',
      },
      {
        resource: '11111111/rg-prod/backupvaults/bv-prod',
        item: 'pg-prod/orders',
        lastCompleted: '2026-11-22T03:00:00.000Z',
        lastFailed: null,
      },
      {
        resource: '11111111/rg-prod/flexibleservers/pg-prod',
        item: 'built-in',
        lastCompleted: '2026-11-21T23:10:00.123Z',
        lastFailed: null,
      },
    ])
  })

  it('knows what is locked, who owns, and who hears of incidents', async () => {
    const { facts } = await look()
    expect(facts('locks')).toEqual({
      groups: [{ group: '11111111/rg-prod' }, { group: '22222222/rg-test' }],
      locks: [
        { on: 'group', subscription: '11111111', group: '11111111/rg-prod' },
        { on: 'resource', subscription: '11111111', group: '11111111/rg-prod' },
        { on: 'subscription', subscription: '22222222', group: null },
      ],
    })
    expect(facts('owners')).toMatchObject([
      { subscription: production, owners: [{ kind: 'user' }, { kind: 'group', id: ownerGroup }], wideRoles: [] },
      { subscription: second },
    ])
    expect(facts('healthAlerts')).toMatchObject([
      { subscription: production, alerts: [{ enabled: true, receivers: 2, narrowed: false }] },
      { subscription: second, alerts: [{ enabled: true, receivers: 2 }] },
    ])
    expect(facts('places')).toContainEqual({ type: 'copies of databases', location: 'westeurope', count: 1 })
    expect(facts('secureScore')).toContainEqual({ subscription: production, percent: 61 })
  })
})

describe('rows of Resource Graph', () => {
  const [vault] = goodRows['keyvault/vaults']

  it('go on at the token, over as many pages as there are', async () => {
    const { facts, state } = await look({
      page: (word, at) => {
        if (word !== 'keyvault/vaults') return undefined
        const number = Number(at ?? 0)
        return {
          totalRecords: 3,
          count: 1,
          data: [{ ...vault, id: `${vault.id}${number}` }],
          resultTruncated: 'false',
          ...(number < 2 ? { $skipToken: String(number + 1) } : {}),
        }
      },
    })
    expect(facts('vaults')).toHaveLength(3)
    expect(state('vaults')).toBe('seen')
  })

  it.each([
    ['some were left out and there is no token', { resultTruncated: 'true', totalRecords: 1 }],
    ['there are fewer than were counted', { resultTruncated: 'false', totalRecords: 2 }],
  ])('are not complete where %s', async (_name, more) => {
    const { state } = await look({
      page: (word) => (word === 'keyvault/vaults' ? { count: 1, data: [vault], ...more } : undefined),
    })
    expect([state('vaults'), state('vaultItems'), state('vaultLogs'), state('storage')]).toEqual([
      'incomplete',
      'incomplete',
      'incomplete',
      'seen',
    ])
  })

  it('with the same token again break the contract', async () => {
    const { state } = await look({
      page: (word) =>
        word === 'keyvault/vaults'
          ? { totalRecords: 9, count: 1, data: [vault], resultTruncated: 'false', $skipToken: 'again' }
          : undefined,
    })
    expect(state('vaults')).toBe('contract')
  })
})

describe('lists of Resource Manager', () => {
  const path = `/subscriptions/${production}/providers/Microsoft.Solutions/applications`

  it('go on at the link to the next page', async () => {
    const { facts } = await look({
      answers: {
        'GET applications': ({ params, query, base }) => {
          if (params['subscription'] !== production) return { value: [] }
          const number = Number(query.get('$skiptoken') ?? 0)
          const next = `${base}${path}?api-version=2021-07-01&$skiptoken=${number + 1}`
          return { value: [application(`app${number}`)], nextLink: number < 2 ? next : null }
        },
      },
    })
    expect(facts('managedApps')).toMatchObject({
      applications: [0, 1, 2].map((number) => ({ resource: `11111111/rg-prod/applications/app${number}` })),
    })
  })

  it('never lead to another host', async () => {
    const { state } = await look({
      answers: { 'GET applications': () => ({ value: [], nextLink: `http://127.0.0.2:9${path}` }) },
    })
    expect(state('managedApps')).toBe('contract')
  })
})

describe('an answer that would look like nothing is there', () => {
  it.each([
    ['only a part of a subscription may be read', ['Microsoft.KeyVault/vaults/read'], []],
    ['a part of it is withheld', ['*/read'], ['Microsoft.Storage/*']],
  ])('is denied where %s', async (_name, actions, notActions) => {
    const { reading } = await look({ answers: { 'GET permissions': () => ({ value: [{ actions, notActions }] }) } })
    expect(reading).toMatchObject({ read: 'no', why: 'denied', needs: 'Reader' })
  })

  it('is not configured where a service is not registered, without quoting what Azure says', async () => {
    const answer = () => ({
      status: 409,
      json: { error: { code: 'MissingSubscriptionRegistration', message: 'ops@example.com' } },
    })
    const { facts } = await look({ answers: { 'GET applications': answer } })
    expect(facts('managedApps')).toMatchObject({
      why: 'not-configured',
      needs: expect.stringContaining('resource provider'),
    })
    expect(JSON.stringify(facts('managedApps'))).not.toContain('ops@example.com')
  })

  it('is incomplete where a group owns and nobody looks after its members, or a group that tells is out of sight', async () => {
    const [alert] = goodRows.activitylogalerts
    const elsewhere = '/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/x/providers/y/z/w'
    const { state } = await look(
      { rows: { activitylogalerts: [{ ...alert, groups: [{ actionGroupId: elsewhere }] }] } },
      { ownerGroups: [] },
    )
    expect([state('owners'), state('healthAlerts')]).toEqual(['incomplete', 'incomplete'])
  })
})
