import { unzipSync } from 'fflate'
import type { EditionDocument, Maker } from '@art32/press'
import { bug } from '../kernel/index.ts'
import { runApart } from './apart.ts'

/**
 * Sets the forms of an edition that one maker makes, in a process apart: typesetting takes a core for a while and leaves a
 * hundred megabytes behind.
 *
 * @returns the files by their names
 */
export async function typeset(edition: EditionDocument, by: Maker): Promise<ReadonlyMap<string, Buffer>> {
  const { ok, output, problem } = await runApart('typeset.process.ts', JSON.stringify(edition), [by], {
    memoryMiB: 512,
    timeMs: 120_000,
  })
  if (!ok) throw bug(`an edition could not be set by ${by}`, new Error(problem))
  return new Map(Object.entries(unzipSync(output)).map(([name, bytes]) => [name, Buffer.from(bytes)]))
}
