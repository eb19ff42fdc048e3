import { describe, expect, it } from 'vitest'
import { addressOf, reads, tenantAddress } from './request.ts'

describe('addressOf', () => {
  it('puts the input of a read into the query and leaves out what is undefined', () => {
    expect(addressOf('ledger.entries', 'acme', { before: 9, limit: 50 })).toBe(
      '/api/tenants/acme/ledger/entries?before=9&limit=50',
    )
    expect(addressOf('register.show', 'acme', { documentId: undefined })).toBe('/api/tenants/acme/register/show')
  })

  it('keeps the input of a change out of the address', () => {
    expect(addressOf('measure.confirm', 'acme', { measureId: 'm', revision: 1 })).toBe(
      '/api/tenants/acme/measure/confirm',
    )
  })

  it('asks the installation without a tenant', () => {
    expect(addressOf('account.whoami', null, {})).toBe('/api/account/whoami')
  })

  it('escapes what a slug or a file name holds', () => {
    expect(tenantAddress('a/b', 'document.read', { name: 'TOM & Co.pdf' })).toBe(
      '/api/tenants/a%2Fb/document/read?name=TOM+%26+Co.pdf',
    )
  })
})

describe('reads', () => {
  it('tells reads from changes by their verb', () => {
    expect(reads('finding.list')).toBe(true)
    expect(reads('finding.change')).toBe(false)
  })
})
