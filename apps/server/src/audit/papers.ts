import { assuranceSigns, assurances, longDay, longMoment, roleIn } from '@art32/press'
import type { Language, Paper, PaperBlock, PaperTable } from '@art32/press'
import type { z } from 'zod'
import type { AuditView, ItemView } from './views.ts'

type Audit = z.input<typeof AuditView>
type Item = z.input<typeof ItemView>

/** The fixed words of papers on audits. */
export const auditWords = {
  en: {
    kind: { review: 'Review of the measures', internal: 'Internal audit' },
    over: 'Art. 32(1)(d) GDPR',
    state: 'State',
    states: { planned: 'planned', open: 'not signed yet', signed: 'signed', cancelled: 'given up' },
    plannedOn: 'Planned for',
    openedAt: 'Begun',
    since: 'Looks at all since',
    beginning: 'the beginning',
    scope: 'Scope and what it is measured by',
    sample: 'Drawn sample',
    drawn: (items: number, population: number) => `${items} of ${population} lines that are said to be in place`,
    seed: 'Drawn by the seed',
    figure: 'Looked at',
    figures: (items: number, findings: number, toDo: number) =>
      `${items} items; findings: ${findings}, of which still to be done: ${toDo}`,
    signed: 'Signed',
    gone: 'an account that is gone',
    conclusion: 'Conclusion',
    findings: 'Findings and follow-up',
    noFindings: 'Nothing was found.',
    looked: 'What was looked at',
    nothing: 'There was nothing to look at.',
    number: 'No.',
    what: 'What',
    why: 'Why',
    verdict: 'Verdict',
    note: 'Note',
    severity: 'How bad',
    owner: 'Whose',
    due: 'By',
    done: 'Done',
    severities: { major: 'major', minor: 'minor', observation: 'observation' },
    fine: 'fine',
    finding: 'finding',
    undecided: 'not decided',
    open: 'open',
    stated: (stated: number, lines: number) => `${stated} of ${lines} lines are only stated`,
    onTime: (done: number, of: number) => `on time ${done} of ${of}`,
    reasons: {
      failing: 'not fulfilled',
      lapsed: 'proof has lapsed',
      absent: 'not in place',
      planned: 'planned',
      added: 'new',
      removed: 'removed',
      changed: 'says something else',
      reworded: 'reworded',
      exception: 'exception in force',
      'open-finding': 'open finding',
      overdue: 'overdue duty',
      'not-on-time': 'duty not always on time',
      'risk-open': 'risk not accepted',
      'risk-due': 'risk to be looked at again',
      'only-stated': 'only stated',
      sampled: 'in the sample',
      own: 'own observation',
    },
  },
  de: {
    kind: { review: 'Überprüfung der Maßnahmen', internal: 'Internes Audit' },
    over: 'Art. 32 Abs. 1 lit. d DSGVO',
    state: 'Stand',
    states: { planned: 'geplant', open: 'noch nicht gezeichnet', signed: 'gezeichnet', cancelled: 'verworfen' },
    plannedOn: 'Geplant für',
    openedAt: 'Begonnen',
    since: 'Betrachtet alles seit',
    beginning: 'dem Anfang',
    scope: 'Umfang und Maßstab',
    sample: 'Stichprobe',
    drawn: (items: number, population: number) => `${items} von ${population} Zeilen, die als umgesetzt gelten`,
    seed: 'Gezogen mit dem Startwert',
    figure: 'Betrachtet',
    figures: (items: number, findings: number, toDo: number) =>
      `${items} Punkte; Befunde: ${findings}, davon noch zu erledigen: ${toDo}`,
    signed: 'Gezeichnet',
    gone: 'ein gelöschtes Konto',
    conclusion: 'Ergebnis',
    findings: 'Befunde und Nachverfolgung',
    noFindings: 'Es wurde nichts gefunden.',
    looked: 'Was betrachtet wurde',
    nothing: 'Es gab nichts zu betrachten.',
    number: 'Nr.',
    what: 'Was',
    why: 'Warum',
    verdict: 'Urteil',
    note: 'Notiz',
    severity: 'Schwere',
    owner: 'Wessen',
    due: 'Bis',
    done: 'Erledigt',
    severities: { major: 'schwer', minor: 'leicht', observation: 'Beobachtung' },
    fine: 'in Ordnung',
    finding: 'Befund',
    undecided: 'nicht entschieden',
    open: 'offen',
    stated: (stated: number, lines: number) => `${stated} von ${lines} Zeilen sind nur angegeben`,
    onTime: (done: number, of: number) => `rechtzeitig ${done} von ${of}`,
    reasons: {
      failing: 'nicht erfüllt',
      lapsed: 'Nachweis abgelaufen',
      absent: 'nicht vorhanden',
      planned: 'geplant',
      added: 'neu',
      removed: 'entfernt',
      changed: 'sagt etwas anderes',
      reworded: 'umformuliert',
      exception: 'Ausnahme in Kraft',
      'open-finding': 'offene Feststellung',
      overdue: 'überfällige Pflicht',
      'not-on-time': 'Pflicht nicht immer rechtzeitig',
      'risk-open': 'Risiko nicht angenommen',
      'risk-due': 'Risiko erneut zu prüfen',
      'only-stated': 'nur angegeben',
      sampled: 'in der Stichprobe',
      own: 'eigene Beobachtung',
    },
  },
} as const

