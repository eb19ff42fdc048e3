import { examine } from '../../testing/examine.ts'
import { hostBaseline } from './baseline.ts'

examine(hostBaseline, {
  good: {
    baseline: {
      tool: 'lynis' as const,
      profile: 'Lynis 3.0.8',
      at: '2026-11-20T08:00:00.000Z',
      score: 71,
      failed: [] as string[],
      rules: 262,
    },
  },
  bad: {
    'a rule fails': {
      change: (f) => {
        f.baseline.failed = ['PKGS-7392']
      },
      says: 'failed',
    },
    'another rule fails than was accepted': {
      change: (f) => {
        f.baseline.failed = ['FIRE-4512', 'SSH-7408']
      },
      parameters: { accepted: ['FIRE-4512'] },
      says: 'failed',
    },
    'the score is low': {
      change: (f) => {
        f.baseline.score = 59
      },
      parameters: { minScore: 60 },
      says: 'low',
    },
    'the report is old': {
      change: (f) => {
        f.baseline.at = '2026-10-01T08:00:00.000Z'
      },
      says: 'old',
    },
  },
  told: {
    'the rule that fails was accepted': {
      change: (f) => {
        f.baseline.failed = ['PKGS-7392']
      },
      parameters: { accepted: ['PKGS-7392'] },
      says: 'accepted',
    },
    'there is no score': {
      change: (f) => {
        f.baseline.score = null
      },
      says: 'fresh',
    },
  },
})
