import { claimOf } from '@art32/ledger'
import { linesOf } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { bundleFor } from './publish.ts'
import type { EditionDependencies } from './publish.ts'
import type { EditionRow } from './store.ts'

/** One line of an edition with the records that it cites, as a proof file that is checked alone; null: no such public line. */
export async function proveLine(
  tx: TenantContext,
  row: EditionRow,
  dependencies: EditionDependencies,
  line: string,
): Promise<string | null> {
  const { bundle, index, shown } = await bundleFor(tx, row, dependencies, 'public')
  const found = linesOf(shown.sections).find(({ id }) => id === line)
  return found ? claimOf(ledgerCrypto, bundle, { index, records: found.cites, line }) : null
}
