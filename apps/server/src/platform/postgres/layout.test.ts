import { describe, expect, it } from 'vitest'
import { isTenantName, layoutOf, layouts, lyingOf, nameIn, sharedDatabase } from './layout.ts'
import { applicationRole, ownerRole } from './roles.ts'

const prefix = 'art32_0a1b'

describe('the name of a tenant', () => {
  it.each(['database', 'schema'] as const)(
    'says that it lies as a %s, and is one that may be made and dropped',
    (layout) => {
      expect(layouts).toContain(layout)
      const name = nameIn(layout, 'abcdefgh2345')
      expect(layoutOf(name)).toBe(layout)
      expect(isTenantName(name)).toBe(true)
    },
  )

  it('has eight to forty small letters and digits behind its beginning', () => {
    for (const [rest, isName] of [
      ['a'.repeat(7), false],
      ['a'.repeat(8), true],
      ['z9'.repeat(20), true],
      ['a'.repeat(41), false],
    ] as const)
      for (const layout of layouts) expect(isTenantName(nameIn(layout, rest)), rest).toBe(isName)
  })

  it.each([
    'postgres',
    'template1',
    'tenant_',
    'tenant_ABCDEFGH',
    'tenant_abc-defgh',
    'tenant_abcdefgh\n',
    'tenant_abcdefgh"; drop database x',
    'my_tenant_abcdefgh',
    'xschema_abcdefgh',
    'schemas_abcdefgh',
    'schema_abcdefgh_owner',
    sharedDatabase(prefix),
  ])('is never %j', (name) => {
    expect(isTenantName(name)).toBe(false)
  })
})

describe('where a tenant lies', () => {
  const one = nameIn('schema', 'aaaaaaaa')
  const other = nameIn('schema', 'bbbbbbbb')

  it('is one database for all schemas, each with an owner and a login of its own', () => {
    expect(lyingOf(one, prefix)).toEqual({
      database: `${prefix}_tenants`,
      schema: one,
      owner: `${one}_owner`,
      application: one,
    })
    const [first, second] = [lyingOf(one, prefix), lyingOf(other, prefix)]
    expect(second.database).toBe(first.database)
    const both = [first, second].flatMap(({ schema, owner }) => [schema, owner])
    expect(new Set(both).size).toBe(4)
    expect(lyingOf(one, 'another').database).not.toBe(first.database)
  })

  it('is a database that has nothing else, whose tables belong to the common owner', () => {
    const name = nameIn('database', 'aaaaaaaa')
    expect(lyingOf(name, prefix)).toEqual({
      database: name,
      schema: 'public',
      owner: ownerRole,
      application: applicationRole,
    })
  })
})
