import type { EditionDocument } from '@art32/press'
import { bug } from '../kernel/index.ts'
import { runApart } from './apart.ts'

/** A form that takes a core for a while and leaves much behind. */
export type TypesetForm = 'pdf' | 'docx'

/** Sets an edition as PDF or as a Word document, in a process apart: typesetting leaves a hundred megabytes behind. */
export async function typeset(edition: EditionDocument, form: TypesetForm): Promise<Buffer> {
  const { ok, output, problem } = await runApart('typeset.process.ts', JSON.stringify(edition), [form], {
    memoryMiB: 512,
    timeMs: 120_000,
  })
  if (!ok) throw bug(`an edition could not be set as ${form}`, new Error(problem))
  return output
}
