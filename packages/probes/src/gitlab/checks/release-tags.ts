import { bbReleaseTags } from '../../bitbucket/checks/release-tags.ts'
import type { Check } from '../../engine/check.ts'
import type { GitlabFacts } from '../facts.ts'

/** What is asked of deliveries and projects does not depend on the vendor: judged as at Bitbucket, over the same facts. */
export const glReleaseTags = {
  ...bbReleaseTags,
  id: 'gl.release-tags',
  version: 1,
  connector: 'gitlab',
  title: { en: 'Whatever is deployed is a tagged release', de: 'Was ausgeliefert wird, ist eine markierte Version' },
  sources: ['https://docs.gitlab.com/api/releases/', 'https://docs.gitlab.com/api/tags/'],
  pitfalls: [
    'A tag can be moved or made afterwards, unless tags are protected; only that it points to the deployed commit now is seen.',
    'A list of changes is a file with content, or the notes of any release; whether it names this release is not seen.',
  ],
} satisfies Check<GitlabFacts, 'releases', typeof bbReleaseTags.params>
