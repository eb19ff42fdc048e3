// Reads an edition or a paper as JSON from standard input and writes what is made of it to standard output: the forms that one
// maker makes of an edition, zipped without compression, or one file of a paper; run by typesetter.ts.
import { buffer } from 'node:stream/consumers'
import { zipSync } from 'fflate'
import { formats, readEdition, renderKept, renderPaperDocx, renderPaperPdf } from '@art32/press'
import type { Paper } from '@art32/press'

const [what, form] = process.argv.slice(2)
const given = (await buffer(process.stdin)).toString('utf8')
process.stdout.write(await (what === 'paper' ? paperFile(given) : editionFiles(given)))

async function editionFiles(json: string): Promise<Uint8Array> {
  const by = formats.find((format) => format.by === form)?.by
  if (by === undefined) throw new Error('Nothing is made by that.')
  return zipSync(Object.fromEntries(await renderKept(readEdition(json), by)), { level: 0 })
}

async function paperFile(json: string): Promise<Uint8Array> {
  // Written by the server itself, in this very shape.
  const paper = JSON.parse(json) as Paper
  return await (form === 'docx' ? renderPaperDocx(paper) : renderPaperPdf(paper))
}
