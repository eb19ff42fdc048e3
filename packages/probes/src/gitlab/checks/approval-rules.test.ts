import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glApprovalRules } from './approval-rules.ts'

const good: GitlabFacts['approvalRules'][number] = {
  repository: 'example/shop',
  branch: 'main',
  needed: 1,
  authorsMayApprove: false,
  committersMayApprove: false,
  keptOnPush: false,
}
const changed = (change: Partial<typeof good>) => (f: Pick<GitlabFacts, 'approvalRules'>) => {
  for (const one of f.approvalRules) Object.assign(one, change)
}

examine(glApprovalRules, {
  good: { approvalRules: [good] },
  bad: {
    'no approval is asked for': { change: changed({ needed: 0 }), says: 'few' },
    'one is too few': { change: changed({}), says: 'few', parameters: { approvals: 2 } },
    'authors may approve': { change: changed({ authorsMayApprove: true }), says: 'authors' },
    'committers may approve': { change: changed({ committersMayApprove: true }), says: 'committers' },
    'approvals outlive a push': { change: changed({ keptOnPush: true }), says: 'kept' },
  },
  empty: {
    'there is no project': (f) => {
      f.approvalRules = []
    },
  },
})
