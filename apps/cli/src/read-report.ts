import { findMeasure, goals, type MeasureId } from '@art32/catalogue'
import type { CoverageEntry, Fault, ReadResult, Statement } from '@art32/reader'
import { clean, hang } from './terminal.ts'

type Language = 'en' | 'de'

const words = {
  en: {
    words: 'words',
    pages: 'pages',
    undated: 'undated',
    dated: 'dated',
    languages: { en: 'English', de: 'German' },
    statements: 'Statements',
    faults: 'Faults of the document',
    coverage: 'Coverage',
    noFaults: 'none found',
    notSure: 'not sure',
    belongsHere: 'belongs here',
    covered: 'spoken of',
    open: 'not spoken of',
    missing: 'missing',
    nothing: 'nothing missing',
    why: 'why',
    remedy: 'do',
    whole: 'whole document',
    article: 'Art.',
    summary: (found: number, unsure: number, faults: number) =>
      `${found} statements on measures, ${unsure} of them not sure, ${faults} faults`,
    status: {
      'in-place': '● in place',
      conditional: '◐ conditional',
      planned: '○ planned',
      'not-in-place': '✗ not in place',
      'not-applicable': '– not applicable',
    },
  },
  de: {
    words: 'Wörter',
    pages: 'Seiten',
    undated: 'undatiert',
    dated: 'Stand',
    languages: { en: 'Englisch', de: 'Deutsch' },
    statements: 'Aussagen',
    faults: 'Mängel des Dokuments',
    coverage: 'Abdeckung',
    noFaults: 'keine gefunden',
    notSure: 'nicht sicher',
    belongsHere: 'gehört hierher',
    covered: 'behandelt',
    open: 'nicht behandelt',
    missing: 'fehlt',
    nothing: 'nichts fehlt',
    why: 'warum',
    remedy: 'tun',
    whole: 'ganzes Dokument',
    article: 'Art.',
    summary: (found: number, unsure: number, faults: number) =>
      `${found} Aussagen zu Maßnahmen, davon ${unsure} nicht sicher, ${faults} Mängel`,
    status: {
      'in-place': '● umgesetzt',
      conditional: '◐ bedingt',
      planned: '○ geplant',
      'not-in-place': '✗ nicht vorhanden',
      'not-applicable': '– nicht anwendbar',
    },
  },
} as const

/** A document that was read, as text for people. */
export function reportDocument(result: ReadResult, language: Language, columns: number): string {
  const print = new Print(language, columns)
  return [print.head(result), print.statements(result), print.faults(result.faults), print.coverage(result)].join('\n')
}

class Print {
  readonly #language: Language
  readonly #columns: number

  constructor(language: Language, columns: number) {
    this.#language = language
    this.#columns = columns
  }

  head({ document, statements, faults }: ReadResult): string {
    const say = words[this.#language]
    const facts = [
      document.format,
      say.languages[document.language],
      `${document.words} ${say.words}`,
      ...(document.pages === null ? [] : [`${document.pages} ${say.pages}`]),
      document.date === null ? say.undated : `${say.dated} ${document.date}`,
    ]
    const found = statements.filter(speaksOfMeasures)
    const unsure = found.filter(({ sure }) => !sure).length
    return [
      hang('', document.title === null ? document.name : `${document.name}: ${document.title}`, this.#columns),
      `${facts.join(' · ')}\n`,
      `${say.summary(found.length, unsure, faults.length)}\n`,
    ].join('')
  }

  statements({ statements }: ReadResult): string {
    const lines = statements.flatMap((statement) => {
      if (statement.type === 'heading') return [`\n${hang('  ', statement.text, this.#columns)}`]
      return speaksOfMeasures(statement) ? [this.#statement(statement)] : []
    })
    return `${words[this.#language].statements}\n${lines.join('')}`
  }

  #statement(statement: Statement): string {
    const say = words[this.#language]
    const label = `  ${String(statement.line).padStart(5)}  ${say.status[statement.status].padEnd(18)}`
    const indent = ' '.repeat(label.length)
    const named = statement.measures.map(({ id, confidence }) => `${this.#title(id)} ${Math.round(confidence * 100)} %`)
    const candidates = statement.candidates.map((id) => this.#title(id))
    const more = [
      ...(named.length > 0 ? [`→ ${named.join(' · ')}`] : []),
      ...(statement.sure ? [] : [`? ${say.notSure}`]),
      ...(candidates.length > 0 ? [`${say.belongsHere}: ${candidates.join(' · ')}`] : []),
      ...(statement.cadence !== null && 'ask' in statement.cadence ? [`? ${statement.cadence.ask}`] : []),
    ]
    return [hang(label, statement.text, this.#columns), ...more.map((line) => hang(indent, line, this.#columns))].join(
      '',
    )
  }

  faults(faults: readonly Fault[]): string {
    const say = words[this.#language]
    if (faults.length === 0) return `${say.faults}: ${say.noFaults}\n`
    const list = faults.map((fault) => {
      const label = `  ${(fault.line === null ? '–' : String(fault.line)).padStart(5)}  `
      const indent = ' '.repeat(label.length)
      const what = fault.text === '' ? say.whole : `“${clean(fault.text)}”`
      return [
        hang(label, `${fault.rule}: ${what}`, this.#columns),
        hang(`${indent}${say.why.padEnd(6)}`, fault.why, this.#columns),
        hang(`${indent}${say.remedy.padEnd(6)}`, fault.remedy, this.#columns),
      ].join('')
    })
    return `${say.faults}\n${list.join('')}`
  }

  coverage({ coverage }: ReadResult): string {
    const say = words[this.#language]
    const goalTitle = (key: string) => goals.find(({ id }) => id === key)?.title[this.#language] ?? key
    return [
      `${say.coverage}\n`,
      ...coverage.provisions.map((entry) => this.#entry(`${say.article} ${entry.key}`, entry)),
      ...coverage.goals.map((entry) => this.#entry(goalTitle(entry.key), entry)),
      '\n',
    ].join('')
  }

  #entry(name: string, { covered, missing }: CoverageEntry): string {
    const say = words[this.#language]
    const label = `  ${covered ? '●' : '○'} ${(covered ? say.covered : say.open).padEnd(16)}${name.padEnd(24)}`
    const titles = missing.map((id) => this.#title(id)).join(' · ')
    return hang(label, titles === '' ? say.nothing : `${say.missing}: ${titles}`, this.#columns)
  }

  #title(id: MeasureId): string {
    return findMeasure(id)?.title[this.#language] ?? id
  }
}

function speaksOfMeasures({ type, measures, candidates }: Statement): boolean {
  return type === 'measure' || type === 'commitment' || measures.length > 0 || candidates.length > 0
}
