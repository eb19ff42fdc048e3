import { expect, it } from 'vitest'
import { openPasswords, owaspCost } from './password.ts'

const cheap = { memoryKiB: 64, passes: 1 }

it('hashes in the PHC format with its cost and a salt of its own', async () => {
  const passwords = openPasswords(cheap)
  const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
  expect(one).not.toBe(two)
})

it('accepts the password however its letters are composed, and no other', async () => {
  const passwords = openPasswords(cheap)
  const hash = await passwords.hash('Z\u00fcrich am See')
  expect(await passwords.verify('Zu\u0308rich am See', hash)).toBe(true)
  expect(await passwords.verify('Zurich am See', hash)).toBe(false)
  expect(await passwords.verify('Zürich am See', 'not a hash')).toBe(false)
})

it('verifies a hash by the cost that stands in it', async () => {
  const hash = await openPasswords({ memoryKiB: 128, passes: 2 }).hash('correct horse')
  expect(await openPasswords(cheap).verify('correct horse', hash)).toBe(true)
})

it('refuses the flood that its queue cannot hold and serves the rest', async () => {
  const passwords = openPasswords(cheap)
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.hash('x')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(100 - 66)
  expect(refused.every((result) => (result.reason as { code?: string }).code === 'password.busy')).toBe(true)
  expect(await passwords.hash('afterwards')).toContain('$argon2id$')
})

it('costs what OWASP asks for unless told otherwise', () => {
  expect(openPasswords().cost).toEqual(owaspCost)
  expect(owaspCost).toEqual({ memoryKiB: 19_456, passes: 2 })
})
