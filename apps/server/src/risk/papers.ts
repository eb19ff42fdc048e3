import { findMeasure } from '@art32/catalogue'
import { assuranceSigns, longDay } from '@art32/press'
import type { Language, Paper, PaperBlock, PaperSign, PaperTable } from '@art32/press'
import type { z } from 'zod'
import type { Level } from './risk.ts'
import type { RiskView } from './views.ts'

type Risk = z.input<typeof RiskView>

/** The fixed words of papers on risks. */
export const riskWords = {
  en: {
    title: 'Risks for people and what is done about them',
    over: 'Art. 32(2) GDPR',
    rule: 'Likelihood and severity are estimated in four steps: 1 negligible, 2 limited, 3 substantial, 4 great. A product of at most 3 is low, of at least 9 high.',
    map: 'How many risks remain where',
    likelihood: 'Likelihood',
    severity: 'Severity',
    all: 'All risks',
    risk: 'Risk',
    before: 'Before',
    after: 'After',
    state: 'State',
    level: { low: 'low', medium: 'medium', high: 'high' },
    states: { open: 'not accepted', accepted: 'accepted', 'review-due': 'to be looked at again', retired: 'closed' },
    events: {
      destruction: 'destruction',
      loss: 'loss',
      alteration: 'alteration',
      disclosure: 'disclosure',
      access: 'unauthorised access',
    },
    what: 'What could happen to the data',
    processing: 'Processing',
    everything: 'all',
    reason: 'Reason',
    measures: 'Measures that it counts on',
    unbacked: 'nothing backs it now',
    none: 'no line of the document promises it',
    noMeasure: 'No measure is counted on.',
    shaky: 'shaky',
    shakyText: 'What remains was estimated with measures that nothing backs now.',
    high: 'high',
    highText:
      'A high risk remains. Before such processing begins, an impact assessment and the authority’s advice are needed (Art. 35 and 36 GDPR).',
    empty: 'No risk is noted yet.',
    review: 'To be looked at again by',
  },
  de: {
    title: 'Risiken für Menschen und was dagegen getan wird',
    over: 'Art. 32 Abs. 2 DSGVO',
    rule: 'Eintrittswahrscheinlichkeit und Schwere werden in vier Stufen geschätzt: 1 geringfügig, 2 überschaubar, 3 substanziell, 4 groß. Ein Produkt bis 3 ist gering, ab 9 hoch.',
    map: 'Wie viele Risiken wo verbleiben',
    likelihood: 'Wahrscheinlichkeit',
    severity: 'Schwere',
    all: 'Alle Risiken',
    risk: 'Risiko',
    before: 'Vorher',
    after: 'Nachher',
    state: 'Stand',
    level: { low: 'gering', medium: 'mittel', high: 'hoch' },
    states: {
      open: 'nicht angenommen',
      accepted: 'angenommen',
      'review-due': 'erneut zu prüfen',
      retired: 'abgeschlossen',
    },
    events: {
      destruction: 'Vernichtung',
      loss: 'Verlust',
      alteration: 'Veränderung',
      disclosure: 'Offenlegung',
      access: 'unbefugter Zugang',
    },
    what: 'Was den Daten geschehen kann',
    processing: 'Verarbeitung',
    everything: 'alle',
    reason: 'Begründung',
    measures: 'Maßnahmen, auf die gezählt wird',
    unbacked: 'derzeit durch nichts belegt',
    none: 'keine Zeile des Dokuments sagt sie zu',
    noMeasure: 'Auf keine Maßnahme wird gezählt.',
    shaky: 'unsicher',
    shakyText: 'Was verbleibt, wurde mit Maßnahmen geschätzt, die derzeit durch nichts belegt sind.',
    high: 'hoch',
    highText:
      'Ein hohes Risiko verbleibt. Vor einer solchen Verarbeitung sind eine Folgenabschätzung und der Rat der Aufsichtsbehörde nötig (Art. 35 und 36 DSGVO).',
    empty: 'Es ist noch kein Risiko festgehalten.',
    review: 'Erneut zu prüfen bis',
  },
} as const

const tones = { low: 'good', medium: 'waiting', high: 'bad' } as const

/** All risks as a paper: the map, the list, then each with its reasons. */
export function risksPaper(risks: readonly Risk[], language: Language): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = riskWords[language]
  const current = risks.filter(({ state }) => state !== 'retired')
  return {
    language,
    title: say.title,
    over: say.over,
    blocks:
      risks.length === 0
        ? [{ kind: 'paragraph', text: say.empty }]
        : [
            { kind: 'paragraph', text: say.rule },
            { kind: 'heading', level: 1, text: say.map },
            mapOf(current, language),
            { kind: 'heading', level: 1, text: say.all },
            listOf(risks, language),
            ...current.flatMap((risk) => blocksOf(risk, language)),
          ],
  }
}

