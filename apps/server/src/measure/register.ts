import type { z } from 'zod'
import { assurances, publicStates } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { listDiscovered } from '../system/index.ts'
import { listAttestations } from './attestation.ts'
import { listGuarantees } from './guarantee.ts'
import { assess, wantedParameters } from './measure.ts'
import type { Assessed } from './measure.ts'
import * as store from './store.ts'
import type { DocumentRow, MeasureRow, MeasureWhole, PlacedBacking, StatementRow } from './store.ts'
import type { DocumentView, MeasureView, RegisterView, StatementView } from './views.ts'

/** A statement with its measure's assurance: what pages and editions are made of. */
export interface RegisterLine {
  readonly statement: StatementRow
  readonly measure: { readonly row: MeasureRow; readonly assessed: Assessed } | null
}

/** A document with all its lines, assessed at one instant. */
export interface Register {
  readonly document: DocumentRow
  readonly lines: readonly RegisterLine[]
}

/** Loads a document with everything its assurance is computed from, in a fixed number of queries. */
export async function loadRegister(tx: TenantContext, document: DocumentRow): Promise<Register> {
  const [statements, measureRows, mappingRows, assessed] = await Promise.all([
    store.listStatements(tx, document.id),
    store.listMeasures(tx, document.id),
    store.listMapping(tx, document.id),
    loadAssessing(tx),
  ])
  const measures = new Map(measureRows.map((row) => [row.statement_id, row]))
  const mapping = Map.groupBy(mappingRows, (row) => row.measure_id)
  const lines = statements.map((statement) => {
    const row = measures.get(statement.id)
    if (!row) return { statement, measure: null }
    return {
      statement,
      measure: {
        row,
        assessed: assessed({ measure: row, statement, mapping: mapping.get(row.id) ?? [] }),
      },
    }
  })
  return { document, lines }
}

/** The last verdicts by check. */
export async function loadBacking(tx: TenantContext): Promise<Map<string, PlacedBacking[]>> {
  return Map.groupBy(await store.listBacking(tx), (row) => row.check_id)
}

/** What measures are assessed on: asked for all at once, since the way to the database takes longer than each answer. */
async function loadAssessing(tx: TenantContext): Promise<(whole: MeasureWhole) => Assessed> {
  const [backing, discovered, attestations, guarantees] = await Promise.all([
    loadBacking(tx),
    listDiscovered(tx),
    listAttestations(tx),
    listGuarantees(tx),
  ])
  return (whole) => assess(whole, backing, tx.now, discovered, { attestations, guarantees })
}

/** One measure assessed now. */
export async function assessOne(tx: TenantContext, whole: MeasureWhole): Promise<Assessed> {
  return (await loadAssessing(tx))(whole)
}

/** Some measures assessed now. @param finding where it is still under way, what they are assessed on is asked for with it */
export async function assessAll(
  tx: TenantContext,
  finding: readonly MeasureWhole[] | Promise<readonly MeasureWhole[]>,
): Promise<RegisterLine[]> {
  const [wholes, assessed] = await Promise.all([finding, loadAssessing(tx)])
  return wholes.map((whole) => ({
    statement: whole.statement,
    measure: { row: whole.measure, assessed: assessed(whole) },
  }))
}

/** Whether a line promises something that counts: it has a measure that nobody set aside with a reason. */
export function counts(line: RegisterLine): line is RegisterLine & { measure: NonNullable<RegisterLine['measure']> } {
  return line.measure !== null && line.measure.row.ignored === null
}

/** Lines by assurance and public state. */
export function countRegister({ lines }: Register): z.input<typeof RegisterView>['counts'] {
  const counted = lines.filter(counts)
  const count = <K extends string>(keys: readonly K[], of: (line: (typeof counted)[number]) => K) =>
    Object.fromEntries(keys.map((key) => [key, counted.filter((line) => of(line) === key).length])) as Record<K, number>
  return {
    assurance: count(assurances, (line) => line.measure.assessed.assurance),
    public: count(publicStates, (line) => line.measure.assessed.publicState),
    lines: counted.length,
    unconfirmed: counted.filter((line) =>
      line.measure.assessed.parts.some((part) => part.mapping.confirmed_by === null),
    ).length,
  }
}

