import { changesSinceDay } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFindings } from '../finding/index.ts'
import { counts, exceptionsInForce, findRegister, listAttestations, loadRegister } from '../measure/index.ts'
import type { RegisterLine } from '../measure/index.ts'
import { openRisks } from '../risk/index.ts'
import { sampleOf } from './audit.ts'
import type { Reason } from './audit.ts'
import { auditErrors } from './errors.ts'
import type { Collected } from './store.ts'

const weak = ['failing', 'lapsed', 'absent', 'planned'] as const
type Weak = (typeof weak)[number]

/**
 * All that has to be looked at since the last review: lines that do not hold or hold no more, lines that say something else, what
 * is excepted, found, overdue or risked. Each line comes once, with every reason.
 *
 * @param since  the last signed review; null: there was none
 * @throws {audit.no_document}
 */
export async function collectReview(tx: TenantContext, since: Date | null): Promise<Collected[]> {
  const lines = await linesOf(tx)
  const byLine = new Map<string, { title: string; reasons: Reason[]; detail: Record<string, string> }>()
  const note = (id: string, title: string, reason: Reason, detail: Record<string, string> = {}) => {
    const known = byLine.get(id) ?? { title, reasons: [], detail: {} }
    byLine.set(id, { title, reasons: [...known.reasons, reason], detail: { ...known.detail, ...detail } })
  }
  for (const { statement, measure } of lines) {
    const found = weak.find((one): one is Weak => one === measure?.assessed.assurance)
    if (found) note(statement.id, statement.text, found)
  }
  for (const { kind, before, after } of await changesSinceDay(tx, since)) {
    const line = after ?? before
    if (line && isChange(kind)) note(line.id, line.text, kind, before && after ? { before: before.text } : {})
  }
  const stated = lines.filter(({ measure }) => measure?.assessed.assurance === 'stated').length
  return [
    ...[...byLine].map(([id, { title, reasons, detail }]): Collected => ({
      about_kind: 'line',
      about_id: id,
      title: title.slice(0, 2_000),
      reasons,
      detail,
    })),
    ...(await besideLines(tx)),
    ...(stated === 0 ? [] : [item('register', 'stated', '', 'only-stated', { stated, lines: lines.length })]),
  ]
}

function isChange(kind: string): kind is 'added' | 'removed' | 'changed' | 'reworded' {
  return kind === 'added' || kind === 'removed' || kind === 'changed' || kind === 'reworded'
}

async function besideLines(tx: TenantContext): Promise<Collected[]> {
  const findings = await listFindings(tx, ['open'])
  const exceptions = [...(await exceptionsInForce(tx)).values()]
  const duties = [...(await listAttestations(tx)).values()].flat().filter(({ source }) => source === 'duty')
  const risks = await openRisks(tx)
  const { language } = tx.tenant
  return [
    ...exceptions.map((row) => item('exception', row.key, row.reason, 'exception', { until: row.until })),
    ...findings.map((one) =>
      item('finding', one.key, `${one.title[language]} · ${one.systemName}`, 'open-finding', {
        severity: one.severity,
      }),
    ),
    ...duties.flatMap((row) => {
      const figure = { onTime: row.on_time, of: row.counted }
      if (row.overdue_since !== null) return [item('duty', row.source_id, row.title, 'overdue', figure)]
      return row.on_time < row.counted ? [item('duty', row.source_id, row.title, 'not-on-time', figure)] : []
    }),
    ...risks.map(({ riskId, title, state }) =>
      item('risk', riskId, title, state === 'open' ? 'risk-open' : 'risk-due', {}),
    ),
  ]
}

function item(
  kind: string,
  id: string,
  title: string,
  reason: Reason,
  detail: Readonly<Record<string, string | number>>,
): Collected {
  return { about_kind: kind, about_id: id, title: title.slice(0, 2_000), reasons: [reason], detail }
}

/** A sample of the lines that the document says are in place. @throws {audit.no_document} */
export async function collectSample(
  tx: TenantContext,
  seed: string,
  count: number,
): Promise<{ items: Collected[]; population: number }> {
  const inPlace = (await linesOf(tx)).flatMap(({ statement, measure }) =>
    measure !== null && (statement.status === 'in-place' || statement.status === 'conditional')
      ? [{ id: statement.id, text: statement.text, assurance: measure.assessed.assurance }]
      : [],
  )
  return {
    population: inPlace.length,
    items: sampleOf(inPlace, seed, count).map(({ id, text, assurance }) =>
      item('line', id, text, 'sampled', { assurance }),
    ),
  }
}

async function linesOf(tx: TenantContext): Promise<readonly RegisterLine[]> {
  const document = await findRegister(tx)
  if (!document) throw auditErrors.no_document()
  return (await loadRegister(tx, document)).lines.filter((line) => line.measure !== null && counts(line))
}
