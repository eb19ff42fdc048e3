import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glMrNoDirectPush } from './no-direct-push.ts'

const good: Pick<GitlabFacts, 'pushes'> = {
  pushes: [
    { repository: 'example/shop', branch: 'main', commits: 3, direct: [] },
    { repository: 'example/site', branch: 'main', commits: 2, direct: [{ commit: 'a1', author: 'declared program' }] },
  ],
}

examine(glMrNoDirectPush, {
  good,
  bad: {
    'a commit came directly': {
      change: (f) => {
        for (const one of f.pushes) one.direct = [{ commit: 'b2', author: null }]
      },
      says: 'direct',
    },
    'one of two came directly': {
      change: (f) => {
        f.pushes[1]?.direct.push({ commit: 'c3', author: null })
      },
      says: 'direct',
    },
  },
  told: {
    'nothing was committed': {
      change: (f) => {
        f.pushes = [{ repository: 'example/shop', branch: 'main', commits: 0, direct: [] }]
      },
      says: 'none',
    },
  },
  empty: {
    'there is no project': (f) => {
      f.pushes = []
    },
  },
})
