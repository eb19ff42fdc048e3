import { blocksOfText, longDay, longMoment, roleIn } from '@art32/press'
import type { Language, Paper, PaperTable } from '@art32/press'
import { inForce } from './guideline.ts'
import type { VersionRow } from './store.ts'
import type { Standing } from './views.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>

/** The fixed words of papers on guidelines. */
export const guidelineWords = {
  en: {
    version: 'Guideline, version',
    approved: 'Approved on',
    by: 'Approved by',
    gone: 'an account that is gone',
    alone: 'by the person who wrote it, as nobody else could approve it',
    from: 'In force from',
    review: 'To be reviewed by',
    reviewed: 'Last reviewed on',
    withdrawn: 'Withdrawn on',
    reason: 'Reason of the withdrawal',
    old: 'no longer in force',
    oldText: 'Another version is in force, or none. This one is kept for the record.',
    acceptances: 'Acceptances of guidelines',
    figure: (accepted: number, members: number) => `${accepted} of ${members} members accepted this version.`,
    person: 'Person',
    accepted: 'Read and accepted on',
    guideline: 'Guideline',
    number: 'Version',
    notYet: 'not yet',
    nobody: 'Nobody has to accept it.',
    none: 'No guideline is in force.',
  },
  de: {
    version: 'Richtlinie, Version',
    approved: 'Freigegeben am',
    by: 'Freigegeben durch',
    gone: 'ein gelöschtes Konto',
    alone: 'durch die Person, die sie geschrieben hat, da niemand sonst sie freigeben konnte',
    from: 'In Kraft ab',
    review: 'Zu überprüfen bis',
    reviewed: 'Zuletzt überprüft am',
    withdrawn: 'Zurückgezogen am',
    reason: 'Grund der Rücknahme',
    old: 'nicht mehr in Kraft',
    oldText: 'Eine andere Version ist in Kraft oder keine. Diese wird als Beleg aufbewahrt.',
    acceptances: 'Annahmen der Richtlinien',
    figure: (accepted: number, members: number) =>
      `${accepted} von ${members} Mitgliedern haben diese Version angenommen.`,
    person: 'Person',
    accepted: 'Gelesen und angenommen am',
    guideline: 'Richtlinie',
    number: 'Version',
    notYet: 'noch nicht',
    nobody: 'Niemand muss sie annehmen.',
    none: 'Keine Richtlinie ist in Kraft.',
  },
} as const

type Names = ReadonlyMap<string, { readonly name: string }>

/** An approved version as a paper in the guideline's own language. */
export function versionPaper({ row, versions, today }: Standing, version: VersionRow, names: Names): Content {
  const { language } = row
  const say = guidelineWords[language]
  const who = version.approved_by === null ? say.gone : (names.get(version.approved_by)?.name ?? say.gone)
  const isOld = version.withdrawn || inForce(versions, today)?.number !== version.number
  const isToCome = !version.withdrawn && version.effective_from > today
  const day = (at: string | Date) => longDay(typeof at === 'string' ? at : at.toISOString(), language)
  return {
    language,
    title: version.title,
    subtitle: `${say.version} ${version.number}`,
    meta: [
      { label: say.approved, value: day(version.approved_at) },
      {
        label: say.by,
        value: `${who} (${roleIn(version.approved_role, language)})${version.alone ? `, ${say.alone}` : ''}`,
      },
      { label: say.from, value: day(version.effective_from) },
      { label: say.review, value: day(version.review_due) },
      ...(version.reviewed_at === null ? [] : [{ label: say.reviewed, value: day(version.reviewed_at) }]),
      ...(version.withdrawn_at === null
        ? []
        : [
            { label: say.withdrawn, value: day(version.withdrawn_at) },
            { label: say.reason, value: version.withdrawn_reason },
          ]),
    ],
    blocks: [
      ...(isOld && !isToCome
        ? [{ kind: 'notice' as const, sign: { tone: 'waiting' as const, word: say.old }, text: say.oldText }]
        : []),
      ...blocksOfText(version.body),
    ],
  }
}

/** Somebody who accepted a version, or has not yet. */
export interface Acceptance {
  readonly name: string | null
  readonly version: number
  readonly at: string | null
}

/** Who accepted which guideline, and who has not, as a paper. */
export function acceptancesPaper(
  all: readonly { readonly standing: Standing; readonly acceptances: readonly Acceptance[] }[],
  language: Language,
): Content {
  const say = guidelineWords[language]
  const inForceNow = all.filter(({ standing }) => standing.current !== undefined)
  return {
    language,
    title: say.acceptances,
    blocks:
      inForceNow.length === 0
        ? [{ kind: 'paragraph', text: say.none }]
        : inForceNow.flatMap(({ standing: { row, current, accepted, members }, acceptances }): Paper['blocks'] => [
            {
              kind: 'heading',
              level: 1,
              text: `${current?.title ?? ''}, ${say.number} ${current?.number ?? ''}`,
              language: row.language,
            },
            { kind: 'paragraph', text: say.figure(members.filter((id) => accepted.has(id)).length, members.length) },
            {
              kind: 'table',
              columns: [
                { title: say.person, width: 2 },
                { title: say.accepted, width: 1 },
              ],
              rows: acceptances.map(({ name, at }) => [
                name ?? say.gone,
                at === null ? { tone: 'waiting', word: say.notYet } : longMoment(at, language),
              ]),
              empty: say.nobody,
            },
          ]),
  }
}

/** The same as rows for programs: one table of all guidelines, its columns named alike in every language. */
export function acceptancesTable(
  all: readonly { readonly standing: Standing; readonly acceptances: readonly Acceptance[] }[],
): Pick<PaperTable, 'columns' | 'rows'> {
  return {
    columns: ['guideline', 'version', 'name', 'accepted_at'].map((title) => ({ title })),
    rows: all.flatMap(({ standing, acceptances }) =>
      acceptances.map(({ name, version, at }) => [standing.current?.title ?? '', version, name, at]),
    ),
  }
}
