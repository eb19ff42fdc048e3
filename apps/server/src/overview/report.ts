import type { Assurance, Language } from '@art32/press'
import { documentOf, findNewest } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFindings } from '../finding/index.ts'
import { counts, countRegister, findRegister, loadRegister } from '../measure/index.ts'
import type { Register, RegisterLine } from '../measure/index.ts'

/** What is not as promised, the worst first: the assurances whose lines a report names one by one. */
export const named = ['failing', 'lapsed', 'absent', 'planned'] as const satisfies readonly Assurance[]

/** So many days ahead are told. */
export const daysAhead = 60

/** A line that is not as promised. */
export interface ReportLine {
  readonly assurance: Assurance
  readonly text: string
  readonly section: string
  readonly line: number
  readonly page: number | null
  readonly owner: string | null
  readonly next: NonNullable<RegisterLine['measure']>['assessed']['next']
}

/** What is due on a day. */
export interface ReportDue {
  readonly day: string
  readonly kind: 'finding' | 'proof'
  readonly what: Readonly<Record<Language, string>>
}

/** How one tenant stands at one instant, for a person to read or print. */
export interface Report {
  readonly tenant: { readonly name: string; readonly language: Language }
  readonly at: string
  /** Null: no document was read yet. */
  readonly register: {
    readonly language: Language
    readonly counts: Readonly<Record<Assurance, number>>
    readonly lines: number
    readonly unconfirmed: number
    readonly named: readonly ReportLine[]
  } | null
  readonly findings: Awaited<ReturnType<typeof listFindings>>
  /** The last published edition, with what it promised. */
  readonly edition: {
    readonly number: number | null
    readonly at: string
    readonly counts: Readonly<Record<Assurance, number>>
  } | null
  readonly dues: readonly ReportDue[]
}

/** Gathers the report of one tenant; it reads only. */
export async function loadReport(tx: TenantContext): Promise<Report> {
  const document = await findRegister(tx)
  const register = document ? await loadRegister(tx, document) : null
  // What was seen once only is nothing to deal with yet.
  const findings = (await listFindings(tx, ['open', 'excepted'])).filter(({ state }) => state !== 'suspected')
  const until = new Date(tx.now.getTime() + daysAhead * 86_400_000)
  const { name, language } = tx.tenant
  return {
    tenant: { name, language },
    at: tx.now.toISOString(),
    register: register && standing(register),
    findings,
    edition: await lastEdition(tx),
    dues: [
      ...(register ? proofsUntil(register, tx.now, until) : []),
      ...findings.flatMap(({ due: day, exception, say, systemName }): ReportDue[] => {
        const due = exception?.until ?? day
        if (due === null || due > dayOf(until)) return []
        const what = { en: `${say.en} (${systemName})`, de: `${say.de} (${systemName})` }
        return [{ day: due, kind: 'finding', what }]
      }),
    ].toSorted((a, b) => a.day.localeCompare(b.day)),
  }
}

function standing(register: Register): Report['register'] {
  const { assurance, lines, unconfirmed } = countRegister(register)
  const all = register.lines.filter(counts).map(({ statement, measure: { row, assessed } }) => ({
    assurance: assessed.assurance,
    text: statement.text,
    section: statement.section,
    line: statement.line,
    page: statement.page,
    owner: row.owner,
    next: assessed.next,
  }))
  return {
    language: register.document.language,
    counts: assurance,
    lines,
    unconfirmed,
    named: named.flatMap((one) => all.filter((line) => line.assurance === one)),
  }
}

async function lastEdition(tx: TenantContext): Promise<Report['edition']> {
  const row = await findNewest(tx, false)
  return row
    ? { number: row.number, at: row.made_at.toISOString(), counts: documentOf(tx, row).counts.assurance }
    : null
}

function proofsUntil(register: Register, now: Date, until: Date): ReportDue[] {
  return register.lines.filter(counts).flatMap(({ statement: { text }, measure: { assessed } }) => {
    const end = assessed.freshUntil
    return end !== null && end > now && end <= until
      ? [{ day: dayOf(end), kind: 'proof', what: { en: text, de: text } }]
      : []
  })
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
