import { findMeasure, type ControlId, type GoalId } from '@art32/catalogue'
import type { Statement } from '../schema.ts'
import { controlsOfHeading } from '../section.ts'
import {
  absent,
  at,
  has,
  isThere,
  linesOf,
  quote,
  speaksOf,
  type Detector,
  type Examined,
  type Place,
} from './place.ts'

/** Group E: topics that the law names and the document does not. Runs on the mapping, honouring each statement's status. */
export const completeness = {
  'art32-1a-missing': (examined) => {
    const pseudonym = hasControl(examined, 'pseudonymisation')
    const crypto = hasControl(examined, 'encryption') || has(examined, 'transport-encryption', 'vpn', 'disk-encryption')
    return pseudonym && crypto ? [] : emptyHeading(examined, 'pseudonymisation', /pseudonym/i)
  },

  'art32-1b-resilience-missing': (examined) =>
    hasGoal(examined, 'availability') && hasGoal(examined, 'resilience') ? [] : absent,

  'art32-1c-missing': (examined) =>
    has(examined, 'restore-test', 'recovery-objectives', 'backup-concept', 'contingency-plan', 'emergency-exercise')
      ? []
      : emptyHeading(examined, 'recoverability', /recover|wiederherstell/i),

  'art32-1d-missing': (examined) => {
    const stuck = examined.statements.filter((one) => one.candidates.length > 0 && isReviewSection(examined, one))
    if (stuck.length > 0) return [...reviewHeadings(examined, stuck), ...stuck].map((one) => at(one))
    return has(
      examined,
      'measure-review',
      'internal-audit',
      'penetration-test',
      'risk-assessment',
      'access-review',
      'vulnerability-scanning',
      'restore-test',
    )
      ? []
      : absent
  },

  'subprocessors-missing': (examined) => {
    const mentions = examined.statements.filter(
      (one) =>
        one.type !== 'heading' &&
        isThere(one) &&
        (speaksOf(
          one,
          'subprocessor-list',
          'subprocessor-approval',
          'processor-selection',
          'dpa-contracts',
          'certified-datacentre',
        ) ||
          /\bsub-?processors?\b|\bunterauftrag|\bsubunternehm|\bhosting\b/iu.test(one.text)),
    )
    const named = examined.statements.some(
      (one) => one.systems.length > 0 && (mentions.includes(one) || isProcessorSection(one.section)),
    )
    const unfilled = linesOf(examined).find(({ text }) =>
      /\[(HOSTING|SMTP|ANBIETER|PROVIDER|DIENSTLEISTER)[^\]]{0,40}\]/u.test(text),
    )
    if (unfilled) return [{ line: unfilled.line, text: unfilled.text.trim().slice(0, 120) }]
    const first = mentions[0]
    return first && !named && !listsCompanies(examined) ? [at(first)] : []
  },

  'deletion-missing': (examined) => (has(examined, 'retention-deletion', 'return-deletion-at-end') ? [] : absent),

  'people-missing': (examined) => {
    const lacking = ['confidentiality-agreements', 'employee-training'].filter((id) => !has(examined, id))
    return lacking.map((id): Place => {
      const told = examined.statements.find((one) => speaksOf(one, id))
      const title = findMeasure(id)?.title[examined.document.language] ?? id
      return told ? at(told) : { line: null, text: title }
    })
  },

  'risk-missing': (examined) =>
    has(examined, 'risk-assessment', 'data-classification') ||
    linesOf(examined).some(({ text }) =>
      /\brisk|\brisik|schutzbedarf|special categor|besondere\p{Ll}* kategorien|categories of (personal )?data|datenkategorien|protection (class|need)/iu.test(
        text,
      ),
    )
      ? []
      : absent,

  'scope-missing': (examined) => {
    const omitted = linesOf(examined).flatMap(({ line, text }): Place[] => {
      const match = /\bnaming of tools\b.{0,80}|\bwerkzeuge .{0,30}bewusst nicht genannt/iu.exec(text)
      return match ? [{ line, text: quote(text, match) }] : []
    })
    if (omitted.length > 0) return omitted
    const named = examined.statements.some((one) => one.systems.length > 0)
    return named ||
      linesOf(examined).some(({ text }) =>
        /\b(applies to|scope|geltungsbereich|gilt für|anwendungsbereich|service:|produkt:|product:|standort\p{Ll}*)\b/iu.test(
          text,
        ),
      )
      ? []
      : absent
  },
} satisfies Record<string, Detector>

function hasControl({ statements }: Examined, control: ControlId): boolean {
  return statements.some((one) => isThere(one) && one.measures.some(({ id }) => findMeasure(id)?.control === control))
}

function hasGoal({ statements }: Examined, goal: GoalId): boolean {
  return statements.some((one) => isThere(one) && one.measures.some(({ id }) => findMeasure(id)?.goal === goal))
}

/** The heading of the topic that has nothing below it, else the absence in the whole document. */
function emptyHeading({ statements }: Examined, control: ControlId, words: RegExp): readonly Place[] {
  const heading = statements.find(
    (one) => one.type === 'heading' && words.test(one.text) && controlsOfHeading(one.text).has(control),
  )
  return heading ? [{ line: heading.line, text: heading.text }] : absent
}

/** An "in progress" section of review, by its own heading or the one above. */
function isReviewSection({ statements }: Examined, stuck: Statement): boolean {
  return headingsAbove(statements, stuck).some((one) => controlsOfHeading(one.text).has('review'))
}

/** The headings under which nothing but "in progress" stands. */
function reviewHeadings({ statements }: Examined, stuck: readonly Statement[]): Statement[] {
  return stuck
    .flatMap((one) => headingsAbove(statements, one))
    .filter((one) => controlsOfHeading(one.text).has('review'))
}

/** The run of headings directly above a statement. */
function headingsAbove(statements: readonly Statement[], below: Statement): Statement[] {
  const above = statements.slice(0, statements.indexOf(below))
  return above.slice(above.findLastIndex((one) => one.type !== 'heading') + 1)
}

function isProcessorSection(section: string | null): boolean {
  return (
    section !== null &&
    /processor|auftragsverarbeiter|unterauftrag|subunternehm|dienstleister|vendor|speicherort|hosting/iu.test(section)
  )
}

/** Companies by their legal form below a heading about processors. */
function listsCompanies({ statements }: Examined): boolean {
  return statements.some(
    (one) =>
      isProcessorSection(one.section) &&
      /\b(GmbH|AG|Inc\.?|Ltd\.?|LLC|PBC|S\.?A\.?|B\.V\.|SE|KG|Limited)\b/u.test(one.text),
  )
}
