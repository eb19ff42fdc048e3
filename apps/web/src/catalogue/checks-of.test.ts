import { expect, it } from 'vitest'
import { checksOf } from './checks-of.ts'

const measure = {
  id: 'retention-deletion',
  checks: [
    { id: 'pg.retention', relation: 'proves' },
    { id: 'web.privacy-notice', relation: 'supports' },
  ],
} as const

const release = new Map(
  [
    { id: 'pg.retention', serves: [{ measure: 'retention-deletion', as: 'proves' as const }] },
    { id: 'shop.new-check', serves: [{ measure: 'retention-deletion', as: 'supports' as const }] },
    { id: 'shop.other', serves: [{ measure: 'mfa', as: 'proves' as const }] },
  ].map((check) => [check.id, check]),
)

it('names what the catalogue asks for and what this release has, each once', () => {
  expect(checksOf(measure, release, 'proves')).toEqual(['pg.retention'])
  expect(checksOf(measure, release, 'supports')).toEqual(['web.privacy-notice', 'shop.new-check'])
})

it('names what the catalogue asks for while the checks are not there yet', () => {
  expect(checksOf(measure, new Map(), 'proves')).toEqual(['pg.retention'])
})
