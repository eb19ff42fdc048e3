import { examine } from '../../testing/examine.ts'
import { bbPrNoDirectPush } from './no-direct-push.ts'

const good = {
  pushes: [
    { repository: 'shop', branch: 'main', commits: 4, direct: [{ commit: '777777777777', author: '{bot}' }] },
    { repository: 'site', branch: 'main', commits: 2, direct: [] },
  ],
}

examine(bbPrNoDirectPush, {
  good,
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
})
