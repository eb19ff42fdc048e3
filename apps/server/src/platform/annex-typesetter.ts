import type { AnnexSheet } from '@art32/press'
import { bug } from '../kernel/index.ts'
import { runApart } from './apart.ts'

/** Sets the annex of a contract as PDF or as a Word document, in a process apart. */
export async function typesetAnnex(sheet: AnnexSheet, form: 'pdf' | 'docx'): Promise<Buffer> {
  const { ok, output, problem } = await runApart('annex.process.ts', JSON.stringify(sheet), [form], {
    memoryMiB: 512,
    timeMs: 120_000,
  })
  if (!ok) throw bug(`an annex could not be set as ${form}`, new Error(problem))
  return output
}
