import { examine } from '../../testing/examine.ts'
import { glProjectPrivate } from './project-private.ts'

const good: { repositories: { repository: string; private: boolean; branch: string | null }[] } = {
  repositories: [
    { repository: 'shop', private: true, branch: 'main' },
    { repository: 'empty', private: true, branch: null },
  ],
}

examine(glProjectPrivate, {
  good,
  bad: {
    'one is public': {
      change: (f) => {
        f.repositories.push({ repository: 'docs', private: false, branch: 'main' })
      },
      says: 'public',
    },
  },
  told: {
    'one is public on purpose': {
      change: (f) => {
        f.repositories.push({ repository: 'docs', private: false, branch: 'main' })
      },
      says: 'declared',
      parameters: { declared: ['docs'] },
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.repositories = []
    },
  },
})
