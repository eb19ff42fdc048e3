import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glReleaseTags } from './release-tags.ts'

const good: Pick<GitlabFacts, 'releases'> = {
  releases: [
    {
      repository: 'shop',
      changelog: true,
      deployed: [
        { commit: 'eeeeeeeeeeee', tags: ['v1.2.0', 'latest'] },
        { commit: 'cccccccccccc', tags: ['v1.1.0'] },
      ],
    },
  ],
}

examine(glReleaseTags, {
  good,
  bad: {
    'one has no tag': {
      change: (f) => {
        f.releases[0]?.deployed.push({ commit: 'bbbbbbbbbbbb', tags: [] })
      },
      says: 'untagged',
    },
    'there is no list of changes': {
      change: (f) => {
        for (const one of f.releases) one.changelog = false
      },
      says: 'undescribed',
    },
  },
  empty: {
    'nothing was deployed': (f) => {
      f.releases = []
    },
  },
})
