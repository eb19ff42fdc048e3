import { parseVkey } from '@art32/ledger'
import { z } from 'zod'
import { ledgerCrypto } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import { auditLog, logFaultKinds } from './audit.ts'
import { listRecordedHeads } from './store.ts'
import { tenantOperation } from './tenants.ts'

/** Computes the stored ledger again, in full, and names each place that does not fit. */
export const ledgerAudit = (databases: Pick<Databases, 'control'>) =>
  tenantOperation({
    id: 'ledger.audit',
    summary: 'Computes the whole stored ledger again: leaves, tiles, every signed head, every content',
    needs: 'ledger:read',
    input: z.object({}),
    output: z.object({
      size: z.int(),
      heads: z.int(),
      tiles: z.int(),
      contents: z.int(),
      erased: z.int(),
      /** Empty: it is what was signed. */
      faults: z.array(z.object({ kind: z.enum(logFaultKinds), place: z.string(), say: z.string() })),
    }),
    async run(_, { sql, tenant }) {
      // Read before the log, which then has at least as many leaves.
      const recorded = await listRecordedHeads(databases.control, tenant.id)
      const { faults, ...counts } = await auditLog(sql, [parseVkey(ledgerCrypto, tenant.vkey)], recorded)
      return { ...counts, faults: [...faults] }
    },
  })
