import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isOrigin } from '@art32/ledger'
import {
  TenantName,
  databaseOf,
  instanceOrigin,
  logNumber,
  mayEnter,
  newPublicId,
  slugOf,
  tenantOrigin,
  witnessName,
} from './tenant.ts'

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

it('lets everybody in unless it asks for a second factor, and then who has shown one', () => {
  const asked = [false, true].flatMap((needsFactor) =>
    (['one', 'two'] as const).map((factors) => mayEnter({ needsFactor }, factors)),
  )
  expect(asked).toEqual([true, true, false, true])
})

it.each([
  ['a short one', 'AB', 'AB'],
  ['one in white space', '  Beispiel GmbH ', 'Beispiel GmbH'],
  ['a long one', 'a'.repeat(200), 'a'.repeat(200)],
  ['one letter', 'A', null],
  ['one letter in white space', '  A  ', null],
  ['a longer one', 'a'.repeat(201), null],
  ['two lines', 'Beispiel\nGmbH', null],
  ['a line separator', 'Beispiel\u2028GmbH', null],
  ['a sign that turns the text round', 'Beispiel \u202eHbmG', null],
  ['a sign that turns the text round at its end', 'Beispiel GmbH\u2066', null],
])('takes as a name, or refuses, %s', (_, name, kept) => {
  expect(TenantName.safeParse(name).data ?? null).toBe(kept)
})

it('gives a name without letters, or with one, a short name by chance', () => {
  for (const name of ['!!!', 'A', '?']) expect(slugOf(name)).toMatch(/^tenant-[a-z2-7]{4}$/)
  expect(slugOf('!!!')).not.toBe(slugOf('!!!'))
  expect(slugOf('AB')).toBe('ab')
})

it('cuts a long short name, and leaves no hyphen at its end', () => {
  expect(slugOf('abcdefg'.repeat(20))).toHaveLength(60)
  expect(slugOf('abcde '.repeat(20))).toBe(`${'abcde-'.repeat(9)}abcde`)
})

it('numbers the logs that succeed each other, so that the number is found again', () => {
  for (const first of [tenantOrigin('a1', 'b2'), instanceOrigin('a1')]) expect(logNumber(first, first)).toBe(1)
  expect(tenantOrigin('a1', 'b2')).toBe('art32.invalid/a1/t/b2')
  expect(tenantOrigin('a1', 'b2', 2)).toBe('art32.invalid/a1/t/b2/2')
  expect(instanceOrigin('a1', 3)).toBe('art32.invalid/a1/instance/3')
  for (const number of [2, 10])
    expect(logNumber(tenantOrigin('a1', 'b2'), tenantOrigin('a1', 'b2', number))).toBe(number)
})

it('is told apart from others: logs of tenants, the log of the installation, its witness', () => {
  const names = [
    tenantOrigin('a1', 'b2'),
    tenantOrigin('a1', 'c3'),
    tenantOrigin('d4', 'b2'),
    instanceOrigin('a1'),
    instanceOrigin('d4'),
    witnessName('a1'),
    witnessName('d4'),
  ]
  expect(new Set(names).size).toBe(names.length)
  expect(names.every(isOrigin)).toBe(true)
})
