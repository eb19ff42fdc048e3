import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import type { DependenciesFacts, Weakness } from '../facts.ts'
import { depsVulns } from './vulns.ts'

const weakness: Weakness = {
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: ['CVE-2026-0001'],
  package: 'npm/example',
  versions: ['1.0.0'],
  severity: 'high',
  by: 'cvss-3',
  score: 7.5,
  published: '2026-11-10T12:00:00Z',
  isFixed: true,
  vex: null,
}
const vex = { state: 'not_affected', justification: 'code_not_reachable', at: '2026-11-01T00:00:00.000Z' } as const
const found = (f: { weaknesses: DependenciesFacts['weaknesses'] }): Weakness => f.weaknesses.found[0] ?? weakness

examine(depsVulns, {
  good: { weaknesses: { components: 12, unnamed: 0, found: [weakness] } },
  bad: {
    'a high weakness is older than its deadline': {
      change: (f) => {
        found(f).published = '2026-10-01T12:00:00Z'
      },
      says: 'late',
    },
    'a critical weakness is older than its shorter deadline': {
      change: (f) => {
        found(f).severity = 'critical'
      },
      says: 'late',
    },
    'the exception has run out': {
      change: (f) => {
        found(f).published = '2026-10-01T12:00:00Z'
      },
      parameters: { exceptions: [{ id: 'CVE-2026-0001', until: '2026-11-21' }] },
      says: 'late',
    },
    'the makers say without a reason that it does not matter': {
      change: (f) => {
        Object.assign(found(f), { published: '2026-01-01T12:00:00Z', vex: { ...vex, justification: null } })
      },
      says: 'late',
    },
    'the makers said so long ago': {
      change: (f) => {
        Object.assign(found(f), { published: '2026-01-01T12:00:00Z', vex: { ...vex, at: '2025-11-01T00:00:00.000Z' } })
      },
      says: 'late',
    },
    'the makers say so on no day': {
      change: (f) => {
        Object.assign(found(f), { published: '2026-01-01T12:00:00Z', vex: { ...vex, at: null } })
      },
      says: 'late',
    },
    'the makers say that it is exploitable': {
      change: (f) => {
        Object.assign(found(f), { published: '2026-01-01T12:00:00Z', vex: { ...vex, state: 'exploitable' } })
      },
      says: 'late',
    },
    'an exception names another weakness': {
      change: (f) => {
        found(f).published = '2026-10-01T12:00:00Z'
      },
      parameters: { exceptions: [{ id: 'CVE-2026-0002', until: '2027-11-21' }] },
      says: 'late',
    },
  },
  told: {
    'the makers say with a reason that it does not matter': {
      change: (f) => {
        Object.assign(found(f), { published: '2026-01-01T12:00:00Z', vex })
      },
      says: 'not-affected',
    },
    'an exception under another name holds': {
      change: (f) => {
        found(f).published = '2026-10-01T12:00:00Z'
      },
      parameters: { exceptions: [{ id: 'CVE-2026-0001', until: '2026-11-22' }] },
      says: 'excepted',
    },
    'an old weakness is of medium severity': {
      change: (f) => {
        Object.assign(found(f), { severity: 'medium', published: '2020-01-01T00:00:00Z' })
      },
      says: 'minor',
    },
    'nobody has rated a weakness': {
      change: (f) => {
        Object.assign(found(f), { severity: null, by: null, score: null })
      },
      says: 'unrated',
    },
    'some components have no address': {
      change: (f) => {
        f.weaknesses.unnamed = 3
      },
      says: 'unnamed',
    },
  },
  empty: {
    'there are no components': (f) => {
      f.weaknesses = { components: 0, unnamed: 0, found: [] }
    },
  },
})

it('components that nobody looked up are no pass', () => {
  const verdicts = depsVulns.judge(
    { weaknesses: { components: 0, unnamed: 3, found: [] } },
    depsVulns.params.parse({}),
    examined,
  )
  expect(verdicts.map(({ state }) => state)).toEqual(['info'])
})

it('a statement of the makers counts no longer than is allowed', () => {
  const stated = { ...weakness, published: '2026-01-01T12:00:00Z', vex }
  const say = (vexDays: number) =>
    depsVulns
      .judge(
        { weaknesses: { components: 1, unnamed: 0, found: [stated] } },
        depsVulns.params.parse({ vexDays }),
        examined,
      )
      .map((verdict) => verdict.say.key)
  expect([say(0), say(21), say(22)]).toEqual([['late'], ['late'], ['not-affected', 'clean']])
})
