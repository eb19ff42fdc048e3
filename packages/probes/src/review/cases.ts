import type { Cases } from '../testing/examine.ts'
import type { Merges, Pushes } from './facts.ts'

const approval = { by: '{b2}', at: '2026-11-10T10:00:00Z', current: true, program: false }
const goodMerges: { merges: Merges } = {
  merges: [
    {
      repository: 'shop',
      branch: 'main',
      changes: [{ id: 7, author: '{a1}', mergedAt: '2026-11-10T11:00:00Z', approvals: [approval] }],
    },
    { repository: 'quiet', branch: 'main', changes: [] },
  ],
}
const change = (f: { merges: Merges }, approvals: (typeof approval)[]) => {
  const [first] = f.merges[0]?.changes ?? []
  if (first) first.approvals = approvals
}

/** For tests: what every check on approvals must say, whichever vendor keeps the changes. */
export const approvalCases: Cases<{ merges: Merges }> = {
  good: goodMerges,
  bad: {
    'nobody approved': { change: (f) => change(f, []), says: 'unapproved' },
    'only the author approved': { change: (f) => change(f, [{ ...approval, by: '{a1}' }]), says: 'own' },
    'the approval came after the merge': {
      change: (f) => change(f, [{ ...approval, at: '2026-11-10T11:00:01Z' }]),
      says: 'late',
    },
    'something was pushed after the approval': {
      change: (f) => change(f, [{ ...approval, current: false }]),
      says: 'stale',
    },
    'only a program approved': { change: (f) => change(f, [{ ...approval, program: true }]), says: 'program' },
    'only a declared program approved': {
      change: (f) => change(f, [{ ...approval, by: '{e5}' }]),
      says: 'program',
      parameters: { bots: ['{e5}', '{b2}'] },
    },
    'one person approved twice and two are needed': {
      change: (f) => change(f, [approval, { ...approval, at: '2026-11-10T10:30:00Z' }]),
      says: 'few',
      parameters: { approvals: 2 },
    },
  },
  told: {
    'nothing was merged': {
      change: (f) => {
        for (const one of f.merges) one.changes = []
      },
      says: 'none',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.merges = []
    },
  },
}

/** For tests: what every check on commits without a review must say. */
export const pushCases: Cases<{ pushes: Pushes }> = {
  good: {
    pushes: [
      { repository: 'shop', branch: 'main', commits: 4, direct: [{ commit: '777777777777', author: '{bot}' }] },
      { repository: 'site', branch: 'main', commits: 2, direct: [] },
    ],
  },
  parameters: { bots: ['{bot}'] },
  bad: {
    'somebody wrote directly': {
      change: (f) => {
        f.pushes[1]?.direct.push({ commit: '888888888888', author: '{a1}' })
      },
      says: 'direct',
      parameters: { bots: ['{bot}'] },
    },
    'nobody knows who wrote directly': {
      change: (f) => {
        Object.assign(f.pushes[0] ?? {}, { direct: [{ commit: '777777777777', author: null }] })
      },
      says: 'direct',
      parameters: { bots: ['{bot}'] },
    },
    'the program was not declared': { change: () => undefined, says: 'direct', parameters: { bots: [] } },
  },
  told: {
    'nothing was committed': {
      change: (f) => {
        for (const one of f.pushes) Object.assign(one, { commits: 0, direct: [] })
      },
      says: 'none',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.pushes = []
    },
  },
}
