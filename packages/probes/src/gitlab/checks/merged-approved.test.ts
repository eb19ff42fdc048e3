import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glMrMergedApproved } from './merged-approved.ts'

const approval = { by: '{b2}', at: '2026-11-10T10:00:00Z', current: true, program: false }
const good: Pick<GitlabFacts, 'merges'> = {
  merges: [
    {
      repository: 'shop',
      branch: 'main',
      changes: [{ id: 7, author: '{a1}', mergedAt: '2026-11-10T11:00:00Z', approvals: [approval] }],
    },
    { repository: 'quiet', branch: 'main', changes: [] },
  ],
}
const change = (f: typeof good, approvals: (typeof approval)[]) => {
  const [first] = f.merges[0]?.changes ?? []
  if (first) first.approvals = approvals
}

examine(glMrMergedApproved, {
  good,
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
})
