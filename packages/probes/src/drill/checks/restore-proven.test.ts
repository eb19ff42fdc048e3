import { examine } from '../../testing/examine.ts'
import type { DrillFacts } from '../facts.ts'
import { drillProblems } from '../facts.ts'
import { backupRestoreProven } from './restore-proven.ts'

type Facts = { plan: DrillFacts['plan']; drill: DrillFacts['drill'] }

const good: Facts = {
  plan: {
    kind: 'postgres-dump',
    sha256: 'a'.repeat(64),
    expectations: 2,
    allowedRtoSeconds: 3_600,
    allowedRpoSeconds: 93_600,
  },
  drill: {
    startedAt: '2026-11-22T03:00:00.000Z',
    endedAt: '2026-11-22T03:02:00.000Z',
    backup: { name: 'shop.dump', at: '2026-11-22T01:00:00.000Z' },
    problems: [],
    expectations: [
      { what: 'table', name: 'public.orders', isMet: true, wanted: 'at least 1000 rows', seen: '1200 rows' },
      { what: 'query', name: 'orders have customers', isMet: true, wanted: 'equals 0', seen: '0' },
    ],
    restored: { tables: 4, rows: 5_000, files: 1, bytes: 90_000 },
    rtoSeconds: 61.5,
    rpoSeconds: 7_200,
    rpoBy: 'backup',
    isRemoved: true,
    origin: null,
  },
}

examine(backupRestoreProven, {
  good,
  bad: {
    ...Object.fromEntries(
      drillProblems.map((code) => [
        `the restore met the problem ${code}`,
        {
          change: ({ drill }: Facts) => {
            drill.problems.push({ code, place: 'line 12' })
          },
          says: code,
        },
      ]),
    ),
    'an expectation is not met': {
      change: ({ drill }) => {
        for (const one of drill.expectations) one.isMet = false
      },
      says: 'unmet',
    },
    'nothing came back': {
      change: ({ drill }) => {
        drill.restored = { tables: 4, rows: 0, files: 1, bytes: 0 }
      },
      says: 'nothing',
    },
    'nothing was compared': {
      change: ({ drill }) => {
        drill.expectations = []
      },
      says: 'nothing-compared',
    },
    'it took longer than the plan allows': {
      change: ({ drill }) => {
        drill.rtoSeconds = 3_601
      },
      says: 'too-long',
    },
    'the document promises a shorter time': {
      change: ({ drill }) => {
        drill.rtoSeconds = 2_000
      },
      parameters: { maxRtoHours: 0.5 },
      says: 'too-long',
    },
    'the data are older than the plan allows': {
      change: ({ drill }) => {
        drill.rpoSeconds = 93_601
      },
      says: 'too-old',
    },
    'the document promises less loss': {
      change: ({ drill }) => {
        drill.rpoSeconds = 7_300
      },
      parameters: { maxRpoHours: 2 },
      says: 'too-old',
    },
    'the newest row is from the future': {
      change: ({ drill }) => {
        drill.rpoSeconds = -4_000
      },
      says: 'future',
    },
    'nobody knows how long it took': {
      change: ({ drill }) => {
        drill.rtoSeconds = null
      },
      says: 'not-measured',
    },
    'nobody knows how old the data are': {
      change: ({ drill }) => {
        drill.rpoSeconds = null
      },
      says: 'not-measured',
    },
    'restored data were left behind': {
      change: ({ drill }) => {
        drill.isRemoved = false
      },
      says: 'left',
    },
  },
  told: {
    'it ran in a pipeline': {
      change: ({ drill }) => {
        drill.origin = { pipeline: 'github-actions', repository: 'example/shop', commit: 'ab'.repeat(20), run: '7' }
      },
      says: 'ran',
    },
    'nobody signed it': { change: () => undefined, says: 'not-signed' },
    'it was signed': {
      change: ({ plan }) => {
        plan.signedBy = 'shop-nightly+1a2b3c4d'
      },
      says: 'signed',
    },
  },
})