function mapOf(risks: readonly Risk[], language: Language): PaperTable {
  const say = riskWords[language]
  const steps = [1, 2, 3, 4]
  return {
    kind: 'table',
    columns: [
      { title: `${say.severity} ↓ ${say.likelihood} →`, width: 3 },
      ...steps.map((step) => ({ title: String(step), align: 'right' as const })),
    ],
    rows: steps
      .toReversed()
      .map((severity) => [
        String(severity),
        ...steps.map((likelihood) => countAt(risks, likelihood, severity) || null),
      ]),
  }
}

function countAt(risks: readonly Risk[], likelihood: number, severity: number): number {
  return risks.filter(({ after }) => after.likelihood === likelihood && after.severity === severity).length
}

function listOf(risks: readonly Risk[], language: Language): PaperTable {
  const say = riskWords[language]
  return {
    kind: 'table',
    columns: [
      { title: say.risk, width: 4 },
      { title: say.before, width: 2 },
      { title: say.after, width: 2 },
      { title: say.state, width: 2 },
    ],
    rows: risks.map(({ title, before, after, state }) => [
      title,
      signOf(before.level, language),
      signOf(after.level, language),
      say.states[state],
    ]),
  }
}

function signOf(level: Level, language: Language): PaperSign {
  return { tone: tones[level], word: riskWords[language].level[level] }
}

function blocksOf(risk: Risk, language: Language): PaperBlock[] {
  const say = riskWords[language]
  const estimate = ({ likelihood, severity, level }: Risk['before']) =>
    `${say.level[level]} (${say.likelihood} ${likelihood}, ${say.severity} ${severity})`
  const isShaky = risk.measures.some(({ isBacked }) => !isBacked)
  return [
    { kind: 'heading', level: 1, text: risk.title },
    { kind: 'paragraph', text: risk.scenario },
    {
      kind: 'fields',
      fields: [
        { label: say.what, value: risk.events.map((event) => say.events[event]).join(', ') },
        { label: say.processing, value: risk.processing === '' ? say.everything : risk.processing },
        { label: say.before, value: estimate(risk.before) },
        { label: say.after, value: estimate(risk.after) },
        { label: say.reason, value: risk.reason },
        { label: say.state, value: say.states[risk.state] },
        ...(risk.reviewDue === null ? [] : [{ label: say.review, value: longDay(risk.reviewDue, language) }]),
      ],
    },
    ...(isShaky ? [notice('waiting', say.shaky, say.shakyText)] : []),
    ...(risk.after.level === 'high' ? [notice('bad', say.high, say.highText)] : []),
    { kind: 'heading', level: 2, text: say.measures },
    risk.measures.length === 0
      ? { kind: 'paragraph', text: say.noMeasure }
      : {
          kind: 'list',
          ordered: false,
          items: risk.measures.map(({ catalogueId, assurance, isBacked }) => ({
            text: findMeasure(catalogueId)?.title[language] ?? catalogueId,
            note: [
              assurance === null ? say.none : assuranceSigns[assurance].word[language],
              ...(isBacked || assurance === null ? [] : [say.unbacked]),
            ].join(', '),
          })),
        },
  ]
}

function notice(tone: 'waiting' | 'bad', word: string, text: string): PaperBlock {
  return { kind: 'notice', sign: { tone, word }, text }
}

/** The same as rows for programs, its columns named alike in every language. */
export function risksTable(risks: readonly Risk[]): Pick<PaperTable, 'columns' | 'rows'> {
  const columns = [
    'title',
    'processing',
    'events',
    'likelihood_before',
    'severity_before',
    'level_before',
    'likelihood_after',
    'severity_after',
    'level_after',
    'measures',
    'unbacked',
    'reason',
    'state',
    'assessed_at',
    'review_due',
  ]
  return {
    columns: columns.map((title) => ({ title })),
    rows: risks.map((risk) => [
      risk.title,
      risk.processing,
      risk.events.join(' '),
      risk.before.likelihood,
      risk.before.severity,
      risk.before.level,
      risk.after.likelihood,
      risk.after.severity,
      risk.after.level,
      risk.measures.map(({ catalogueId }) => catalogueId).join(' '),
      risk.measures.flatMap(({ catalogueId, isBacked }) => (isBacked ? [] : [catalogueId])).join(' '),
      risk.reason,
      risk.state,
      risk.at,
      risk.reviewDue,
    ]),
  }
}
