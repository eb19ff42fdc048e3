import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(90), {
    label: { en: 'Longest time between releases', de: 'Längste Zeit zwischen Versionen' },
    unit: 'days',
  }),
})

export const productReleaseCadence = {
  id: 'product.release-cadence',
  version: 1,
  connector: 'git',
  title: { en: 'Releases are tagged, recent and described', de: 'Versionen sind markiert, aktuell und beschrieben' },
  why: {
    en: 'A product that has not been released for long has not been patched for long.',
    de: 'Ein Produkt ohne neue Version seit Langem ist seit Langem ungepatcht.',
  },
  remedy: {
    en: 'Release in a rhythm, tag each version and keep a changelog.',
    de: 'In einem Rhythmus ausliefern, jede Version markieren und ein Änderungsprotokoll führen.',
  },
  severity: 'low',
  serves: [{ measure: 'release-strategy', as: 'proves' }],
  params,
  reads: ['releases'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.32'],
  sources: ['https://semver.org', 'https://keepachangelog.com'],
  pitfalls: [
    'Only tags that look like versions count. The date is that of the tag, or of its commit for a lightweight tag.',
    'A tag is not a release: what was delivered is not seen here.',
  ],
  messages: {
    recent: { en: '{tag} was tagged {days} days ago.', de: '{tag} wurde vor {days} Tagen markiert.' },
    old: {
      en: '{tag} was tagged {days} days ago; at most {maximum} are promised.',
      de: '{tag} wurde vor {days} Tagen markiert; zugesagt sind höchstens {maximum}.',
    },
    untagged: { en: 'No version is tagged.', de: 'Keine Version ist markiert.' },
    described: { en: 'There is a changelog.', de: 'Es gibt ein Änderungsprotokoll.' },
    undescribed: { en: 'There is no changelog.', de: 'Es gibt kein Änderungsprotokoll.' },
  },
  judge({ releases: { tags, changelog } }, { maxDays }, now) {
    return [
      judgeTag(newestOf(tags), maxDays, now),
      (changelog ? pass : fail)('changelog', 'releases.changelog', changelog ? 'described' : 'undescribed'),
    ]
  },
} satisfies Check<GitFacts, 'releases', typeof params>

type Tag = GitFacts['releases']['tags'][number]

/** The first of the newest tags; times may have different offsets. */
function newestOf(tags: readonly Tag[]): Tag | undefined {
  let newest: { tag: Tag; ms: number } | undefined
  for (const tag of tags) {
    const ms = Date.parse(tag.at)
    if (newest === undefined || ms > newest.ms) newest = { tag, ms }
  }
  return newest?.tag
}

function judgeTag(newest: Tag | undefined, maximum: number, now: Date): Verdict {
  if (newest === undefined) return fail('release', 'releases.tags', 'untagged')
  const days = Math.max(0, -daysUntil(newest.at, now) - 1)
  const says = { tag: newest.name, days, maximum }
  return days > maximum
    ? fail('release', 'releases.tags', 'old', says)
    : pass('release', 'releases.tags', 'recent', says)
}
