import type { EditionDocument } from '@art32/press'
import { bug } from '../kernel/index.ts'
import { runApart } from './apart.ts'

/** Sets an edition as PDF, in a process apart: typesetting leaves a hundred megabytes behind. */
export async function typeset(edition: EditionDocument): Promise<Buffer> {
  const { ok, output, problem } = await runApart('typeset.process.ts', JSON.stringify(edition), [], {
    memoryMiB: 512,
    timeMs: 120_000,
  })
  if (!ok) throw bug('an edition could not be set as PDF', new Error(problem))
  return output
}
