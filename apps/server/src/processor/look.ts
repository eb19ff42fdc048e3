import type { z } from 'zod'
import { listFiles } from '../file/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { todayOf } from '../calendar/index.ts'
import { chainOf } from './processor.ts'
import * as store from './store.ts'
import { viewAgreement, viewProcessor, viewProof, viewShare } from './views.ts'
import type { AgreementView, ProcessorView, ProofView, ShareView } from './views.ts'

/** A processor with all that is on file of it. */
export interface Whole {
  readonly processor: z.input<typeof ProcessorView>
  readonly agreements: readonly z.input<typeof AgreementView>[]
  readonly proofs: readonly z.input<typeof ProofView>[]
  readonly shares: readonly z.input<typeof ShareView>[]
}

/** Every processor with its papers, in the order of the chain, in a fixed number of queries. */
export async function lookAtAll(tx: TenantContext): Promise<Whole[]> {
  const today = await todayOf(tx)
  const rows = await store.listProcessors(tx)
  const agreements = Map.groupBy(await store.listAgreements(tx), (one) => one.processor_id)
  const proofs = Map.groupBy(await store.listProofs(tx), (one) => one.processor_id)
  const shares = await store.listShares(tx)
  const papers = [...agreements.values(), ...proofs.values()].flat().map(({ id }) => id)
  const files = await listFiles(tx, 'processor', papers)
  const controls = Map.groupBy(await store.listControls(tx, papers), (one) => one.proof_id)
  return chainOf(rows).map(({ row, depth }) => {
    const own = { agreements: agreements.get(row.id) ?? [], proofs: proofs.get(row.id) ?? [] }
    const vouched = shares.get(row.id) ?? []
    return {
      processor: viewProcessor(row, { ...own, depth, shares: vouched, today }),
      agreements: own.agreements.map((one) => viewAgreement(one, files.get(one.id) ?? [], today)),
      proofs: own.proofs.map((one) =>
        viewProof(one, { files: files.get(one.id) ?? [], controls: controls.get(one.id) ?? [], today }),
      ),
      shares: vouched.map(viewShare),
    }
  })
}

/** A person at the processor is for those who answer for the register, not for every member. */
export function maySeePeople({ caller }: TenantContext): boolean {
  return caller.permissions.includes('register:write') || caller.permissions.includes('access:read')
}