/** The record of an audit: how it was done, what it concludes, what was found, and all that was looked at. */
export function auditPaper(
  audit: Audit,
  items: readonly Item[],
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = auditWords[language]
  const findings = items.filter(({ verdict }) => verdict === 'finding')
  return {
    language,
    title: audit.title,
    subtitle: say.kind[audit.kind],
    over: say.over,
    meta: metaOf(audit, language),
    blocks: [
      ...(audit.conclusion === null
        ? []
        : [
            { kind: 'heading' as const, level: 1 as const, text: say.conclusion },
            { kind: 'paragraph' as const, text: audit.conclusion },
          ]),
      { kind: 'heading', level: 1, text: say.findings },
      findings.length === 0 ? { kind: 'paragraph', text: say.noFindings } : findingsOf(findings, language),
      { kind: 'heading', level: 1, text: say.looked },
      lookedAt(items, language),
    ],
  }
}

function metaOf(audit: Audit, language: Language): NonNullable<Paper['meta']> {
  const say = auditWords[language]
  const { openedAt, population, seed, signedAt, signedRole, scope } = audit
  return [
    { label: say.state, value: say.states[audit.state] },
    { label: say.plannedOn, value: longDay(audit.plannedOn, language) },
    ...(openedAt === null ? [] : [{ label: say.openedAt, value: longMoment(openedAt, language) }]),
    ...(audit.kind === 'review' && openedAt !== null
      ? [{ label: say.since, value: audit.since === null ? say.beginning : longMoment(audit.since, language) }]
      : []),
    ...(scope === '' ? [] : [{ label: say.scope, value: scope }]),
    ...(population === null ? [] : [{ label: say.sample, value: say.drawn(audit.items, population) }]),
    ...(seed === null ? [] : [{ label: say.seed, value: seed }]),
    { label: say.figure, value: say.figures(audit.items, audit.findings, audit.toDo) },
    ...(signedAt === null
      ? []
      : [
          {
            label: say.signed,
            value: `${audit.signedBy ?? say.gone} (${roleIn(signedRole ?? '', language)}), ${longMoment(signedAt, language)}`,
          },
        ]),
  ]
}

function findingsOf(findings: readonly Item[], language: Language): PaperBlock {
  const say = auditWords[language]
  return {
    kind: 'table',
    columns: [
      { title: say.number, align: 'right' },
      { title: say.what, width: 5 },
      { title: say.severity, width: 2 },
      { title: say.owner, width: 2 },
      { title: say.due, width: 2 },
      { title: say.done, width: 4 },
    ],
    rows: findings.map(({ position, title, note, severity, owner, due, doneAt, doneNote, reasons, detail }) => [
      position,
      `${titleOf({ title, reasons, detail }, language)}\n${note}`,
      severity === null ? null : say.severities[severity],
      owner,
      due === null ? null : longDay(due, language),
      doneAt === null
        ? { tone: 'waiting' as const, word: say.open }
        : `${longDay(doneAt, language)}: ${doneNote ?? ''}`,
    ]),
  }
}

function lookedAt(items: readonly Item[], language: Language): PaperBlock {
  const say = auditWords[language]
  return {
    kind: 'table',
    columns: [
      { title: say.number, align: 'right' },
      { title: say.what, width: 6 },
      { title: say.why, width: 3 },
      { title: say.verdict, width: 2 },
      { title: say.note, width: 4 },
    ],
    rows: items.map((item) => [
      item.position,
      titleOf(item, language),
      reasonsOf(item, language),
      item.verdict === null
        ? { tone: 'waiting' as const, word: say.undecided }
        : { tone: item.verdict === 'fine' ? ('good' as const) : ('bad' as const), word: say[item.verdict] },
      item.note === '' ? null : item.note,
    ]),
    empty: say.nothing,
  }
}

type Named = Pick<Item, 'title' | 'reasons' | 'detail'>

function titleOf({ title, detail }: Named, language: Language): string {
  if (title !== '') return title
  return auditWords[language].stated(Number(detail['stated'] ?? 0), Number(detail['lines'] ?? 0))
}

function reasonsOf({ reasons, detail }: Named, language: Language): string {
  const say = auditWords[language]
  const assurance = assurances.find((one) => one === detail['assurance'])
  return [
    ...reasons.map((reason) => say.reasons[reason]),
    ...(typeof detail['until'] === 'string' ? [longDay(detail['until'], language)] : []),
    ...(detail['of'] === undefined ? [] : [say.onTime(Number(detail['onTime']), Number(detail['of']))]),
    ...(assurance === undefined ? [] : [assuranceSigns[assurance].word[language]]),
  ].join(', ')
}

/** The items as rows for programs, their columns named alike in every language. */
export function auditTable(items: readonly Item[]): Pick<PaperTable, 'columns' | 'rows'> {
  const columns = 'position kind id title reasons verdict note severity owner due decided_at done_at done_note'
  return {
    columns: columns.split(' ').map((title) => ({ title })),
    rows: items.map((item) => [
      item.position,
      item.about.kind,
      item.about.id,
      item.title,
      item.reasons.join(' '),
      item.verdict,
      item.note,
      item.severity,
      item.owner,
      item.due,
      item.decidedAt,
      item.doneAt,
      item.doneNote,
    ]),
  }
}
