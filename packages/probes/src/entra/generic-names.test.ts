import { describe, expect, it } from 'vitest'
import { isGenericName } from './generic-names.ts'

describe('a generic account name', () => {
  it.each(['info@example.com', 'Admin2@example.com', 'dev-team@example.com', 'no-reply', 'BUCHHALTUNG@example.com'])(
    '%s',
    (name) => expect(isGenericName(name)).toBe(true),
  )
  it.each(['ada.admin@example.com', 'devi@example.com', '17@example.com', '@example.com', 'müller@example.com', ''])(
    'is not %s',
    (name) => expect(isGenericName(name)).toBe(false),
  )
})
