import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const hourMs = 3_600_000

const params = z.object({
  maxHours: field(z.int().min(1).default(24), {
    label: { en: 'The second copy follows within', de: 'Die zweite Kopie folgt binnen' },
    unit: 'hours',
  }),
  otherHost: field(z.boolean().default(true), {
    label: { en: 'On another host than the first', de: 'Auf einem anderen Host als die erste' },
  }),
})

export const backupRepoMirror = {
  id: 'backup.repo-mirror',
  version: 1,
  connector: 'git',
  title: {
    en: 'Repositories have an equal second copy',
    de: 'Repositorys haben eine gleiche zweite Kopie',
  },
  why: {
    en: 'An account that is locked, a vendor that fails or a branch that is overwritten takes the code with it where there is one copy only.',
    de: 'Ein gesperrtes Konto, ein ausgefallener Anbieter oder ein überschriebener Zweig nimmt den Code mit, wenn es nur eine Kopie gibt.',
  },
  remedy: {
    en: 'Push every branch and tag to a repository at another place (git push --mirror), on a schedule and with other credentials, and look why the last run did not arrive.',
    de: 'Alle Zweige und Tags regelmäßig und mit anderen Zugangsdaten in ein Repository an anderem Ort übertragen (git push --mirror) und klären, warum der letzte Lauf nicht ankam.',
  },
  severity: 'medium',
  serves: [
    { measure: 'source-config-backup', as: 'proves' },
    { measure: 'backup-offsite', as: 'supports' },
  ],
  params,
  reads: ['mirrors'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'ISO/IEC 27001:2022 A.8.4', 'BSI CON.3'],
  sources: ['https://git-scm.com/docs/git-push', 'https://git-scm.com/docs/git-fsck'],
  pitfalls: [
    'The second copy is really copied and every object verified: a list of branches would look the same where objects are lost.',
    'How long it lags is told by the dates of commits, which can be set at will: one with an old date counts as late at once.',
    'A branch that went another way, as after a force push, is different at once, however new.',
    'What only the second copy has is no fault: it may keep what was deleted.',
    'Issues, pull requests, pipelines and large files kept beside git are not in either copy.',
    'Another name of a host may lead to the same machine.',
  ],
  messages: {
    equal: {
      en: 'All {refs} branches and tags are in the second copy, and its objects are whole.',
      de: 'Alle {refs} Zweige und Tags liegen in der zweiten Kopie, und deren Objekte sind heil.',
    },
    following: {
      en: 'The second copy is whole; {count} of {refs} branches and tags are still on their way.',
      de: 'Die zweite Kopie ist heil; {count} von {refs} Zweigen und Tags sind noch unterwegs.',
    },
    late: { en: '{ref} lacks what is there since {since}.', de: 'In {ref} fehlt, was seit {since} da ist.' },
    missing: { en: '{ref} is not in the second copy.', de: '{ref} fehlt in der zweiten Kopie.' },
    different: { en: '{ref} is something else in the second copy.', de: '{ref} ist in der zweiten Kopie anders.' },
    more: {
      en: '{count} further branches and tags differ.',
      de: '{count} weitere Zweige und Tags weichen ab.',
    },
    damaged: { en: 'Objects of the second copy are damaged.', de: 'Objekte der zweiten Kopie sind beschädigt.' },
    together: {
      en: 'Both copies lie on the same host.',
      de: 'Beide Kopien liegen auf demselben Host.',
    },
  },
  judge({ mirrors }, { maxHours, otherHost }, now) {
    const verdicts: Verdict[] = []
    const since = now.getTime() - maxHours * hourMs
    for (const [index, { place, elsewhere, refs, differing, behind, intact }] of mirrors.entries()) {
      const at = `mirrors.${index}`
      const before = verdicts.length
      if (!intact) verdicts.push(fail(`${place} objects`, `${at}.intact`, 'damaged'))
      if (!elsewhere && otherHost) verdicts.push(fail(`${place} host`, `${at}.elsewhere`, 'together'))
      for (const [position, one] of behind.entries())
        if (one.since === null || Date.parse(one.since) < since)
          verdicts.push(fail(`${place} ${one.ref}`, `${at}.behind.${position}`, one.how, saysOf(one)))
      const unnamed = differing - behind.length
      if (unnamed > 0) verdicts.push(fail(`${place} further`, `${at}.differing`, 'more', { count: unnamed }))
      if (verdicts.length === before)
        verdicts.push(pass(place, `${at}.refs`, differing === 0 ? 'equal' : 'following', { refs, count: differing }))
    }
    return verdicts
  },
} satisfies Check<GitFacts, 'mirrors', typeof params>

function saysOf({ ref, since }: GitFacts['mirrors'][number]['behind'][number]) {
  return {
    ref: ref.startsWith('refs/') ? ref.replace(/^refs\/(heads|tags)\//, '') : ref,
    since: since?.slice(0, 16) ?? '?',
  }
}
