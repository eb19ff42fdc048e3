import { z } from 'zod'
import { fail, info, pass } from '../engine/check.ts'
import type { Verdict } from '../engine/check.ts'
import { field } from '../engine/text.ts'
import type { Merges, Pushes } from './facts.ts'

/** What may be asked of merged changes. */
export const approvalParams = z.object({
  approvals: field(z.int().min(1).default(1), {
    label: { en: 'Approvals by others', de: 'Freigaben durch andere' },
  }),
  bots: field(z.array(z.string()).default([]), {
    label: { en: 'Accounts of programs', de: 'Konten von Programmen' },
    help: {
      en: "The vendor's ids of accounts whose approvals do not count",
      de: 'Kennungen beim Anbieter von Konten, deren Freigaben nicht zählen',
    },
  }),
})

export const approvalMessages = {
  approved: {
    en: 'All {count} changes merged into {branch} were approved by somebody else.',
    de: 'Alle {count} nach {branch} übernommenen Änderungen waren von anderen freigegeben.',
  },
  none: { en: 'Nothing was merged in the window.', de: 'Im Zeitraum wurde nichts übernommen.' },
  unapproved: {
    en: 'Change {id} was merged without an approval; {needed} needed.',
    de: 'Änderung {id} wurde ohne Freigabe übernommen; nötig: {needed}.',
  },
  few: {
    en: 'Change {id} was merged with {count} approvals that count; {needed} needed.',
    de: 'Änderung {id} wurde mit {count} zählenden Freigaben übernommen; nötig: {needed}.',
  },
  own: {
    en: 'Change {id} was approved by nobody but its author.',
    de: 'Änderung {id} wurde nur von der verfassenden Person selbst freigegeben.',
  },
  program: {
    en: 'Change {id} was approved by nobody but a program.',
    de: 'Änderung {id} wurde nur von einem Programm freigegeben.',
  },
  late: {
    en: 'Change {id} was approved only after it had been merged.',
    de: 'Änderung {id} wurde erst nach der Übernahme freigegeben.',
  },
  stale: {
    en: 'Change {id} was changed after its last approval and merged without a new one.',
    de: 'Änderung {id} wurde nach der letzten Freigabe geändert und ohne neue übernommen.',
  },
} as const

type Change = Merges[number]['changes'][number]
type Approval = Change['approvals'][number]

/** One verdict for each change that should not have been merged, or one for a repository without any. */
export function judgeMerges(
  merges: Merges,
  { approvals: needed, bots }: z.output<typeof approvalParams>,
): readonly Verdict[] {
  const verdicts = merges.flatMap(({ repository, branch, changes }, index) => {
    const bad = changes.flatMap((change, at) => {
      const fault = faultOf(change, needed, bots)
      if (fault === undefined) return []
      const says = { id: change.id, needed, count: fault.count }
      return [fail(`${repository}#${change.id}`, `merges.${index}.changes.${at}`, fault.key, says)]
    })
    if (bad.length > 0 || changes.length === 0) return bad
    return [pass(repository, `merges.${index}.changes`, 'approved', { count: changes.length, branch })]
  })
  return verdicts.length > 0 || merges.length === 0 ? verdicts : [info('window', 'merges', 'none')]
}

/** Why the approvals of a change do not suffice: the first rule that none of them passes. */
function faultOf(
  change: Change,
  needed: number,
  bots: readonly string[],
): { key: keyof typeof approvalMessages; count: number } | undefined {
  const rules: readonly (readonly [key: keyof typeof approvalMessages, holds: (one: Approval) => boolean])[] = [
    ['own', ({ by }) => by !== change.author],
    ['program', ({ by, program }) => !program && !bots.includes(by)],
    ['late', ({ at }) => Date.parse(at) <= Date.parse(change.mergedAt)],
    ['stale', ({ current }) => current],
  ]
  let left = change.approvals
  if (left.length === 0) return { key: 'unapproved', count: 0 }
  for (const [key, holds] of rules) {
    left = left.filter(holds)
    if (left.length === 0) return { key, count: 0 }
  }
  const count = new Set(left.map(({ by }) => by)).size
  return count < needed ? { key: 'few', count } : undefined
}

/** What may be declared about commits without a pull request. */
export const pushParams = z.object({
  bots: field(z.array(z.string()).default([]), {
    label: { en: 'Accounts of programs', de: 'Konten von Programmen' },
    help: {
      en: "The vendor's ids of accounts that may write to the branch directly, as one that raises the version",
      de: 'Kennungen beim Anbieter von Konten, die direkt in den Zweig schreiben dürfen, etwa zum Erhöhen der Version',
    },
  }),
})

export const pushMessages = {
  reviewed: {
    en: 'All {count} commits on {branch} came by a pull request.',
    de: 'Alle {count} Commits auf {branch} kamen durch einen Pull Request.',
  },
  declared: {
    en: 'All {count} commits on {branch} came by a pull request or from a declared program.',
    de: 'Alle {count} Commits auf {branch} kamen durch einen Pull Request oder von einem gemeldeten Programm.',
  },
  none: { en: 'Nothing was committed in the window.', de: 'Im Zeitraum gab es keine Commits.' },
  direct: {
    en: 'Commit {commit} reached {branch} without a pull request.',
    de: 'Commit {commit} gelangte ohne Pull Request nach {branch}.',
  },
} as const

/** One verdict for each commit that came directly, or one for a repository without any. */
export function judgePushes(pushes: Pushes, { bots }: z.output<typeof pushParams>): readonly Verdict[] {
  const verdicts = pushes.flatMap(({ repository, branch, commits, direct }, index) => {
    const bad = direct.flatMap(({ commit, author }, at) =>
      author !== null && bots.includes(author)
        ? []
        : [fail(`${repository}@${commit}`, `pushes.${index}.direct.${at}`, 'direct', { commit, branch })],
    )
    if (bad.length > 0 || commits === 0) return bad
    const key = direct.length > 0 ? 'declared' : 'reviewed'
    return [pass(repository, `pushes.${index}.commits`, key, { count: commits, branch })]
  })
  return verdicts.length > 0 || pushes.length === 0 ? verdicts : [info('window', 'pushes', 'none')]
}
