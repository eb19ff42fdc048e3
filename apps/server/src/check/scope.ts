import { connectorOf, judgeScope, scopeCheck } from '@art32/probes'
import type { Outcome } from '@art32/probes'
import { canonicalize } from '@art32/ledger'
import type { TenantContext } from '../evidence/index.ts'
import { keepDiscovered, listDiscovered } from '../system/index.ts'
import { keepOutcome } from './judging.ts'
import type { Look } from './judging.ts'

/**
 * Compares what a look discovered with what the tenant declared. Only what was seen completely tells that something is
 * not there any more.
 */
export async function reconcile(tx: TenantContext, look: Look): Promise<Outcome[]> {
  const connector = connectorOf(look.connection.connector)
  if (!connector?.discovers || look.reading.read === 'no') return []
  const { id: connectionId, system_id: systemId } = look.connection
  for (const [part, group] of Object.entries(look.reading.facts)) {
    if (group.read === 'no' || !group.complete) continue
    const seen = connector.discovers({ [part]: group.facts })
    await keepDiscovered(tx, { systemId, connectionId }, { part, seen })
  }
  return await judgeDeclared(tx, look)
}

/** Judges whether everything that a system told of is declared, and keeps the outcome with the look that told of it. */
export async function judgeDeclared(
  tx: TenantContext,
  look: Pick<Look, 'runId' | 'readingId' | 'connection' | 'factsHash' | 'now' | 'reading'>,
): Promise<Outcome[]> {
  const { system_id: system } = look.connection
  const items = await listDiscovered(tx, system)
  if (items.length === 0) return []
  const outcomes = judgeScope(items, { system, at: look.reading.at })
  await keepOutcome(tx, look, {
    check: scopeCheck,
    key: canonicalize({}),
    outcomes,
    declared: {},
    baseline: null,
    backs: false,
  })
  return outcomes
}
