import { checkPaper, PaperError, paperRows } from '@art32/press'
import type { Paper, PaperTable } from '@art32/press'
import { csvOf } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug, defineErrors } from '../kernel/index.ts'
import type { Download } from '../kernel/index.ts'
import { typesetPaper, typesettingErrors } from '../platform/index.ts'
import { findLetterhead } from './letterhead.ts'

/** What a paper may be refused for; `busy` while too many are being made. */
export const paperErrors = {
  ...defineErrors('paper', {
    too_long: {
      status: 422,
      en: 'This is too much for one document. Choose less, for instance a shorter period, or take it as a table (CSV).',
      de: 'Das ist zu viel für ein Dokument. Bitte weniger wählen, zum Beispiel einen kürzeren Zeitraum, oder es als Tabelle (CSV) nehmen.',
    },
  }),
  busy: typesettingErrors.busy,
}

/** Forms in which a paper is handed out; an operation offers those that make sense. */
type PaperForm = 'pdf' | 'docx' | 'csv' | 'json'

/** A paper to hand out. */
export interface PaperWish {
  readonly tx: TenantContext
  /** Without what every paper of the tenant has: its name, its letterhead, the moment. */
  readonly paper: Omit<Paper, 'by' | 'date' | 'letterhead'> & { readonly date?: string }
  readonly format: PaperForm
  /** For the file, without tenant, day and ending: `register-of-processors`. */
  readonly name: string
  /** What stands in the CSV; left out: the first table of the paper. */
  readonly table?: Pick<PaperTable, 'columns' | 'rows'>
  /** What stands in the JSON; left out: the paper as it is. */
  readonly data?: unknown
}

const types: Readonly<Record<PaperForm, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
}

/**
 * Hands out a paper in one form: what a download operation returns.
 *
 * @throws {paper.too_long} before anything is set; what is set comes after the transaction
 */
export async function paperDownload(wish: PaperWish): Promise<Download> {
  const { tx, format } = wish
  const letterhead = await findLetterhead(tx)
  const paper: Paper = {
    date: tx.now.toISOString(),
    ...wish.paper,
    by: tx.tenant.name,
    ...(letterhead === undefined ? {} : { letterhead }),
  }
  const day = tx.now.toISOString().slice(0, 10)
  return {
    name: `${tx.tenant.slug}-${wish.name}-${day}.${format}`,
    type: types[format],
    bytes: bytesOf(paper, wish),
  }
}

function bytesOf(paper: Paper, { format, table, data }: PaperWish): Download['bytes'] {
  if (format === 'json')
    return Buffer.from(`${JSON.stringify(data ?? { format: 'art32.paper/1', ...paper }, null, 2)}\n`)
  if (format === 'csv') {
    const rows = table ?? paper.blocks.find((block) => block.kind === 'table')
    if (!rows) throw bug('a paper without a table is asked for as CSV')
    return renderCsv(rows)
  }
  try {
    checkPaper(paper)
  } catch (error) {
    if (error instanceof PaperError && error.limit !== 'cells') throw paperErrors.too_long()
    throw error
  }
  return async () => await typesetPaper(paper, format)
}

/** A table as CSV (RFC 4180) with a byte order mark and without formulas; signs by their words. */
function renderCsv(table: Pick<PaperTable, 'columns' | 'rows'>): Buffer {
  return csvOf(paperRows(table))
}
