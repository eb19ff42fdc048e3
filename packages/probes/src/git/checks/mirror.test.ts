import { expect, it } from 'vitest'
import { judge } from '../../engine/judge.ts'
import { seen } from '../../engine/reading.ts'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import type { GitFacts } from '../facts.ts'
import { backupRepoMirror } from './mirror.ts'

type Mirror = GitFacts['mirrors'][number]
const good: Mirror = {
  place: 'https://backup.example.com/shop.git',
  elsewhere: true,
  refs: 12,
  differing: 0,
  behind: [],
  intact: true,
}
const behind = (how: 'late' | 'missing' | 'different', since: string | null): Mirror => ({
  ...good,
  differing: 1,
  behind: [{ ref: 'refs/heads/main', how, since }],
})

examine(backupRepoMirror, {
  good: { mirrors: [good] },
  bad: {
    'a branch is late': {
      change: (f) => {
        f.mirrors = [behind('late', '2026-11-20T12:00:00.000Z')]
      },
      says: 'late',
    },
    'a tag is missing': {
      change: (f) => {
        f.mirrors = [behind('missing', '2026-11-20T12:00:00.000Z')]
      },
      says: 'missing',
    },
    'a branch went another way': {
      change: (f) => {
        f.mirrors = [behind('different', null)]
      },
      says: 'different',
    },
    'more differ than are named': {
      change: (f) => {
        f.mirrors = [{ ...good, differing: 3 }]
      },
      says: 'more',
    },
    'objects are damaged': {
      change: (f) => {
        f.mirrors = [{ ...good, intact: false }]
      },
      says: 'damaged',
    },
    'both are on one host': {
      change: (f) => {
        f.mirrors = [{ ...good, elsewhere: false }]
      },
      says: 'together',
    },
  },
  empty: {
    'no second copy is declared': (f) => {
      f.mirrors = []
    },
  },
})

it('leaves the second copy the time that it may take', () => {
  const reading = seen({ mirrors: seen([behind('late', '2026-11-22T02:00:00.000Z')]) })
  const say = (hours: number) =>
    judge(
      backupRepoMirror,
      { ...reading, at: examined.toISOString(), source: 'test' },
      { system: 'test', now: examined, parameters: { maxHours: hours } },
    ).map((outcome) => outcome.say.key)
  expect([say(24), say(9)]).toEqual([['following'], ['late']])
})
