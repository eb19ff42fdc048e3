import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { BitbucketFacts } from '../facts.ts'

export const bbReleaseTags = {
  id: 'bb.release-tags',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'Every deployment belongs to a tagged release',
    de: 'Jede Auslieferung gehört zu einer markierten Version',
  },
  why: {
    en: 'Only who can say which version ran when can say which weakness was open to whom, and go back.',
    de: 'Nur wer weiß, welche Version wann lief, kann sagen, welche Schwäche wem offenstand, und zurückkehren.',
  },
  remedy: {
    en: 'Tag each commit before it is deployed to production, and keep a list of changes beside the code.',
    de: 'Markieren Sie jeden Commit vor der Auslieferung in die Produktion und führen Sie beim Code ein Änderungsverzeichnis.',
  },
  severity: 'low',
  serves: [
    { measure: 'change-management', as: 'proves' },
    { measure: 'release-strategy', as: 'supports' },
  ],
  params: noParams,
  reads: ['releases'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.15', 'ISO/IEC 27001:2022 A.8.32'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/repository-tags/', 'https://keepachangelog.com'],
  pitfalls: [
    'A tag can be moved or made afterwards; only that it points to the deployed commit now is seen.',
    'That there is a list of changes is seen, not whether it names the release.',
  ],
  messages: {
    tagged: { en: 'Commit {commit} is {tag}.', de: 'Commit {commit} ist {tag}.' },
    untagged: {
      en: 'Commit {commit} runs in production and has no tag.',
      de: 'Commit {commit} läuft in Produktion und ist nicht markiert.',
    },
    described: { en: 'There is a list of changes.', de: 'Es gibt ein Änderungsverzeichnis.' },
    undescribed: { en: 'There is no list of changes.', de: 'Es gibt kein Änderungsverzeichnis.' },
  },
  judge({ releases }) {
    return releases.flatMap(({ repository, changelog, deployed }, index) => [
      (changelog ? pass : fail)(
        `${repository} changelog`,
        `releases.${index}.changelog`,
        changelog ? 'described' : 'undescribed',
      ),
      ...deployed.map(({ commit, tags }, at) => {
        const because = `releases.${index}.deployed.${at}.tags`
        const tag = tags.toSorted().at(0)
        return tag === undefined
          ? fail(`${repository}@${commit}`, because, 'untagged', { commit })
          : pass(`${repository}@${commit}`, because, 'tagged', { commit, tag })
      }),
    ])
  },
} satisfies Check<BitbucketFacts, 'releases', typeof noParams>
