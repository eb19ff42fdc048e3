import { describe, expect, it } from 'vitest'
import { goodRows } from './vendor-rows.ts'
import { look } from './vendor.ts'
import type { Changes } from './vendor.ts'

describe('a word that Azure has not documented', () => {
  const [storage, site] = goodRows['storage/storageaccounts']
  const [vault] = goodRows['keyvault/vaults']
  const [machine] = goodRows.protecteditems
  const [policy] = goodRows.backuppolicies
  const [done] = goodRows.backupjobs

  it.each<[string, Changes, readonly string[]]>([
    [
      'of a version of TLS',
      { rows: { 'storage/storageaccounts': [{ ...storage, minimum: 'TLS2_0' }] } },
      ['tlsFloors'],
    ],
    [
      'of a version of TLS of a site',
      { answers: { 'GET web': () => ({ properties: { minTlsVersion: '2.0' } }) } },
      ['tlsFloors'],
    ],
    [
      'of a version of TLS of a database',
      { answers: { 'GET {parameter}': () => ({ properties: { value: 'on' } }) } },
      ['databaseTls'],
    ],
    [
      'of a type',
      { rows: { 'storage/storageaccounts': [{ ...site, type: 'microsoft.new/things' }] } },
      ['tlsFloors', 'storage'],
    ],
    ['of access', { rows: { 'keyvault/vaults': [{ ...vault, publicAccess: 'Sometimes' }] } }, ['vaults']],
    ['of a state', { rows: { protecteditems: [{ ...machine, state: 'Maybe' }] } }, ['protection']],
    ['of a policy', { rows: { backuppolicies: [{ ...policy, retention: { forEver: true } }] } }, ['protection']],
    ['of the end of a job', { rows: { backupjobs: [{ ...done, status: 'Odd' }] } }, ['backupJobs']],
    [
      'of a lock',
      { answers: { 'GET locks': () => ({ value: [{ id: 'x', properties: { level: 'Soft' } }] }) } },
      ['locks'],
    ],
  ])('%s breaks the contract', async (_name, changes, groups) => {
    const { state } = await look(changes)
    for (const one of groups) expect(state(one), one).toBe('contract')
    expect(state('secureScore')).toBe('seen')
  })
})
