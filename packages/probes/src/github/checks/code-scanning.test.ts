import { examine } from '../../testing/examine.ts'
import type { GithubFacts } from '../facts.ts'
import { ghCodeScanning } from './code-scanning.ts'

const good: Pick<GithubFacts, 'analyses'> = {
  analyses: [{ repository: 'shop', branch: 'main', on: true, newest: { at: '2026-11-20T00:00:00Z', tool: 'CodeQL' } }],
}
const change = (more: Partial<GithubFacts['analyses'][number]>) => (f: typeof good) => {
  for (const one of f.analyses) Object.assign(one, more)
}

examine(ghCodeScanning, {
  good,
  bad: {
    'it is off': { change: change({ on: false, newest: null }), says: 'off' },
    'no analysis ended well': { change: change({ newest: null }), says: 'never' },
    'the last analysis is old': {
      change: change({ newest: { at: '2026-11-10T00:00:00Z', tool: 'CodeQL' } }),
      says: 'old',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.analyses = []
    },
  },
})
