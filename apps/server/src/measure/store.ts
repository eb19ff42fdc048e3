import type { ColumnType, Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { TenantContext } from '../evidence/index.ts'
import type { Environment } from '../system/index.ts'
import { measureErrors } from './errors.ts'
import { deviationsByCheck } from './exception.ts'
import type { Deviation } from './exception.ts'

/** jsonb: read as a value, written as text. */
type Json<T> = ColumnType<T, string, string>

type DocumentTable = {
  id: string
  name: string
  title: string | null
  format: string
  language: 'en' | 'de'
  sha256: Buffer
  words: number
  pages: number | null
  dated: string | null
  version: string | null
  state: 'draft' | 'register' | 'replaced'
  origin: 'upload' | 'release'
  coverage: Json<unknown>
  faults: Json<unknown>
  read_at: Date
}

type StatementTable = {
  id: string
  document_id: string
  position: number
  line: number
  page: number | null
  section: string
  level: number | null
  text: string
  type: 'measure' | 'heading' | 'commitment' | 'note' | 'meta'
  status: 'in-place' | 'planned' | 'not-in-place' | 'conditional' | 'not-applicable'
  nature: 'technical' | 'organisational' | null
  parameters: Json<Record<string, unknown>>
  systems: Json<string[]>
  cadence: Json<unknown> | null
  sure: boolean
  condition: string | null
}

type MeasureTable = {
  id: string
  statement_id: string
  owner: string | null
  guarantor: 'us' | 'processor' | 'customer'
  scope: string[]
  environments: Environment[]
  cadence: string | null
  visibility: 'public' | 'customers' | 'auditors'
  ignored: string | null
  revision: number
}

type MappingTable = {
  measure_id: string
  catalogue_id: string
  confidence: number
  confirmed_by: 'person' | 'release' | null
  confirmed_account: string | null
  confirmed_at: Date | null
  confirmation: Buffer | null
}

type BackingTable = {
  check_id: string
  system_id: string
  state: 'pass' | 'fail' | 'info' | 'not-evaluated' | 'not-applicable'
  reason: string | null
  looked_at: Date
  failing_since: Date | null
  at: Date
  fresh_until: Date
  parameters: string
  outcome: Buffer
  /** What fails behind the verdict, by the keys of findings. */
  failing: string[]
}

type Tables = {
  document: DocumentTable
  statement: StatementTable
  measure: MeasureTable
  mapping: MappingTable
  backing: BackingTable
  system: { id: string; environment: Environment }
}

export type DocumentRow = Selectable<DocumentTable>
export type StatementRow = Selectable<StatementTable>
export type MeasureRow = Selectable<MeasureTable>
export type MappingRow = Selectable<MappingTable>
export type BackingRow = Selectable<BackingTable>
/** With where its system belongs now, and the exceptions declared for it; null: none. */
export type PlacedBacking = BackingRow & { environment: Environment; deviations: readonly Deviation[] | null }

/** A measure with its statement and its mapping, as most callers need it. */
export interface MeasureWhole {
  readonly measure: MeasureRow
  readonly statement: StatementRow
  readonly mapping: readonly MappingRow[]
}

const tables = ({ db }: Pick<TenantContext, 'db'>) => db.withTables<Tables>()

export async function addDocument(tx: TenantContext, row: Insertable<DocumentTable>): Promise<void> {
  await tables(tx).insertInto('document').values(row).execute()
}

/** Adds statements with their measures and mapping in few round trips; a document may have thousands. */
export async function addStatements(
  tx: TenantContext,
  rows: readonly {
    statement: Insertable<StatementTable>
    measure: Insertable<MeasureTable> | null
    mapping: readonly Insertable<MappingTable>[]
  }[],
): Promise<void> {
  const measures = rows.flatMap((row) => (row.measure ? [row.measure] : []))
  const mapping = rows.flatMap((row) => row.mapping)
  for (const part of chunks(rows, 500))
    await tables(tx)
      .insertInto('statement')
      .values(part.map((row) => row.statement))
      .execute()
  for (const part of chunks(measures, 500)) await tables(tx).insertInto('measure').values(part).execute()
  for (const part of chunks(mapping, 500)) await tables(tx).insertInto('mapping').values(part).execute()
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

export async function listDocuments(tx: TenantContext): Promise<DocumentRow[]> {
  return await tables(tx).selectFrom('document').selectAll().orderBy('read_at', 'desc').execute()
}

/** The document that is the tenant's register, if there is one. */
export async function findRegister(tx: TenantContext): Promise<DocumentRow | undefined> {
  return await tables(tx).selectFrom('document').selectAll().where('state', '=', 'register').executeTakeFirst()
}

export async function getDocument(tx: TenantContext, id: string): Promise<DocumentRow> {
  const row = await tables(tx).selectFrom('document').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw measureErrors.document_not_found()
  return row
}

export async function setDocumentState(tx: TenantContext, id: string, state: DocumentRow['state']): Promise<void> {
  await tables(tx).updateTable('document').set({ state }).where('id', '=', id).execute()
}

export async function deleteDocument(tx: TenantContext, id: string): Promise<void> {
  await tables(tx).deleteFrom('document').where('id', '=', id).execute()
}

export async function listStatements(tx: TenantContext, documentId: string): Promise<StatementRow[]> {
  return await tables(tx)
    .selectFrom('statement')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('position')
    .execute()
}

export async function listMeasures(tx: TenantContext, documentId: string): Promise<MeasureRow[]> {
  return await tables(tx)
    .selectFrom('measure')
    .innerJoin('statement', 'statement.id', 'measure.statement_id')
    .selectAll('measure')
    .where('statement.document_id', '=', documentId)
    .execute()
}

export async function listMapping(tx: TenantContext, documentId: string): Promise<MappingRow[]> {
  return await tables(tx)
    .selectFrom('mapping')
    .innerJoin('measure', 'measure.id', 'mapping.measure_id')
    .innerJoin('statement', 'statement.id', 'measure.statement_id')
    .selectAll('mapping')
    .where('statement.document_id', '=', documentId)
    .orderBy('mapping.confidence', 'desc')
    .orderBy('mapping.catalogue_id')
    .execute()
}

export async function getMeasure(tx: TenantContext, id: string): Promise<MeasureWhole> {
  const measure = await tables(tx).selectFrom('measure').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!measure) throw measureErrors.not_found()
  const statement = await tables(tx)
    .selectFrom('statement')
    .selectAll()
    .where('id', '=', measure.statement_id)
    .executeTakeFirstOrThrow()
  const mapping = await tables(tx)
    .selectFrom('mapping')
    .selectAll()
    .where('measure_id', '=', id)
    .orderBy('confidence', 'desc')
    .execute()
  return { measure, statement, mapping }
}

/** Measures of the register after a position, in the order of the document. */
export async function listPage(
  { sql: db }: TenantContext,
  { after, most }: { after: number | null; most: number },
): Promise<MeasureWhole[]> {
  const { rows } = await db.query<WholeRow>(pageQuery(most), [after])
  return wholesOf(rows)
}

/** One measure as it is, without a lock. @throws {measure.not_found} */
export async function readMeasure({ sql: db }: TenantContext, id: string): Promise<MeasureWhole> {
  const { rows } = await db.query<WholeRow>(oneQuery, [id])
  const [whole] = wholesOf(rows)
  if (!whole) throw measureErrors.not_found()
  return whole
}

/*
 * Statement, measure and mapping in one query, in SQL as it is: what is asked with each page of the register. A measure
 * has as many rows as catalogue measures that it means, and one where it means none.
 */
const wholeTables = 'statement s join measure m on m.statement_id = s.id'
const wholeColumns = `s.*, m.id as measure_id, m.owner, m.guarantor, m.scope, m.cadence as measure_cadence, m.visibility,
  m.ignored, m.revision, m.environments`
const mappingColumns =
  'p.catalogue_id, p.confidence, p.confirmed_by, p.confirmed_account, p.confirmed_at, p.confirmation'
const mappingOrder = 'p.confidence desc, p.catalogue_id'
/** Exported for the bench, whose bare handler asks the same. */
export const oneQuery = {
  name: 'measure',
  text: `select ${wholeColumns}, ${mappingColumns} from ${wholeTables} left join mapping p on p.measure_id = m.id
    where m.id = $1 order by ${mappingOrder}`,
}
/** @param most in the text, since without it PostgreSQL would plan for thousands */
export const pageQuery = (most: number) => ({
  name: `measures ${most}`,
  text: `select page.*, ${mappingColumns} from (
      select ${wholeColumns} from ${wholeTables}
      where s.document_id = (select id from document where state = 'register')
        and s.position > coalesce($1::double precision, '-infinity')
      order by s.position limit ${most}
    ) page left join mapping p using (measure_id) order by page.position, ${mappingOrder}`,
})

type WholeRow = StatementRow &
  Omit<MeasureRow, 'id' | 'statement_id' | 'cadence'> & {
    readonly measure_id: string
    readonly measure_cadence: string | null
  } & (Omit<MappingRow, 'measure_id'> | { readonly catalogue_id: null })

/** @param rows those of one measure follow each other */
function wholesOf(rows: readonly WholeRow[]): MeasureWhole[] {
  const wholes: { statement: StatementRow; measure: MeasureRow; mapping: MappingRow[] }[] = []
  for (const row of rows) {
    let whole = wholes.at(-1)
    if (whole?.measure.id !== row.measure_id) {
      whole = { statement: row, measure: measureOf(row), mapping: [] }
      wholes.push(whole)
    }
    if (row.catalogue_id !== null) whole.mapping.push(row)
  }
  return wholes
}

function measureOf(row: WholeRow): MeasureRow {
  const { measure_id: id, owner, guarantor, scope, measure_cadence: cadence, visibility, ignored, revision } = row
  const { environments } = row
  return { id, statement_id: row.id, owner, guarantor, scope, environments, cadence, visibility, ignored, revision }
}

/** The statement that follows in the same section, with its measure. */
export async function findNext(tx: TenantContext, statement: StatementRow): Promise<MeasureWhole | undefined> {
  const next = await tables(tx)
    .selectFrom('statement')
    .innerJoin('measure', 'measure.statement_id', 'statement.id')
    .select('measure.id')
    .where('statement.document_id', '=', statement.document_id)
    .where('statement.section', '=', statement.section)
    .where('statement.position', '>', statement.position)
    .orderBy('statement.position')
    .executeTakeFirst()
  return next && (await getMeasure(tx, next.id))
}

/** @param besides a statement that does not count */
export async function findNextPosition(
  tx: TenantContext,
  statement: StatementRow,
  besides?: string,
): Promise<number | undefined> {
  const following = tables(tx)
    .selectFrom('statement')
    .select('position')
    .where('document_id', '=', statement.document_id)
    .where('position', '>', statement.position)
    .orderBy('position')
  const row = await (besides === undefined ? following : following.where('id', '<>', besides)).executeTakeFirst()
  return row?.position
}

/** One statement, with whatever it is. @throws {measure.line_not_found} */
export async function getStatement(tx: TenantContext, id: string): Promise<StatementRow> {
  const row = await tables(tx).selectFrom('statement').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw measureErrors.line_not_found()
  return row
}

/** Lets nobody else change the order of a document until the transaction ends. */
export async function lockDocument(tx: TenantContext, id: string): Promise<void> {
  await tables(tx).selectFrom('document').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Gives the statements of a document whole numbers again, in their order. */
export async function renumber({ sql: db }: TenantContext, documentId: string): Promise<void> {
  const ordered = `select id, row_number() over (order by position) as place from statement where document_id = $1`
  // Twice: a number may be taken until its owner has moved.
  await db.query(
    `update statement s set position = -o.place from (${ordered}) o where o.id = s.id and s.document_id = $1`,
    [documentId],
  )
  await db.query('update statement set position = -position where document_id = $1', [documentId])
}

/** Saves a change made from a known revision. @throws {measure.changed_meanwhile} */
export async function saveMeasure(tx: TenantContext, measure: MeasureRow, from: number): Promise<void> {
  const { id, ...fields } = measure
  const { numUpdatedRows } = await tables(tx)
    .updateTable('measure')
    .set({ ...fields, revision: from + 1 })
    .where('id', '=', id)
    .where('revision', '=', from)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw measureErrors.changed_meanwhile()
}

export async function saveStatement(
  tx: TenantContext,
  id: string,
  fields: {
    text?: string
    status?: StatementRow['status']
    sure?: boolean
    condition?: string | null
    /** JSON. */
    parameters?: string
    position?: number
    section?: string
  },
): Promise<void> {
  await tables(tx).updateTable('statement').set(fields).where('id', '=', id).execute()
}

export async function deleteStatement(tx: TenantContext, id: string): Promise<void> {
  await tables(tx).deleteFrom('statement').where('id', '=', id).execute()
}

export async function replaceMapping(
  tx: TenantContext,
  measureId: string,
  rows: readonly Insertable<MappingTable>[],
): Promise<void> {
  await tables(tx).deleteFrom('mapping').where('measure_id', '=', measureId).execute()
  if (rows.length > 0)
    await tables(tx)
      .insertInto('mapping')
      .values([...rows])
      .execute()
}

export async function confirmMapping(
  tx: TenantContext,
  measureIds: readonly string[],
  by: {
    confirmed_by: 'person' | 'release'
    confirmed_account: string | null
    confirmed_at: Date
    confirmation: Buffer
  },
): Promise<void> {
  await tables(tx)
    .updateTable('mapping')
    .set(by)
    .where('measure_id', 'in', [...measureIds])
    .execute()
}

/** The last outcomes, each with the environment that its system belongs to now and the exceptions declared for it. */
export async function listBacking({ sql: db }: TenantContext): Promise<PlacedBacking[]> {
  const { rows } = await db.query<PlacedBacking>(backingQuery)
  return rows
}

export const backingQuery = {
  name: 'backing',
  text: `select backing.*, system.environment, declared.deviations from backing join system on system.id = backing.system_id
    left join (${deviationsByCheck}) declared using (check_id, system_id)`,
}

/** Checks that were judged on a system before, whatever they said. */
export async function listJudged({ sql: db }: TenantContext, systemId: string): Promise<Set<string>> {
  const { rows } = await db.query<{ check_id: string }>(
    `select distinct check_id from backing where system_id = $1 and state <> 'not-evaluated'`,
    [systemId],
  )
  return new Set(rows.map((row) => row.check_id))
}

/**
 * Keeps what a check says now. A look that could see nothing leaves the last verdict standing until its window is over:
 * "could not look" is never pass and never fail.
 */
export async function saveBacking(tx: TenantContext, row: BackingRow): Promise<void> {
  const isVerdict =
    row.state === 'pass' || row.state === 'fail' || row.state === 'info' || row.state === 'not-applicable'
  await tables(tx)
    .insertInto('backing')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['check_id', 'system_id', 'parameters']).doUpdateSet(
        isVerdict
          ? {
              ...row,
              failing_since: row.state === 'fail' ? sql<Date>`coalesce(backing.failing_since, excluded.at)` : null,
            }
          : {
              looked_at: row.looked_at,
              reason: row.reason,
              outcome: sql<Buffer>`case when backing.state = 'not-evaluated' then excluded.outcome else backing.outcome end`,
              at: sql<Date>`case when backing.state = 'not-evaluated' then excluded.at else backing.at end`,
            },
      ),
    )
    .execute()
}
