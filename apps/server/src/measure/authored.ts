import type { TenantContext } from '../evidence/index.ts'
import { listSystems } from '../system/index.ts'
import { loadRegister } from './register.ts'
import { findRegister, saveMeasure } from './store.ts'

/**
 * Names the systems that lines of an authored document speak of, once these systems are connected. Who authored the
 * document said which they are; a name that nothing bears is left out.
 *
 * @param lines names of systems by line of the document
 */
export async function nameSystems(
  tx: TenantContext,
  lines: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const document = await findRegister(tx)
  if (!document) return
  const systems = await listSystems(tx)
  for (const { statement, measure } of (await loadRegister(tx, document)).lines) {
    const names = lines[String(statement.line)]
    if (!measure || !names) continue
    const { row } = measure
    const scope = systems.filter(({ name }) => names.includes(name)).map(({ id }) => id)
    if (scope.length === 0 || scope.toSorted().join() === row.scope.toSorted().join()) continue
    await saveMeasure(tx, { ...row, scope }, row.revision)
    await tx.append({
      type: 'measure.changed',
      about: { kind: 'measure', id: row.id },
      content: { before: { scope: row.scope }, after: { scope } },
    })
  }
}
