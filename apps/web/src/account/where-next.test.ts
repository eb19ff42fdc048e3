import { describe, expect, it } from 'vitest'
import { whereNext } from './where-next.ts'

const acme: Parameters<typeof whereNext>[1][number] = {
  slug: 'acme',
  name: 'Acme',
  role: 'owner',
  language: 'en',
  permissions: [],
  needsFactor: false,
}

describe('whereNext', () => {
  it('goes back to the page that was asked for', () => {
    expect(whereNext('/t/acme/ledger', [acme])).toBe('/t/acme/ledger')
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'does not follow %s',
    (next) => {
      expect(whereNext(next, [acme])).toBe('/t/acme')
    },
  )

  it('does not ask to sign in again', () => {
    expect(whereNext('/sign-in?next=%2F', [acme])).toBe('/t/acme')
  })

  it('lets choose among several tenants', () => {
    expect(whereNext(undefined, [acme, { ...acme, slug: 'other' }])).toBe('/')
    expect(whereNext(undefined, [])).toBe('/')
  })
})
