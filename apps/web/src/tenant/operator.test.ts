import { expect, it } from 'vitest'
import { isOperator } from './operator.ts'

const at = (slug: string, role: 'owner' | 'editor') => ({
  slug,
  role,
  name: slug,
  language: 'en' as const,
  needsFactor: false,
  permissions: [],
})

it("takes an owner of the installation's own tenant for the operator, and nobody else", () => {
  expect(isOperator({ tenants: [at('alpha', 'editor'), at('this-installation', 'owner')] })).toBe(true)
  expect(isOperator({ tenants: [at('this-installation', 'editor'), at('alpha', 'owner')] })).toBe(false)
  expect(isOperator({ tenants: [] })).toBe(false)
})
