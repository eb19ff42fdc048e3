import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Caller } from './client.ts'
import { open } from '../../apps/server/src/platform/index.ts'
import { recompute } from './ledger.ts'

/** A file that the server said it keeps. */
export interface Kept {
  readonly fileId: string
  readonly sha256: string
}

/** A PDF of so many MiB that nothing can compress. */
export function newPdf(mebibytes: number): Buffer {
  const bytes = randomBytes(mebibytes * 1_048_576)
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), bytes, Buffer.from('\n%%EOF\n')])
}

/** Uploads a file. @throws with the status and the answer where it is not taken */
export async function upload(caller: Caller, bytes: Buffer): Promise<Kept> {
  const { fileId, sha256 } = await caller.upload<Kept>('/api/tenants/alpha/file/add?name=report.pdf', bytes)
  return { fileId, sha256 }
}

/** Starts the server on what is left, and expects that every file is whole or not there, with its leaf or without one. */
export async function expectNothingHalf(folder: string, kept: readonly Kept[]): Promise<void> {
  const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  try {
    const { leaves, faults } = await recompute(server, 'alpha')
    expect(faults).toEqual([])
    const told = leaves.filter(({ type }) => type === 'evidence.added').map(({ subj }) => subj.id)
    await server.tenants.asSystem('alpha', async (tx) => {
      const { rows: files } = await tx.sql.query<{ id: string; sha256: string; size: number }>(
        'select id, sha256, size from evidence_file order by id',
      )
      expect(files.map(({ id }) => id)).toEqual(told.toSorted())
      const { rows: contents } = await tx.sql.query<{ sha256: string; content: Buffer | null }>(
        'select sha256, content from evidence_content order by sha256',
      )
      // Each stored content has its file, each file its content, and it is what its name says.
      expect(contents.map(({ sha256 }) => sha256)).toEqual([...new Set(files.map(({ sha256 }) => sha256))].toSorted())
      for (const { sha256, content } of contents) expect(hashOf(tx.tenant.id, sha256, content)).toBe(sha256)
      const there = new Map(files.map(({ id, sha256 }) => [id, sha256]))
      expect(kept.filter(({ fileId, sha256 }) => there.get(fileId) !== sha256)).toEqual([])

      function hashOf(tenantId: string, sha256: string, content: Buffer | null): string {
        const bytes = content ? open(tx.dataKey, `tenant:${tenantId}/evidence_content:${sha256}/content`, content) : ''
        return createHash('sha256').update(bytes).digest('hex')
      }
    })
  } finally {
    await server.stop()
  }
}
