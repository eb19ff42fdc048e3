import { describe, expect, it } from 'vitest'
import { calendarOf, findTenants } from './calendar.ts'

type Tenants = Parameters<typeof calendarOf>[0]
type Summary = NonNullable<Tenants[number]['summary']>

const summary = (dues: Summary['dues']): Summary => ({
  assurance: {
    verified: 0,
    attested: 0,
    inherited: 0,
    customer: 0,
    stated: 0,
    planned: 0,
    lapsed: 0,
    absent: 0,
    failing: 0,
  },
  lines: 0,
  unconfirmed: 0,
  findings: 0,
  overdue: 0,
  dues,
  publishedAt: null,
  countedAt: '2026-11-22T00:00:00Z',
})

const tenants: Tenants = [
  {
    slug: 'acme',
    name: 'Acme',
    summary: summary([
      { kind: 'finding', day: '2026-12-01', count: 2 },
      { kind: 'proof', day: '2027-06-01', count: 9 },
    ]),
  },
  {
    slug: 'beta',
    name: 'Beta GmbH',
    summary: summary([
      { kind: 'proof', day: '2026-11-20', count: 1 },
      { kind: 'proof', day: '2026-12-01', count: 3 },
    ]),
  },
  { slug: 'new', name: 'New', summary: null },
]

describe('the calendar over all tenants', () => {
  it('puts what is due on one day together, the earliest day first', () => {
    expect(calendarOf(tenants, '2026-12-31')).toEqual([
      { day: '2026-11-20', entries: [{ slug: 'beta', name: 'Beta GmbH', kind: 'proof', count: 1 }] },
      {
        day: '2026-12-01',
        entries: [
          { slug: 'acme', name: 'Acme', kind: 'finding', count: 2 },
          { slug: 'beta', name: 'Beta GmbH', kind: 'proof', count: 3 },
        ],
      },
    ])
  })

  it('finds a tenant by a part of its name in any case', () => {
    expect(findTenants(tenants, ' gmbh ').map(({ slug }) => slug)).toEqual(['beta'])
    expect(findTenants(tenants, '').map(({ slug }) => slug)).toEqual(['acme', 'beta', 'new'])
  })
})
