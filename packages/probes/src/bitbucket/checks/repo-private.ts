import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  declared: field(z.array(z.string()).default([]), {
    label: { en: 'Repositories that are public on purpose', de: 'Absichtlich öffentliche Repositorys' },
  }),
})

export const bbRepoPrivate = {
  id: 'bb.repo-private',
  version: 1,
  connector: 'bitbucket',
  title: { en: 'Repositories are private', de: 'Repositorys sind privat' },
  why: {
    en: 'A repository that is public by mistake shows code, history and whatever secret was ever committed to everybody.',
    de: 'Ein versehentlich öffentliches Repository zeigt allen Code, Verlauf und jedes je eingecheckte Geheimnis.',
  },
  remedy: {
    en: 'Make the repository private, replace every secret that its history holds, or declare that it is public on purpose.',
    de: 'Stellen Sie das Repository auf privat und ersetzen Sie alle Geheimnisse in seinem Verlauf, oder melden Sie es als absichtlich öffentlich.',
  },
  severity: 'high',
  serves: [{ measure: 'rbac', as: 'supports' }],
  params,
  reads: ['repositories'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.4', 'BSI IT-Grundschutz CON.8'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/set-repository-privacy-and-forking-options/'],
  pitfalls: [
    'A credential that was made for one repository sees only that one: others are not judged, and none is known to be missing.',
    'A repository that was public for an hour may have been copied; only the present is seen.',
  ],
  messages: {
    private: { en: 'The repository is private.', de: 'Das Repository ist privat.' },
    public: { en: 'Everybody can read the repository.', de: 'Alle können das Repository lesen.' },
    declared: {
      en: 'The repository is public, as declared.',
      de: 'Das Repository ist öffentlich, wie gemeldet.',
    },
  },
  judge({ repositories }, { declared }) {
    return repositories.map(({ repository, private: isPrivate }, index) => {
      const because = `repositories.${index}.private`
      if (isPrivate) return pass(repository, because, 'private')
      return declared.includes(repository)
        ? info(repository, because, 'declared')
        : unlessDeclared(fail(repository, because, 'public'), { list: 'declared', values: [repository] })
    })
  },
} satisfies Check<BitbucketFacts, 'repositories', typeof params>