export function viewDocument(row: DocumentRow): z.input<typeof DocumentView> {
  const { id, name, title, format, language, words, pages, dated, version, state, origin } = row
  return {
    id,
    name,
    title,
    format,
    language,
    words,
    pages,
    dated,
    version,
    state,
    origin,
    readAt: row.read_at.toISOString(),
  }
}

export function viewMeasure(row: MeasureRow, assessed: Assessed): z.input<typeof MeasureView> {
  const { id, revision, owner, guarantor, scope, environments, cadence, visibility, ignored } = row
  const { assurance, publicState, next, unproven, exception, discovered } = assessed
  return {
    id,
    revision,
    owner,
    guarantor,
    scope,
    environments,
    cadence,
    visibility,
    ignored,
    assurance,
    publicState,
    next,
    unproven: [...unproven],
    exception,
    discovered,
    checkedAt: assessed.checkedAt?.toISOString() ?? null,
    freshUntil: assessed.freshUntil?.toISOString() ?? null,
    parts: assessed.parts.map(({ mapping, provable, checks, signOffs, guarantees }) => ({
      catalogueId: mapping.catalogue_id,
      confidence: mapping.confidence,
      confirmedBy: mapping.confirmed_by,
      confirmedAt: mapping.confirmed_at?.toISOString() ?? null,
      provable,
      checks: checks.map(({ check, relation, systemId, state, reason, at, freshUntil, excepted, deviations }) => ({
        check,
        relation,
        systemId,
        state,
        reason,
        at: at.toISOString(),
        freshUntil: freshUntil.toISOString(),
        excepted: state === 'fail' && excepted === true,
        exceptions: deviations.map(({ until, reason: why }) => ({ until, reason: why })),
      })),
      signOffs: signOffs.map(
        ({ row: { title, role, given_at: at, on_time: onTime, counted }, freshUntil, isOverdue }) => ({
          title,
          by: role,
          at: at?.toISOString() ?? null,
          freshUntil: freshUntil?.toISOString() ?? null,
          isOverdue,
          performed: counted === 0 ? null : { onTime, of: counted },
        }),
      ),
      guarantees: guarantees.map(({ row, freshUntil }) => ({
        processor: row.processor,
        title: row.title,
        contractOf: row.contract_of,
        byProcessor: row.by_processor,
        byUs: row.by_us,
        byCustomer: row.by_customer,
        freshUntil: freshUntil?.toISOString() ?? null,
      })),
    })),
  }
}

export function viewLine({ statement, measure }: RegisterLine): z.input<typeof StatementView> {
  const { id, line, page, section, level, text, type, status, nature, parameters, systems, cadence, sure, condition } =
    statement
  return {
    id,
    line,
    page,
    section,
    level,
    text,
    type,
    status,
    nature,
    parameters,
    systems,
    cadence,
    sure,
    condition,
    measure: measure && viewMeasure(measure.row, measure.assessed),
  }
}

export function viewRegister(register: Register): z.input<typeof RegisterView> {
  const { document, lines } = register
  return {
    document: viewDocument(document),
    counts: countRegister(register),
    statements: lines.map(viewLine),
    // Both were written by this module from the reader's result, in this very shape.
    coverage: document.coverage as z.input<typeof RegisterView>['coverage'],
    faults: document.faults as z.input<typeof RegisterView>['faults'],
  }
}

/** The parameters with which the register's statements want each check judged; by check id and canonical JSON. */
export async function parametersOfRegister(
  tx: TenantContext,
): Promise<Map<string, Map<string, Record<string, unknown>>>> {
  const document = await store.findRegister(tx)
  const lines = document ? (await loadRegister(tx, document)).lines : []
  return wantedParameters(
    lines
      .filter(counts)
      .map(({ statement, measure }) => ({ statement, mapping: measure.assessed.parts.map((part) => part.mapping) })),
  )
}
