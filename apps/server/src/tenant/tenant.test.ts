import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isOrigin } from '@art32/ledger'
import { databaseOf, instanceOrigin, newPublicId, slugOf, tenantOrigin } from './tenant.ts'

it.each([
  ['Beispiel GmbH & Co. KG', 'beispiel-gmbh-co-kg'],
  ['Größe & Maß', 'groesse-mass'],
  ['Café Été', 'cafe-ete'],
  ['  --Alpha--  ', 'alpha'],
])('makes the short name of %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

it('makes a usable short name of any name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(slugOf(name)).toMatch(/^[a-z0-9][a-z0-9-]{1,62}$/)
    }),
  )
})

it('names logs and databases by random ids that formats and databases accept', () => {
  const id = newPublicId()
  expect(id).toMatch(/^[a-z2-7]{12}$/)
  expect(isOrigin(tenantOrigin(newPublicId(), id)) && isOrigin(instanceOrigin(id))).toBe(true)
  expect([databaseOf(id, 'database'), databaseOf(id, 'schema')]).toEqual([`tenant_${id}`, `schema_${id}`])
})
