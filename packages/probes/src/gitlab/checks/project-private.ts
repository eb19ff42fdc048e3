import { bbRepoPrivate } from '../../bitbucket/checks/repo-private.ts'
import type { Check } from '../../engine/check.ts'
import type { GitlabFacts } from '../facts.ts'

/** What is asked of deliveries and projects does not depend on the vendor: judged as at Bitbucket, over the same facts. */
export const glProjectPrivate = {
  ...bbRepoPrivate,
  id: 'gl.project-private',
  version: 1,
  connector: 'gitlab',
  title: { en: 'Projects are private', de: 'Projekte sind privat' },
  sources: ['https://docs.gitlab.com/user/public_access/'],
  pitfalls: [
    'An internal project is open to everybody with an account on the server: not private.',
    'Only the projects that are named are looked at: others are not judged, and none is known to be missing.',
    'A project that was public for an hour may have been copied; only the present is seen.',
  ],
} satisfies Check<GitlabFacts, 'repositories', typeof bbRepoPrivate.params>
